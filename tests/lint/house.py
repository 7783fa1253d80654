# house.py - what the lint scripts share. SPDX-License-Identifier: GPL-3.0-or-later
"""Files of the house, findings, and the self-test frame.

A lint script gives main() two things: check(root), which yields a Finding for
everything it minds, and a list of Cases for --self-test. A lint that cannot
fail is worth nothing, so every script proves on small made-up houses that it
finds what it should and is content with what is right.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

Finding = namedtuple("Finding", "path line text")  # line 0: the whole file

# files: {path: text} of a made-up house; expected: "path:line" of each
# finding, in any order, empty for a house that is right.
Case = namedtuple("Case", "name files expected")

LEFT_OUT = {".git", "results", "node_modules", "__pycache__"}


def walk(root):
    """Paths below root as git would list them, without git."""
    for folder, folders, names in os.walk(root):
        top = Path(folder) == root
        folders[:] = [f for f in folders if f not in LEFT_OUT
                      and not (top and f.startswith("build"))]
        for name in names:
            yield (Path(folder) / name).relative_to(root).as_posix()


def files(root, *endings):
    """Sorted paths, relative to root, that end in one of endings (all when
    none is given). Tracked and new files in a checkout; otherwise a walk."""
    names = None
    if (root / ".git").exists() and shutil.which("git"):
        git = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"], cwd=root, capture_output=True, text=True)
        if git.returncode == 0:
            names = {n for n in git.stdout.split("\0")
                     if n and (root / n).is_file()}
    if names is None:
        names = set(walk(root))
    return sorted(n for n in names if not endings or n.endswith(endings))


def read(root, path):
    return (root / path).read_text(encoding="utf-8", errors="replace")


def lines(root, path):
    """(number, text) of every line, counted from 1."""
    return enumerate(read(root, path).splitlines(), 1)


def line_at(text, position):
    return text.count("\n", 0, position) + 1


def blank_comments(text):
    """C text with comments and the insides of strings turned to spaces; line
    breaks stay, so positions and line numbers still hold."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"'
                  r"|'(?:\\.|[^'\\\n])*'", blank, text, flags=re.S)


def self_test(check, cases):
    """Number of cases whose findings are not exactly those expected."""
    wrong = 0
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for path, text in case.files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text, encoding="utf-8")
            got = sorted(f"{f.path}:{f.line}" for f in check(root))
        if got != sorted(case.expected):
            wrong += 1
            print(f"self-test: {case.name}: expected {sorted(case.expected)},"
                  f" got {got}")
    print(f"self-test: {len(cases)} cases, {wrong} wrong")
    return wrong


def main(check, cases, summary=None, self_test=self_test):
    """Runs a lint script: exit status 1 when anything is found."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--root", type=Path,
                        default=Path(__file__).resolve().parents[2],
                        help="top of the house")
    parser.add_argument("--self-test", action="store_true",
                        help="prove on made-up houses that the lint can fail")
    options = parser.parse_args()
    if options.self_test:
        return 1 if self_test(check, cases) else 0
    root = options.root.resolve()
    found = sorted(check(root))
    for finding in found:
        place = f"{finding.path}:{finding.line}" if finding.line else finding.path
        print(f"{place}: {finding.text}")
    if summary:
        summary(root)
    print(f"{len(found)} findings")
    return 1 if found else 0
