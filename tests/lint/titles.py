# titles.py - shipped scenarios speak French too. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the "translations" of the scenarios that are shipped.

Every title and label that people read in figures and reports has a French
one, in its file or in one that it extends; a place, a source or a link may keep
its name. A translation of what is no title of the file or of one that extends
it is left over.
"""
import json
import posixpath
import sys

import house

LANG = "fr"
# Records whose titles are names, or are not shown.
NAMES = ("nodes", "links", "sources", "parameters", "assumptions", "models")
LEFT_OUT = ("/bad/", "/bad-studies/", "/theory/", "/observations/",
            "/ensembles/", "/sweeps/")


def is_shipped(path):
    return (path.startswith("scenarios/") and not path.endswith("schema.json")
            and not any(part in path for part in LEFT_OUT))


def titles(value, path=()):
    """(collection, text) of every title, label and description."""
    if not isinstance(value, dict):
        return
    for key, item in value.items():
        top = path[0] if path else ""
        if key in ("title", "label") and isinstance(item, str):
            yield top, item
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
            if not homes and top not in NAMES + ("description",):
                yield house.Finding(path, line_of(text, title),
                                    f"no French for \"{title}\"")
    for path, document in documents.items():
        for title in sorted(set(words(document)) - used[path]):
            yield house.Finding(path, line_of(house.read(root, path), title),
                                f"translates \"{title}\", which is no title")


BASE = ('{"title": "City", "classes": {"a": {"title": "Users"}},\n'
        '"nodes": {"x": {"title": "Xa"}},\n'
        '"translations": {"fr": {"City": "Ville", "Users": "Usagers"}}}\n')
CASES = [
    house.Case("what is right", {
        "scenarios/a.json": BASE,
        "scenarios/b.json": '{"extends": "a.json", "title": "City"}\n',
        "scenarios/bad/c.json": '{"title": "Anything"}\n',
    }, []),
    house.Case("missing and left over", {
        "scenarios/a.json": BASE.replace('"Users": ', '"User": '),
        "scenarios/sub/b.json": '{"extends": "../a.json",\n"events":\n'
                                '{"e": {"label": "Event"}}}\n',
    }, ["scenarios/a.json:1", "scenarios/a.json:3", "scenarios/sub/b.json:3"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
