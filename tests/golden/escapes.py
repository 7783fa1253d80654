#!/usr/bin/env python3
# escapes.py - names of files that a terminal would obey. SPDX-License-Identifier: GPL-3.0-or-later
"""Each command is given files whose names hold an escape, there and not there,
and says them without it."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.environ['SHORTFALL']
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ODD = 'a\x1b[31mb'
SCENARIO, RESULTS = ODD + '.json', ODD + '.out'
OTHER = str(ROOT / 'scenarios' / 'two-roads.json')

COMMANDS = [
    ['check', SCENARIO], ['check', ODD],
    ['run', SCENARIO, '-n', '2', '--no-plots', '-o', RESULTS],
    ['run', SCENARIO, '-n', '2', '-o', RESULTS],  # is there
    ['run', SCENARIO, '-n', ODD], ['run', SCENARIO, '--set', ODD + '=1'], ['run', SCENARIO, ODD],
    ['run', '--' + ODD], ['run', ODD],
    ['trace', SCENARIO, '-o', ODD + '.html'], ['trace', ODD],
    ['compare', SCENARIO, OTHER, '-n', '2', '--no-plots', '-o', ODD + '.cmp'],
    ['compare', SCENARIO, '--lever', ODD],
    ['report', RESULTS, '-o', ODD + '.r.html'], ['report', ODD], ['report', RESULTS, '--compare', ODD],
    ['rerun', RESULTS], ['rerun', ODD], ['rerun', RESULTS, '-o', RESULTS],
    ['export', RESULTS, '-o', ODD + '.xlsx'], ['export', ODD, '-o', 'x.xlsx'],
    ['plot', ODD], ['network', SCENARIO, '-o', ODD + '.geojson'], ['network', ODD],
    ['new', ODD + '.new.json', '--nodes', ODD, '--links', ODD], ['today', SCENARIO, ODD],
    ['diff', SCENARIO, ODD], ['diff', SCENARIO, OTHER], ['explain', ODD], ['models', ODD],
    ['score', RESULTS, ODD], ['score', ODD, ODD], ['fit', SCENARIO], ['fit', SCENARIO, '--observations', ODD],
    ['rank', SCENARIO, OTHER, '-n', '4', '--no-plots', '-o', ODD + '.rank'], ['rank', ODD, ODD],
    ['sensitivity', ODD], ['sweep', 'plan', ODD], ['sweep', 'run', ODD], ['sweep', 'status', ODD], ['sweep', ODD],
    ['explore', ODD], ['explore', SCENARIO, '--port', ODD], ['help', ODD], ['completion', ODD], [ODD],
]


def main():
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(OTHER, pathlib.Path(folder, SCENARIO))
        for words in COMMANDS:
            done = subprocess.run([PROGRAM, *words], cwd=folder, capture_output=True, timeout=60)
            shown = ' '.join(words).replace('\x1b', '^')
            said = done.stdout + done.stderr
            is_good = b'\x1b' not in said and done.returncode >= 0
            failures += not is_good
            print(f'{"ok" if is_good else "not ok"} - {shown}')
            if not is_good:
                print('#', done.returncode, said.replace(b'\x1b', b'^').decode(errors='replace')[:300])
    sys.exit(1 if failures else 0)


main()
