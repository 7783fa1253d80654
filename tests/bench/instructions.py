#!/usr/bin/env python3
# instructions.py - instructions an event, against a figure that is kept.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: instructions.py PROGRAM SOURCE COMPILER [--update | --self-test]

Counts, by callgrind, the instructions within sf_world_run() for each event of a
few replications. Unlike time they are the same on a busy machine, so that a
change of 3 % in either direction is a finding: slower is to be mended, faster
is to be kept by --update, which writes the new figures into
tests/bench/instructions.json.

Compiler and C library decide the figures; for those that are not in the file
the test is skipped and prints what would be kept."""
import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

TOLERANCE = 0.03
CASES = {'two-roads': 6, 'bamako-2025': 2}
SKIPPED = 77


def count(program, scenario, n):
    """Instructions an event."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ['valgrind', '--tool=callgrind', '--toggle-collect=sf_world_run',
             f'--callgrind-out-file={folder}/out', program, scenario, str(n)],
            capture_output=True, text=True, check=False)
    found = re.search(r'Collected : (\d+)', done.stderr)
    if done.returncode != 0 or not found:
        sys.exit(f'callgrind failed:\n{done.stderr}')
    instructions, events = int(found.group(1)), int(done.stdout.split()[0])
    if instructions < events:
        sys.exit('callgrind saw nothing of sf_world_run()')
    return instructions / events


def tools(compiler):
    """What decides the figures, in words."""
    return f"{compiler}, {' '.join(platform.libc_ver())}, {platform.machine()}"


def judge(figures, kept):
    """A line for each figure that is off."""
    faults = []
    for name, figure in figures.items():
        if name not in kept:
            faults.append(f'{name}: no figure is kept')
            continue
        change = figure / kept[name] - 1
        if abs(change) > TOLERANCE:
            faults.append(f'{name}: {figure:.1f} instructions an event, '
                          f'{change:+.1%} of the {kept[name]:.1f} kept')
    return faults


def self_test():
    kept = {'a': 100}
    assert judge({'a': 102.9}, kept) == [] == judge({'a': 97.1}, kept)
    assert len(judge({'a': 103.1}, kept)) == 1 == len(judge({'a': 96.9}, kept))
    assert len(judge({'b': 100}, kept)) == 1


def main():
    if '--self-test' in sys.argv:
        self_test()
        return 0
    program, source, compiler = sys.argv[1:4]
    if not shutil.which('valgrind'):
        print('valgrind is not installed')
        return SKIPPED
    path = pathlib.Path(source) / 'tests/bench/instructions.json'
    table = json.loads(path.read_text())
    key = tools(compiler)
    figures = {name: round(count(
        program, pathlib.Path(source) / f'scenarios/{name}.json', n), 1)
        for name, n in CASES.items()}
    print(f'{key}: {json.dumps(figures)}')
    if '--update' in sys.argv:
        table[key] = figures
        path.write_text(json.dumps(table, indent=2, sort_keys=True) + '\n')
        return 0
    if key not in table:
        print('No figure is kept for these tools; to keep them:\n  meson test -C '
              'BUILD instructions --test-args=--update')
        return SKIPPED
    faults = judge(figures, table[key])
    if faults:
        print('\n'.join(faults), '\nFigures that are meant are kept by:\n  meson '
              'test -C BUILD instructions --test-args=--update', sep='')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
