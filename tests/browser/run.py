#!/usr/bin/env python3
# run.py - runs one test in a real browser. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tests/browser/NAME.js with Node.js and Chromium.

    run.py --program BUILD/shortfall --folder BUILD/tests/browser NAME.js

What package-lock.json names is fetched once into the folder (npm ci). The
test is skipped (77), saying why, without Chromium, Node.js or npm, and when
what it needs cannot be fetched and is not there. CHROMIUM names another
browser.
"""
import argparse
import fcntl
import os
import pwd
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SKIPPED = 77
FILES = ('package.json', 'package-lock.json')


def skip(why):
    print(f'skipped: {why}')
    sys.exit(SKIPPED)


def same(a, b):
    try:
        with open(a, 'rb') as x, open(b, 'rb') as y:
            return x.read() == y.read()
    except OSError:
        return False


def fetch(folder):
    """Has node_modules of the lock file in the folder; npm keeps its settings
    in the home, which tests do not see."""
    done = os.path.join(folder, 'node_modules', '.fetched')
    lock = os.path.join(HERE, FILES[1])
    if same(lock, done):
        return
    for name in FILES:
        shutil.copyfile(os.path.join(HERE, name), os.path.join(folder, name))
    env = dict(os.environ, HOME=pwd.getpwuid(os.getuid()).pw_dir)
    found = subprocess.run(
        ['npm', 'ci', '--no-audit', '--no-fund', '--ignore-scripts',
         '--cache', os.path.join(folder, 'npm-cache')],
        cwd=folder, env=env, capture_output=True, text=True, timeout=300)
    if found.returncode != 0:
        skip('npm cannot fetch what the test needs:\n' + found.stderr[-2000:])
    shutil.copyfile(lock, done)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--program', required=True)
    parser.add_argument('--folder', required=True)
    parser.add_argument('test')
    args = parser.parse_args()
    chromium = os.environ.get('CHROMIUM') or shutil.which('chromium')
    for what, path in (('Chromium', chromium), ('Node.js', shutil.which('node')),
                       ('npm', shutil.which('npm'))):
        if not path:
            skip(f'there is no {what}')
    folder = os.path.abspath(args.folder)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'fetch.lock'), 'w', encoding='utf-8') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        fetch(folder)
    env = dict(os.environ, CHROMIUM=chromium, ROOT=ROOT, HOME=folder,
               SHORTFALL=os.path.abspath(args.program),
               NODE_PATH=os.path.join(folder, 'node_modules'))
    sys.exit(subprocess.run(['node', os.path.join(HERE, args.test)],
                            cwd=ROOT, env=env).returncode)


main()
