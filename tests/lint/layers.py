# layers.py - dependencies point one way. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks every #include in sim/ and models/ against layers.txt."""
import re
import sys

import house

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
RULES = "tests/lint/layers.txt"


def read_rules(root):
    """({room: rooms it may include}, {library: its room}, findings)"""
    rooms, only, found = {}, {}, []
    for number, text in house.lines(root, RULES):
        text = text.split("#")[0].strip()
        if not text:
            continue
        name, colon, below = text.partition(":")
        if not colon:
            found.append(house.Finding(RULES, number, "expected \"room: ...\""))
        elif name.startswith("only "):
            only[name[5:].strip().lower()] = below.strip()
        else:
            # Only rooms named above can be included: no loop can be written.
            for room in below.split():
                if room not in rooms:
                    found.append(house.Finding(
                        RULES, number, f"{room} must be listed above {name}"))
            rooms[name] = set(below.split())
    return rooms, only, found


def room_of(path):
    if path.startswith("models/"):
        return "models"
    return "/".join(path.split("/")[:2])


def judge(path, bracket, target, rooms, only):
    """What is wrong with this include, or None."""
    room = room_of(path)
    library = re.split(r"[/.]", target.lower())[0]
    if library in only and bracket == "<":
        if room != only[library]:
            return f"<{target}> belongs in {only[library]} only"
        return None
    if bracket == "<":
        return None
    if target == "models/table.h":  # of all; it names none
        if room != "models" and "models" not in rooms[room]:
            return f"{room} must not include models ({target})"
        return None
    if target.startswith("models/"):
        if room != "models":
            return f"{room} must not name a model ({target})"
        own = path.rsplit(".", 1)[0]
        if target.rsplit(".", 1)[0] != own:
            return f"one model must not include another ({target})"
        return None
    if target.startswith("tests/"):
        return f"the house must not include its tests ({target})"
    if target.startswith("sim/"):
        there = room_of(target)
        if there != room and there not in rooms[room]:
            return f"{room} must not include {there} ({target})"
        return None
    if "/" in target or target.startswith("."):
        return f"write includes from the top of the house ({target})"
    return None


def check(root):
    rooms, only, found = read_rules(root)
    yield from found
    for path in house.files(root, ".c", ".h"):
        if not path.startswith(("sim/", "models/")):
            continue
        if room_of(path) not in rooms:
            yield house.Finding(path, 0, f"{room_of(path)} is not in {RULES}")
            continue
        for number, text in house.lines(root, path):
            match = INCLUDE.match(text)
            wrong = match and judge(path, *match.groups(), rooms, only)
            if wrong:
                yield house.Finding(path, number, wrong)


SMALL = {RULES: "sim/base:\nsim/network: sim/base\nsim/engine: sim/base\n"
                "models: sim/base sim/engine\nonly igraph: sim/network\n"
                "only cjson: sim/base\n"}
CASES = [
    house.Case("what is right", {
        **SMALL,
        "sim/base/a.c": '#include "sim/base/a.h"\n#include <cjson/cJSON.h>\n',
        "sim/network/n.c": '#include <igraph/igraph.h>\n#include <igraph.h>\n',
        "models/escort/x.c": '#include "sim/engine/model.h"\n'
                             '#include "models/escort/x.h"\n',
        "tests/unit/t.c": '#include "models/escort/x.c"\n',
    }, []),
    house.Case("upward, sideways and into a model", {
        **SMALL,
        "sim/base/a.c": '#include "sim/engine/b.h"\n'
                        '#include "models/escort/x.h"\n',
        "sim/engine/b.c": '\n#include "sim/network/n.h"\n',
        "models/escort/x.c": '#include "models/escort/y.h"\n'
                             '#include "../y.h"\n#include "tests/t.h"\n',
    }, ["sim/base/a.c:1", "sim/base/a.c:2", "sim/engine/b.c:2",
        "models/escort/x.c:1", "models/escort/x.c:2", "models/escort/x.c:3"]),
    house.Case("libraries behind the wrong door", {
        **SMALL,
        "sim/engine/b.c": "#include <igraph/igraph.h>\n"
                          "#  include <cjson/cJSON.h>\n#include <cJSON.h>\n",
    }, ["sim/engine/b.c:1", "sim/engine/b.c:2", "sim/engine/b.c:3"]),
    house.Case("an unknown room, and rules that loop", {
        RULES: "sim/base: sim/cli\nsim/cli: sim/base\n",
        "sim/extra/e.c": "",
    }, [f"{RULES}:1", "sim/extra/e.c:0"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
