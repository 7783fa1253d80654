#!/usr/bin/env python3
# package.py - the Debian packages are whole. SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the packages with the one command of README.md, and looks at what is
in them; the program is run from where its package is unpacked. Installing them
into a bare system is tried by hand before a release."""
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
SKIPPED = 77
HOLDS = {
    'shortfall': ['usr/bin/shortfall', 'usr/share/man/man1/shortfall-run.1.gz',
                  'usr/share/man/fr/man1/shortfall.1.gz',
                  'usr/share/shortfall/plots/map.gp',
                  'usr/share/shortfall/scenarios/schema.json',
                  'usr/share/bash-completion/completions/shortfall',
                  'usr/share/doc/shortfall/copyright'],
    'libshortfall-dev': ['usr/include/shortfall/sim/scenario/load.h'],
}


def run(args, **options):
    done = subprocess.run(args, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.STDOUT, check=False, **options)
    if done.returncode != 0:
        sys.exit('%s ended with %d:\n%s' % (' '.join(args), done.returncode,
                                            done.stdout[-3000:]))
    return done.stdout


def main():
    if not shutil.which('dpkg-shlibdeps'):
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        run(['sh', os.path.join(ROOT, 'sim/packaging/deb.sh'), out])
        found = {name.split('_')[0]: os.path.join(out, name)
                 for name in os.listdir(out)}
        for name, paths in HOLDS.items():
            place = os.path.join(folder, name)
            run(['dpkg-deb', '-x', found[name], place])
            for path in paths:
                if not os.path.exists(os.path.join(place, path)):
                    sys.exit('%s: there is no %s' % (name, path))
        place = os.path.join(folder, 'shortfall/usr')
        depends = run(['dpkg-deb', '-f', found['shortfall'], 'Depends'])
        if 'libigraph' not in depends or 'mpi' in depends:
            sys.exit('Depends: ' + depends)
        with open(os.path.join(place, 'bin/shortfall'), 'rb') as file:
            if os.fsencode(ROOT) in file.read():
                sys.exit('the program knows where it was built')
        env = {'PATH': os.environ['PATH'], 'HOME': folder}
        run([os.path.join(place, 'bin/shortfall'), 'run', '-n', '3', '-o',
             os.path.join(folder, 'run'),
             os.path.join(place, 'share/shortfall/scenarios/two-roads.json')],
            env=env, cwd=folder)
        if not os.path.exists(os.path.join(folder, 'run/figures/map.svg')):
            sys.exit('no map')
    print('packed, unpacked, run')
    return 0


if __name__ == '__main__':
    sys.exit(main())
