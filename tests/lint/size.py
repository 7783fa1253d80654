# size.py - how big things may grow. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks lengths of files and functions, files per room and the top level."""
import re
import sys
from collections import defaultdict

import house

FILE_MAX = 600
FILE_MEDIAN_MAX = 250
FUNCTION_MAX = 80
FUNCTION_MEDIAN_MAX = 15
FUNCTION_P95_MAX = 50
ROOM_FILES = range(2, 10)
FEW = 20  # medians and percentiles of fewer things than this say nothing

TOP = re.compile(r"sim|models|scenarios|tests|plots|meson\.build|README\.md"
                 r"|LICENSE|meson_options\.txt|\..*")

# "name (", or "static type *name (", in the first column.
HEAD = re.compile(r"(?:[A-Za-z_][\w\s*]*?[\s*])?([A-Za-z_]\w*)\s*\(")


def functions(text):
    """(first line, lines, name) of each function definition. The name is the
    word before the first parenthesis of an unindented line; the lines are
    those from the opening brace to the closing one in the first column."""
    name = start = None
    for number, line in enumerate(house.blank_comments(text).splitlines(), 1):
        line = line.rstrip()
        match = HEAD.match(line)
        if match:
            name_line, name, start = number, match.group(1), None
        if line == "{" or (match and line.endswith("{")):
            start = number
        elif line.endswith((";", "=", "{")) and not line[0].isspace():
            name = None  # a declaration or data
        elif line.startswith("}"):
            if name and start:
                yield (name_line, number - start + 1, name)
            name = start = None


def quantile(values, share):
    """Smallest value that at least that share of values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -int(-share * len(ordered) // 1) - 1)]


def measure(root):
    """({path: lines}, {path: [(line, lines, name)]}) of the house's C."""
    sizes, bodies = {}, {}
    for path in house.files(root, ".c", ".h"):
        text = house.read(root, path)
        sizes[path] = text.count("\n")
        bodies[path] = list(functions(text))
    return sizes, bodies


def ours(path):
    return path.startswith(("sim/", "models/"))


def check_budgets(sizes, bodies):
    """Medians and percentiles of the house itself, without its tests."""
    c_lines = [n for p, n in sizes.items() if ours(p) and p.endswith(".c")]
    lengths = [f[1] for p, fs in bodies.items() if ours(p) for f in fs]
    budgets = [("median lines of a .c file", c_lines, 0.5, FILE_MEDIAN_MAX),
               ("median lines of a function", lengths, 0.5,
                FUNCTION_MEDIAN_MAX),
               ("95th percentile of a function", lengths, 0.95,
                FUNCTION_P95_MAX)]
    for what, values, share, limit in budgets:
        if len(values) >= FEW and quantile(values, share) > limit:
            yield house.Finding("sim", 0, f"{what}: {quantile(values, share)}"
                                          f", at most {limit}")


def check_rooms(sizes):
    rooms = defaultdict(int)
    for path in sizes:
        if path.startswith("sim/") and path.endswith(".c"):
            rooms["/".join(path.split("/")[:2])] += 1
    for room, count in rooms.items():
        if room != "sim/cli" and count not in ROOM_FILES:
            yield house.Finding(room, 0, f"{count} .c files; a room holds "
                                f"{ROOM_FILES[0]} to {ROOM_FILES[-1]}")


def check(root):
    tops = {path.split("/")[0] for path in house.files(root)}
    for name in sorted(tops):
        if not TOP.fullmatch(name):
            yield house.Finding(name, 0, "not one of the top level's names")
    sizes, bodies = measure(root)
    for path, count in sizes.items():
        if count > FILE_MAX:
            yield house.Finding(path, 0, f"{count} lines, at most {FILE_MAX}")
        for line, length, name in bodies[path]:
            if length > FUNCTION_MAX:
                yield house.Finding(path, line, f"{name}() has {length} lines, "
                                                f"at most {FUNCTION_MAX}")
    yield from check_budgets(sizes, bodies)
    yield from check_rooms(sizes)


def summary(root):
    sizes, bodies = measure(root)
    for title, inside in (("sim, models", ours),
                          ("tests", lambda p: p.startswith("tests/"))):
        c_lines = [n for p, n in sizes.items()
                   if inside(p) and p.endswith(".c")] or [0]
        lengths = [f[1] for p, fs in bodies.items()
                   if inside(p) for f in fs] or [0]
        print(f"{title}: {len(c_lines)} .c files, median "
              f"{quantile(c_lines, 0.5)}, max {max(c_lines)} lines; "
              f"{len(lengths)} functions, median {quantile(lengths, 0.5)}, "
              f"p95 {quantile(lengths, 0.95)}, max {max(lengths)} lines")
    totals = [sum(n for p, n in sizes.items() if p.startswith(tops))
              for tops in (("sim/", "models/"), ("tests/",))]
    print(f"tests to source: {totals[1] / max(totals[0], 1):.2f}")


def body(lines, head="void\nf (int a,\n   int b)\n{\n"):
    """Text of a function whose braces span so many lines."""
    return head + "  f ();\n" * (lines - 2) + "}\n"


CASES = [
    house.Case("what is right", {
        "sim/base/a.c": body(FUNCTION_MAX) + 'char s[] = "{";\n',
        "sim/base/b.c": "\n" * FILE_MAX,
        "sim/cli/main.c": "", "meson.build": "", ".gitignore": "",
        "build/x.c": body(500), "models/escort/x.c": "",
    }, []),
    house.Case("a long function, a long file", {
        "sim/base/a.c": "int t[] = {\n" + "1,\n" * 100 + "};\n"
                        + body(FUNCTION_MAX + 1),
        "sim/base/b.c": "\n" * (FILE_MAX + 1),
        "tests/unit/t.c": "/* a comment\n{\n}\n*/\n" + body(90) + body(5),
    }, ["sim/base/a.c:104", "sim/base/b.c:0", "tests/unit/t.c:6"]),
    house.Case("a long function in another layout", {
        "tests/t.c": body(81, "static int *f (void)\n{\n"),
        "tests/u.c": "int f (int a);\n" + body(81, "int f (int a) {\n"),
    }, ["tests/t.c:1", "tests/u.c:2"]),
    house.Case("rooms and the top level", {
        "sim/base/a.c": "", "notes.txt": "", "docs/x.md": "",
        **{f"sim/report/r{i}.c": "" for i in range(10)},
    }, ["sim/base:0", "sim/report:0", "notes.txt:0", "docs:0"]),
    house.Case("budgets of the whole", {
        **{f"models/m/m{i}.c": body(60) * 5 for i in range(FEW)},
    }, ["sim:0", "sim:0", "sim:0"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES, summary))
