# headers.py - headers as the manual. SPDX-License-Identifier: GPL-3.0-or-later
"""Checks that every header compiles alone, is guarded, and explains itself."""
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import house

COMMENT_MIN = 1 / 3  # of the lines that are not empty, over all headers
PACKAGES = ["glib-2.0", "gio-2.0", "igraph", "libcjson", "gsl"]


def compiler(root):
    """The command that checks one header given on its standard input."""
    flags = subprocess.run(["pkg-config", "--cflags", *PACKAGES], check=True,
                           capture_output=True, text=True).stdout
    return [*shlex.split(os.environ.get("CC", "cc")), "-fsyntax-only",
            "-std=gnu11", "-Wall", "-Wextra", "-Wstrict-prototypes", "-Werror",
            f"-I{root}", *shlex.split(flags), "-x", "c", "-"]


def compile_alone(command, path):
    """Included twice, nothing before it; the first complaint, or None."""
    # A declaration of our own: a header may be empty, a program may not.
    program = f'#include "{path}"\n#include "{path}"\nextern int sf_alone;\n'
    done = subprocess.run(command, input=program, capture_output=True,
                          text=True)
    if done.returncode == 0:
        return None
    said = [l for l in done.stderr.splitlines() if "error:" in l]
    return (said or done.stderr.splitlines() or ["the compiler failed"])[0]


def comment_lines(text):
    """(lines with comment on them, lines that are not empty)"""
    marked = re.sub(r"/\*.*?\*/|//[^\n]*",
                    lambda m: re.sub(r"[^\n]+", "\1", m.group()), text,
                    flags=re.S)
    return (sum("\1" in l for l in marked.splitlines()),
            sum(bool(l.strip()) for l in text.splitlines()))


def headers(root):
    return [p for p in house.files(root, ".h")
            if p.startswith(("sim/", "models/", "tests/"))]


def share(root):
    counts = [comment_lines(house.read(root, p)) for p in headers(root)]
    full = sum(c[1] for c in counts)
    return sum(c[0] for c in counts) / full if full else 1.0


def check(root):
    paths = headers(root)
    command = compiler(root)
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda p: compile_alone(command, p), paths))
    for path, complaint in zip(paths, said):
        if complaint:
            yield house.Finding(path, 0, f"does not compile alone: {complaint}")
        text = house.read(root, path)
        if not re.search(r"^#pragma once$", text, re.M):
            yield house.Finding(path, 0, "has no #pragma once")
        if not text.startswith("/*"):
            yield house.Finding(path, 1, "does not begin by saying what it is")
    if share(root) < COMMENT_MIN:
        yield house.Finding("headers", 0, f"{share(root):.0%} comment lines, at "
                                          f"least {COMMENT_MIN:.0%}")


def summary(root):
    """The share of all headers, and those which explain least."""
    poor = []
    for path in headers(root):
        comment, full = comment_lines(house.read(root, path))
        if full and comment / full < COMMENT_MIN:
            poor.append(f"{path} {comment / full:.0%}")
    print(f"{len(headers(root))} headers, {share(root):.0%} comment lines"
          + (f"; below a third: {', '.join(poor)}" if poor else ""))


GOOD = ("/* a.h - an idea. */\n#pragma once\n#include <glib.h>\n"
        "/* How many. */\nguint f (void);\n")
CASES = [
    house.Case("what is right", {"sim/base/a.h": GOOD}, []),
    house.Case("needs another header first", {
        "sim/base/a.h": GOOD,
        "sim/base/b.h": "/* b.h - more. */\n#pragma once\n/* Two. */\n"
                        "guint g (void);\n",
    }, ["sim/base/b.h:0"]),
    house.Case("warns", {
        "sim/base/b.h": "/* b.h - more. */\n#pragma once\n/* Two. */\n"
                        "int g ();\n",
    }, ["sim/base/b.h:0"]),
    house.Case("no guard, so its type is defined twice", {
        "models/b.h": "/* b.h */\nstruct B { int a; };\n",
    }, ["models/b.h:0", "models/b.h:0"]),
    house.Case("says too little", {
        "sim/base/a.h": "#pragma once\nint f (void);\nint g (void);\n",
    }, ["sim/base/a.h:1", "headers:0"]),
]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES, summary))
