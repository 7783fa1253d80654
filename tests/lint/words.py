# words.py - what no file may say. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks text: first lines, unfinished marks, paths of one machine, blanks."""
import re
import sys

import house

SELF = "tests/lint/words.py"
TEXT = (".c", ".h", ".py", ".sh", ".gp", ".js", ".json", ".build", ".txt",
        ".md", ".t", ".html", ".css", ".po", "/run")
CODE = (".c", ".h", ".py", ".sh", ".gp", ".js", ".build")

MARKS = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|(?i:\bnot (yet )?implemented\b)")
# An absolute path below a folder that only one machine or person has; not the
# tail of an address, and not the root of a JSON Pointer (no folder follows).
PATHS = re.compile(r"(?<![\w.:/*-])/(home|Users|root|work|srv|mnt|tmp|var/tmp)"
                   r"/\w")
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"


def check_line(path, text):
    """What is wrong with one line."""
    if path.endswith(CODE):
        mark = MARKS.search(text)
        if mark:
            yield f"unfinished mark: {mark.group()}"
    place = PATHS.search(text)
    if place:
        yield f"path of one machine: {place.group()}"
    if text != text.rstrip() and not path.endswith(".md"):
        yield "blank at the end of the line"
    if "\t" in text and path.endswith((".c", ".h")):
        yield "tab"


def check_head(path, text):
    """The first line of C names the file; the licence stands near the top."""
    name = path.rsplit("/", 1)[-1]
    if path.endswith((".c", ".h")) and not text.startswith(f"/* {name} - "):
        yield f"does not begin with \"/* {name} - what it is\""
    if path.endswith((".c", ".h", ".py", ".sh")) and LICENCE not in "".join(
            text.splitlines(keepends=True)[:5]):
        yield f"no \"{LICENCE}\" in the first five lines"


def check(root):
    for path in house.files(root):
        if (not path.endswith(TEXT) or path == SELF
                or path.startswith(("tests/fuzz/corpus/",
                                    "scenarios/bad/", "scenarios/bad-studies/"))):
            continue
        for wrong in check_head(path, house.read(root, path)):
            yield house.Finding(path, 1, wrong)
        for number, text in house.lines(root, path):
            for wrong in check_line(path, text):
                yield house.Finding(path, number, wrong)


HEAD = f"/* a.c - idea. {LICENCE} */\n"
CASES = [
    house.Case("what is right", {
        "sim/base/a.c": HEAD + '/* "/links/home/km", mktemp XXXXXX */\n'
                        "/* see https://example.org/home/ann/ */\n",
        "tests/fuzz/corpus/x.json": "{ } \n",
        "scenarios/README.md": "two blanks  \nTODO is a word here\n",
        "plots/a.tsv": "a\t\n",
    }, []),
    house.Case("marks and paths", {
        "sim/base/a.c": HEAD + "/* TODO: later */\nabort (); // Not yet "
                        "implemented\n"
                        'open ("/tmp/x");\n',
        "README.md": "cd /home/ann/shortfall\n(see /srv/x)\n",
    }, ["sim/base/a.c:2", "sim/base/a.c:3", "sim/base/a.c:4", "README.md:1",
        "README.md:2"]),
    house.Case("blanks and tabs", {
        "sim/base/a.c": HEAD + "int a; \n\tint b;\n",
        "tests/x.py": f"# {LICENCE}\nx = 1 \n",
    }, ["sim/base/a.c:2", "sim/base/a.c:3", "tests/x.py:2"]),
    house.Case("first lines", {
        "sim/base/b.c": HEAD,
        "sim/base/a.c": "/* a.c - idea. */\n\n\n\n" + HEAD,
        "tests/x.sh": "#!/bin/sh\n",
    }, ["sim/base/b.c:1", "tests/x.sh:1"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
