#!/usr/bin/env python3
# analyse.py - gcc -fanalyzer and clang-tidy over the house. SPDX-License-Identifier: GPL-3.0-or-later
"""usage: analyse.py BUILD [FOLDER...] | --self-test

Compiles each file of sim/ (or of the folders named) once more, as BUILD does by
its compile_commands.json, for gcc to analyse, and hands it to clang-tidy, whose
checks are in .clang-tidy with the reasons for those that are left out. Takes
about ten minutes of a processor, so no build runs it:
`ninja -C build/release analyse` does. Ends with the number of findings.

gcc's analyser knows nothing of GLib's functions, so it is quiet about memory;
what either says wrongly is in EXCUSED with the reason."""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

# Warnings that do not hold: (end of the file, check, why).
EXCUSED = [
    ('sim/base/mistakes.c', 'Wanalyzer-null-dereference',
     'sf_mistakes_get() is NULL only beyond the number there is'),
    ('sim/cli/table.c', 'core.DivideZero', 'a table begins with its columns'),
    ('sim/design/design.c', 'uninitialized.Assign',
     'the count is set where TRUE is returned'),
    ('sim/design/hadamard.c', 'core.DivideZero',
     'sizes that are not 1 are even, and their half at least 1'),
    ('sim/engine/queue.c', 'core.NullDereference',
     'sf_queue_new_all() comes first'),
    ('sim/experiment/fit-file.c', 'uninitialized.Assign',
     'read_whole() fills all or returns FALSE'),
    ('sim/experiment/fit.c', 'core.UndefinedBinaryOperatorResult',
     'filled by the loop before, of the same length'),
    ('sim/explore/server.c', 'deadcode.DeadStores', 'kept to be freed'),
    ('sim/explore/state.c', 'core.NullDereference',
     'sf_explore_state_parse() makes both sides first'),
    ('sim/inference/contrast.c', 'uninitialized.Assign',
     'sf_holm() fills the second half'),
    ('sim/inference/pairs.c', 'core.UndefinedBinaryOperatorResult',
     'sort_out() fills as many as it counts'),
    ('sim/report/csv.c', 'core.UndefinedBinaryOperatorResult',
     'find_columns() fills all or returns FALSE'),
    ('sim/sensitivity/pawn.c', 'uninitialized.Assign',
     'find_dummies() fills all'),
    ('sim/sensitivity/prim.c', 'core.CallAndMessage',
     'what is not set is not read unless there was a gain'),
    ('sim/story/reasons.c', 'core.NullDereference',
     'the sum is of the gates that have a curve'),
    ('sim/study/factor.c', 'core.NonNullParamChecker',
     'levels are numbers or words'),
    ('sim/sweep/variant.c', 'deadcode.DeadStores', 'kept to be freed'),
    ('sim/sweep/variant.c', 'core.NullDereference',
     'make() finds the numbers of all variants that are kept'),
]
SKIPPED = 77
FINDING = re.compile(r'^(\S+?):(\d+):\d+: (?:warning|error): (.*) \[([^\[]*)\]$',
                     re.MULTILINE)


def run(command, folder):
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, check=False)
    found = {(os.path.realpath(os.path.join(folder, m[1])), int(m[2]), m[3],
              m[4].replace(',-warnings-as-errors', '').strip())
             for m in FINDING.finditer(done.stdout)}
    if done.returncode != 0 and not found:
        found.add((command[-1], 0, done.stdout.strip()[-300:], command[0]))
    return found


def options(entry):
    """What a file is compiled with: folders, names, the language. Without
    what makes it fast, since gcc puts the analysis off until files are linked
    as one, and clang does not know all of those words."""
    words, skip = [], False
    for word in shlex.split(entry['command'])[1:]:
        if skip or word in ('-o', '-MF', '-MQ'):
            skip = not skip
        elif not word.startswith(('-O', '-M', '-W', '-D_FORTIFY', '-U_FORT', '-c', '-flto',
                                  '--param')) and word != entry['file']:
            words.append(word)
    return words


def is_excused(finding):
    return any(finding[0].endswith(end) and warning in finding[3]
               for end, warning, _ in EXCUSED)


def analyse(entry):
    """All findings of a file, as (path, line, text, check)."""
    folder = entry['directory']
    words = options(entry)
    gcc = ['gcc', *words, '-O1', '-fanalyzer', '-c', '-o', '/dev/null', entry['file']]
    found = {f for f in run(gcc, folder) if 'analyzer' in f[3] + f[2]}
    tidy = run(['clang-tidy', '--quiet', os.path.join(folder, entry['file']), '--', *words], folder)
    found |= {f for f in tidy if 'clang-diagnostic' not in f[3]}
    return {f for f in found if not is_excused(f)}


def entries(build, folders):
    """Commands of files in the folders, each file once."""
    table = json.loads((build / 'compile_commands.json').read_text())
    root = pathlib.Path(__file__).resolve().parents[2]
    found = {}
    for entry in table:
        path = pathlib.Path(entry['directory'], entry['file']).resolve()
        if path.suffix == '.c' and any(path.is_relative_to(root / folder)
                                       for folder in folders):
            found.setdefault(path, entry)
    return list(found.values())


def find(files):
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = set().union(*pool.map(analyse, files))
    root = str(pathlib.Path(__file__).resolve().parents[2]) + '/'
    for path, line, text, check in sorted(found):
        print(f'{path.removeprefix(root)}:{line}: {text} [{check}]')
    print(f'{len(files)} files, {len(found)} findings')
    return len(found)


BAD = """
#include <stdlib.h>
int main (int argc, char **argv)
{
  int *number = argc > 5 ? &argc : NULL;
  if (argc = 3)
    return *number;
  return sizeof (argv) == 9 ? atoi (argv[1]) : 0;
}
"""


def self_test():
    with tempfile.TemporaryDirectory() as name:
        build = pathlib.Path(name)
        (build / 'a.c').write_text(BAD)
        config = pathlib.Path(__file__).resolve().parents[2] / '.clang-tidy'
        (build / '.clang-tidy').write_text(config.read_text())
        entry = {'directory': name, 'file': 'a.c', 'command':
                 'gcc -O3 -flto=auto -flto-partition=one --param=max-inline-insns-auto=9 '
                 '-o a.o -c a.c'}
        checks = ' '.join(f[3] for f in analyse(entry))
    for check in 'Wanalyzer-null-dereference', 'cert-err34-c', \
            'NullDereference':
        if check not in checks:
            print(f'{check} not found: {checks}')
            return 1
    return 0


def main():
    missing = [tool for tool in ('gcc', 'clang-tidy') if not shutil.which(tool)]
    if missing:
        print('not installed:', *missing)
        return SKIPPED
    if sys.argv[1:] == ['--self-test']:
        return self_test()
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    return 1 if find(entries(build, sys.argv[2:] or ['sim'])) else 0


if __name__ == '__main__':
    sys.exit(main())
