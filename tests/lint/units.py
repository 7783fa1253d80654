# units.py - every number says its unit. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks names in parameter tables and numeric keys in scenarios.

The suffixes are read from sim/base/units.c, which also checks them when the
program runs; names without a dimension are listed in units.txt.
"""
import re
import sys

import house

UNITS = "sim/base/units.c"
WORDS = "tests/lint/units.txt"

# Rows of a table, except of those kinds which are no numbers.
ROW = re.compile(r'\bSF_PARAM(?!_(?:BOOL|STRING|WORD|DAY|IDS?|CURVE|END)\b)'
                 r'[A-Z_]*\s*\(\s*\w+\s*,\s*"?([\w{}]+)'
                 r'|\{\s*"([\w{}]+)"\s*,\s*SF_PARAM_(?:REAL|AMOUNT)\b')

# The members of an assumption or distribution: its numbers have the unit of
# the key that holds it.
ASSUMPTION = {"value", "range", "dist", "min", "mode", "max", "mean", "sd",
              "median", "sigma", "a", "b", "source", "confidence", "note",
              "assumption", "factor", "unit"}


def read_names(root):
    """(suffixes, words); an unreadable list is an error of the lint itself."""
    block = re.search(r"\bunits\[\]\s*=\s*\{(.*?)\}", house.read(root, UNITS),
                      re.S)
    suffixes = set(re.findall(r'"(\w+)"', block.group(1))) if block else set()
    if not suffixes:
        raise SystemExit(f"{UNITS}: no list units[] found")
    words = {text.split()[0] for _, text in house.lines(root, WORDS)
             if text.strip() and not text.startswith("#")}
    return suffixes, words


def has_unit(name, suffixes, words):
    name = name.rsplit("/", 1)[-1].replace("{u}", "m3")  # JSON Pointer: tail
    return (name in words or name in suffixes
            or name.rsplit("_", 1)[-1] in suffixes
            or re.fullmatch(r".+_per_.+", name) is not None)


def tokens(text):
    """(line, token) of JSON text; strings keep their opening quote."""
    line = 1
    for match in re.finditer(r'\n|"(?:\\.|[^"\\])*"|[{}\[\],:]|[^\s{}\[\],:"]+',
                             text):
        if match.group() == "\n":
            line += 1
        else:
            yield line, match.group()


def numbers(text):
    """(line of its key, [keys from the outermost inwards]) of every number;
    for a number in an assumption the keys end with the assumption's own."""
    stack = []  # [bracket, key, line of key, numbers, keys seen]
    for line, token in tokens(text):
        if token in "{[":
            stack.append([token, None, line, [], set()])
        elif token in "}]":
            if not stack:
                return  # not JSON; reading it is another test's matter
            bracket, _, _, inside, seen = stack.pop()
            plain = (bracket == "{" and seen <= ASSUMPTION
                     and bool(seen & {"value", "dist", "assumption"}))
            for where, keys in inside:
                # Drop the assumption's key: what remains names its owner.
                if not stack:
                    yield where, keys
                    continue
                own = [] if plain else keys
                key = [stack[-1][1]] if stack[-1][0] == "{" else []
                stack[-1][3].append((where, key + own))
        elif token == ":" and stack:
            stack[-1][1] = last[1:-1]
            stack[-1][4].add(last[1:-1])
            stack[-1][2] = line
        elif re.match(r"-?\d", token) and stack:
            top = stack[-1]
            top[3].append((line, [top[1]] if top[0] == "{" else []))
        last = token


def check_tables(root, suffixes, words):
    for path in house.files(root, ".c", ".h"):
        if not path.startswith(("sim/", "models/")):
            continue
        text = house.read(root, path)
        for match in ROW.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            if text[start:].lstrip().startswith("#"):
                continue  # the macros' own definitions
            name = match.group(1) or match.group(2)
            if not has_unit(name, suffixes, words):
                yield house.Finding(path, house.line_at(text, match.start()),
                                    f"parameter {name} says no unit")


def check_scenarios(root, suffixes, words):
    for path in house.files(root, ".json"):
        if (not path.startswith("scenarios/") or "/bad/" in path
                or "/bad-studies/" in path
                or "/ensembles/" in path  # made by a fit, with its facts
                or path.endswith("schema.json")):
            continue
        for line, keys in numbers(house.read(root, path)):
            # {"share_frac": {"dakar": 0.6}}: the ids have the parent's unit.
            if not any(has_unit(k, suffixes, words) for k in keys[-2:]):
                name = keys[-1] if keys else "the number"
                yield house.Finding(path, line, f"{name} says no unit")


def check(root):
    suffixes, words = read_names(root)
    yield from check_tables(root, suffixes, words)
    yield from check_scenarios(root, suffixes, words)


SMALL = {UNITS: 'static const char *const units[]\n= { "h", "frac", "km" };\n',
         WORDS: "# words\npriority  rank\nformat  version\n"}
CASES = [
    house.Case("what is right", {
        **SMALL,
        "models/e/x.c": 'SF_PARAM (X, wait_h, 0, 0, 1, "how long it_is"),\n'
                        'SF_PARAM_QTY (X, "use_{u}_per_day", m, 0, "x"),\n'
                        'SF_PARAM_BOOL (X, open, 0, "open"),\n'
                        'SF_PARAM (X,\n  priority, 1, 1, 9, "rank"),\n',
        "sim/base/param.h": "#define SF_PARAM(T, NAME, HELP) \\\n  { #NAME }\n"
                            "#define SF_PARAM_NEED(T, NAME) { #NAME }\n",
        "scenarios/a.json": '{ "format": 1, "name": "x 3", "km": { "value": 2,'
                            ' "range": [1, 3], "source": "S" },\n'
                            '"/links/a/wait_h": { "dist": "uniform", "min": 1,'
                            ' "max": -2e3 }, "season_frac": [1, 0.5],\n'
                            '"cut_frac": { "dakar": 0.5, "abidjan": 0.6 } }',
        "scenarios/bad/b.json": '{ "wait": 1 }',
        "scenarios/schema.json": '{ "maximum": 1 }',
    }, []),
    house.Case("tables", {
        **SMALL,
        "sim/x/x.c": '\nSF_PARAM (X, wait, 0, 0, 1, "h"),\n'
                     'SF_PARAM_QTY (X, "room_{u}_max", m, 0, "x"),\n'
                     '{ "share", SF_PARAM_REAL, 0 },\n'
                     'SF_PARAM_NEED (X,\n  depth, 1, 1, 9, "x"),\n'
                     'SF_PARAM_NEW (X, much, 1, 1, 9, "a kind yet unknown"),\n',
    }, ["sim/x/x.c:2", "sim/x/x.c:3", "sim/x/x.c:4", "sim/x/x.c:5",
        "sim/x/x.c:7"]),
    house.Case("scenarios", {
        **SMALL,
        "scenarios/a.json": '{\n"wait": 1,\n"links": { "a": { "length": '
                            '{ "value": 2 },\n"value": 3 } },\n'
                            '"text": "4", "list": [ 5,\n 6 ], "x\\"_h": 7,'
                            ' "flag": true }',
        "scenarios/sub/b.json": '[ 1 ]',
    }, ["scenarios/a.json:2", "scenarios/a.json:3", "scenarios/a.json:4",
        "scenarios/a.json:5", "scenarios/a.json:6", "scenarios/sub/b.json:1"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
