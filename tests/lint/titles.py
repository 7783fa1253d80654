# titles.py - shipped scenarios, studies and observations speak French too. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the "translations" of the scenarios that are shipped, of studies and
of observations.

Every title and label that people read in figures and reports has a French
one, in its file or in one that it extends; a place, a source, a link or a unit
may keep its name. A factor or an outcome of a study without a title is called
by its id. A translation of what is no title of the file or of one that extends
it is left over.
"""
import json
import posixpath
import sys

import house

LANG = "fr"
# Records whose titles are names, or are not shown.
NAMES = ("nodes", "links", "sources", "parameters", "assumptions", "models")
LEFT_OUT = ("/bad/", "/bad-studies/", "/theory/", "/ensembles/")
# Records of a study that are called by their id when they have no title.
CALLED = ("factors", "outcomes")


def is_shipped(path):
    return (path.startswith("scenarios/") and not path.endswith("schema.json")
            and not any(part in path for part in LEFT_OUT))


def titles(value, path=()):
    """(collection, text) of every title, label, unit and description."""
    if not isinstance(value, dict):
        return
    if len(path) == 2 and path[0] in CALLED and "title" not in value:
        yield path[0], path[1]
    for key, item in value.items():
        top = path[0] if path else ""
        if key in ("title", "label") and isinstance(item, str):
            yield top, item
        elif key == "unit" and isinstance(item, str):
            yield "unit", item
        elif key == "description" and not path:
            yield "description", item
        elif key != "translations":
            yield from titles(item, path + (key,))


def chain(path, documents):
    """The file and those that it extends."""
    while path in documents:
        yield path
        base = documents[path].get("extends")
        if not base:
            return
        path = posixpath.normpath(posixpath.join(posixpath.dirname(path), base))


def words(document):
    return document.get("translations", {}).get(LANG, {})


def line_of(text, word):
    place = text.find(json.dumps(word, ensure_ascii=False))
    return house.line_at(text, place) if place >= 0 else 0


def check(root):
    documents = {path: json.loads(house.read(root, path))
                 for path in house.files(root, ".json") if is_shipped(path)}
    used = {path: set() for path in documents}
    for path, document in documents.items():
        text = house.read(root, path)
        for top, title in titles(document):
            homes = [p for p in chain(path, documents)
                     if title in words(documents[p])]
            for home in homes:
                used[home].add(title)
            # A long description of a lever says how it was made; its title is
            # what is shown.
            if not homes and top not in NAMES + ("description", "unit"):
                yield house.Finding(path, line_of(text, title),
                                    f"no French for \"{title}\"")
    for path, document in documents.items():
        for title in sorted(set(words(document)) - used[path]):
            yield house.Finding(path, line_of(house.read(root, path), title),
                                f"translates \"{title}\", which is no title")


BASE = ('{"title": "City", "classes": {"a": {"title": "Users"}},\n'
        '"nodes": {"x": {"title": "Xa"}},\n'
        '"translations": {"fr": {"City": "Ville", "Users": "Usagers"}}}\n')
STUDY = ('{"title": "What?", "factors": {"fear": {}},\n'
         '"outcomes": {"lost": {"title": "Lost", "unit": "cars"}},\n'
         '"translations": {"fr": {"What?": "Quoi ?", "fear": "peur",\n'
         '"Lost": "Perdus", "cars": "autos"}}}\n')
CASES = [
    house.Case("what is right", {
        "scenarios/a.json": BASE,
        "scenarios/b.json": '{"extends": "a.json", "title": "City"}\n',
        "scenarios/bad/c.json": '{"title": "Anything"}\n',
    }, []),
    house.Case("a study that is right", {"scenarios/sweeps/s.json": STUDY}, []),
    house.Case("a factor without French", {
        "scenarios/sweeps/s.json": STUDY.replace('"fear": "peur",', ''),
    }, ["scenarios/sweeps/s.json:1"]),
    house.Case("missing and left over", {
        "scenarios/a.json": BASE.replace('"Users": ', '"User": '),
        "scenarios/sub/b.json": '{"extends": "../a.json",\n"events":\n'
                                '{"e": {"label": "Event"}}}\n',
    }, ["scenarios/a.json:1", "scenarios/a.json:3", "scenarios/sub/b.json:3"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
