#!/usr/bin/env python3
# readmes.py - what the READMEs tell people to type works.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall readmes.py [--self-test]

Runs every command that stands in a block of ```sh in a README, in the order
in which they stand, from the root of the repository, with results/ in a fresh
folder: all must end with 0. So that this takes minutes and not hours, numbers
of replications are made small and the commands of SHORTER run in a smaller
form; those of ELSEWHERE are run by the tests that are named there. Also looks
that every link of a README leads to a file, every #part to a heading, and
every test that tests/README.md names is there.
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(os.environ.get('SHORTFALL', 'shortfall'))
ROOT = pathlib.Path(__file__).resolve().parents[2]
READMES = ['README.md', 'scenarios/README.md', 'scenarios/LISEZMOI.md',
           'models/README.md', 'tests/README.md']
TIMEOUT_S = 600

# What a command holds, and who runs it.
ELSEWHERE = {
    'scenarios/demo.sh': 'the bare system, by hand before a release',
    'tests/run.sh': 'this is it',
    ' explore ': 'browser/explore.js, it ends when its page is closed',
    'packaging/deb.sh': 'golden/install.py, in part; else by hand',
    'mpirun': 'engines/mpi.py',
    '--engine slurm': 'engines/slurm.py',
    'parallel build': 'engines/engines.py',
    'sweep merge': 'engines/engines.py',
    'sensitivity --run': 'golden/sensitivity.t, with a smaller study',
    'results/bamako-sweep': 'golden/sensitivity.t, with a smaller study',
    'meson ': 'this is it, and golden/install.py',
    'sim/packaging/deb.sh': 'golden/package.py',
}
# A pattern, and what stands for it.
SHORTER = [
    (r'--minutes 60', '--minutes 0.05'),
    (r'(-n) \d+', r'\1 10'),
    (r'--max 1000', '--max 120'),
    (r'--precision 0\.05', '--precision 0.3'),
]


# Commands whose usual number of replications takes long.
MANY = re.compile(r'shortfall (run|score|compare|rank)(?= )')


def blocks(text):
    """The text of every block of shell."""
    return re.findall(r'^```sh\n(.*?)^```', text, re.S | re.M)


def commands(text):
    """Every command, lines that go on put together."""
    for block in blocks(text):
        for line in block.replace('\\\n', ' ').splitlines():
            line = line.strip()
            if line and not line.startswith('#'):
                yield line


def shorter(command):
    for pattern, short in SHORTER:
        command = re.sub(pattern, short, command)
    if MANY.search(command) and ' -n ' not in command:
        command = MANY.sub(r'\g<0> -n 10', command)
    return command


def write_files(text, home):
    """The files that a page tells to save: `NAME.json`: and what is in it."""
    for name, body in re.findall(r'^`([\w-]+\.json)`:\n\n```json\n(.*?)^```',
                                 text, re.S | re.M):
        (home / name).write_text(body, 'utf-8')
    (home / 'schema.json').symlink_to(ROOT / 'scenarios/schema.json')


def run_all(lines, home):
    """Runs what is to be run; the number of it and of what failed."""
    (home / 'bin').mkdir()
    (home / 'results').mkdir()  # as after the demo
    for name in ('bin/shortfall', 'build/demo/shortfall'):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).symlink_to(PROGRAM)
    # A copy: a path from within a scenario may lead out of the folder.
    shutil.copytree(ROOT / 'scenarios', home / 'scenarios')
    for name in ('models', 'plots', 'README.md'):
        (home / name).symlink_to(ROOT / name)
    env = dict(os.environ, HOME='/invalid', LC_ALL='C.UTF-8',
               PATH=f'{home / "bin"}{os.pathsep}{os.environ["PATH"]}')
    failed = ran = 0
    for line in lines:
        if any(words in line for words in ELSEWHERE):
            continue
        ran += 1
        found = subprocess.run(['sh', '-c', shorter(line)], cwd=home, env=env,
                               capture_output=True, text=True,
                               timeout=TIMEOUT_S, check=False)
        if found.returncode:
            failed += 1
            print(f'{line}\n  ended with {found.returncode}: '
                  f'{found.stderr.strip()[-500:]}')
    return ran, failed


def anchors(text):
    """What headings are called as parts of a page."""
    for title in re.findall(r'^#+ (.*)$', text, re.M):
        words = re.sub(r'[^\w\- ]', '', title.lower())
        yield words.strip().replace(' ', '-')


def dead_links(name, text):
    for target in re.findall(r'\]\(([^)\s]+)\)', text):
        if re.match(r'[a-z]+:', target):
            continue
        path, _, part = target.partition('#')
        file = (ROOT / name).parent / path if path else ROOT / name
        if not file.exists():
            yield f'{name}: no file {target}'
        elif part and part not in anchors(file.read_text('utf-8')):
            yield f'{name}: no part {target}'


def dead_names(text):
    """Tests and cases that tests/README.md names, and nobody has."""
    code = ''.join(path.read_text('utf-8', 'replace')
                   for path in (ROOT / 'tests').glob('*/*')
                   if path.suffix in ('.c', '.py', '.build'))
    table = text.partition('## Faults that are tried')[2].partition('\n## ')[0]
    for name in sorted(set(re.findall('`([^`]+)`', table))):
        is_case = re.fullmatch('[a-z_]+', name)
        is_path = re.fullmatch('(/[a-z-]+){2,}(/?\\*)?', name) \
            and not name.startswith('/dev/')
        if (is_case and f'def {name}(' not in code
                and f'test_{name} (' not in code) \
                or (is_path and '"' + name.rstrip('*') not in code):
            yield f'tests/README.md: no test {name}'


def self_test():
    text = ('# A part\n```sh\nshortfall check no-such.json\n# note\n'
            'sh -c "exit 0" \\\n  more\n```\n[a](#a-part) [b](#none)')
    lines = list(commands(text))
    with tempfile.TemporaryDirectory() as home:
        ran, failed = run_all(lines, pathlib.Path(home))
    dead = list(dead_links('README.md', '[a](tests) [b](no-such) [c](#none)'))
    dead += dead_names('## Faults that are tried\n`no_room` `no_such_case` '
                       '`/folder/existing-is-refused` `/folder/no-such`')
    good = (len(lines) == 2 and (ran, failed) == (2, 1) and len(dead) == 4
            and shlex.split(shorter('x -n 200 y')) == ['x', '-n', '10', 'y'])
    print('ok' if good else f'not ok: {lines} {ran} {failed} {dead}')
    return 0 if good else 1


def main():
    if '--self-test' in sys.argv:
        return self_test()
    status = 0
    for name in READMES:
        text = (ROOT / name).read_text('utf-8')
        for fault in [*dead_links(name, text), *dead_names(text)]:
            print(fault)
            status = 1
        with tempfile.TemporaryDirectory() as home:
            write_files(text, pathlib.Path(home))
            ran, failed = run_all(commands(text), pathlib.Path(home))
        print(f'{name}: {ran} commands run, {failed} failed')
        status |= failed > 0
    return status


sys.exit(main())
