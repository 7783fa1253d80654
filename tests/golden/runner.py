#!/usr/bin/env python3
# runner.py - replays transcripts of the command line.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replays transcripts and shows what came out differently.

A transcript (*.t) holds commands, each with what it prints (standard output
and standard error together) and, when it is not 0, its exit status:

    # A comment, up to the first command.
    $ shortfall check scenarios/none.json
    scenarios/none.json: there is no such file
    1 mistake; nothing was written
    [exit 3]

Commands run in a shell from the root of the repository, "shortfall" being
the program that the variable SHORTFALL names and $T a fresh folder (its path
is written as $T in the output). Text and integers must match exactly, reals
to 1e-9 of their size. --update rewrites the transcripts with what came out;
read the difference before you commit it. --self-test proves that a wrong
expectation fails.
"""
import argparse
import difflib
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
TIMEOUT_S = 60
NUMBER = re.compile(r'(?<![\w.])[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w])')
RELATIVE, ABSOLUTE = 1e-9, 1e-12


def same_number(a, b):
    """Integers are equal as texts; reals are near."""
    if re.fullmatch(r'[-+]?\d+', a) and re.fullmatch(r'[-+]?\d+', b):
        return a == b
    x, y = float(a), float(b)
    return abs(x - y) <= max(RELATIVE * max(abs(x), abs(y)), ABSOLUTE)


def same_line(a, b):
    """The texts between numbers are equal and the numbers are the same."""
    if a == b:
        return True
    if NUMBER.split(a) != NUMBER.split(b):
        return False
    return all(same_number(x, y)
               for x, y in zip(NUMBER.findall(a), NUMBER.findall(b)))


def difference(expected, found, name):
    """A unified diff of two texts, or '' when they agree."""
    a, b = expected.splitlines(), found.splitlines()
    if len(a) == len(b):
        # What is near enough is shown as expected, not as a difference.
        b = [x if same_line(x, y) else y for x, y in zip(a, b)]
    if a == b:
        return ''
    return '\n'.join(difflib.unified_diff(a, b, name + ' (expected)',
                                          name + ' (found)', lineterm='')) + '\n'


def environment(folder):
    """What every command sees, wherever the test runs."""
    program = os.environ.get('SHORTFALL')
    if not program:
        sys.exit('SHORTFALL must name the program to test')
    bin_folder = os.path.join(folder, 'bin')
    os.makedirs(bin_folder, exist_ok=True)
    link = os.path.join(bin_folder, 'shortfall')
    if not os.path.lexists(link):
        os.symlink(os.path.abspath(program), link)
    env = dict(os.environ, HOME='/invalid', LC_ALL='C', SOURCE_DATE_EPOCH='0',
               COLUMNS='80', TERM='dumb', G_DEBUG='fatal-warnings',
               PATH=bin_folder + os.pathsep + os.environ.get('PATH', ''))
    env.pop('LANGUAGE', None)
    return env


def parse(text):
    """The head of a transcript and its commands with their expectations."""
    head, steps = [], []
    for line in text.splitlines():
        if line.startswith('$ '):
            steps.append([line[2:], []])
        elif steps:
            steps[-1][1].append(line)
        else:
            head.append(line)
    return head, steps


def run_step(command, env, folder):
    """What a command prints, with its exit status at the end unless 0."""
    done = subprocess.run(['sh', '-c', command], cwd=ROOT, env=env,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=TIMEOUT_S,
                          check=False)
    text = done.stdout.decode('utf-8', 'backslashreplace')
    lines = text.replace(folder, '$T').splitlines()
    if done.returncode != 0:
        lines.append('[exit %d]' % done.returncode)
    return lines


def replay(path):
    """The transcript as it is and as it would be."""
    with open(path, encoding='utf-8') as file:
        expected = file.read()
    head, steps = parse(expected)
    found = list(head)
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        env = environment(folder)
        work = os.path.join(folder, 'work')
        os.mkdir(work)
        env['T'] = work
        for command, _ in steps:
            found.append('$ ' + command)
            found.extend(run_step(command, env, work))
    return expected, '\n'.join(found) + '\n'


def check(path, update):
    """True when a transcript holds, or was rewritten."""
    expected, found = replay(path)
    text = difference(expected, found, os.path.relpath(path, ROOT))
    if not text:
        return True
    if update:
        with open(path, 'w', encoding='utf-8') as file:
            file.write(found)
        print('rewritten: ' + path)
        return True
    sys.stdout.write(text)
    return False


SELF_TESTS = [
    # (transcript, does it hold?)
    ('$ echo one 2\none 2\n', True),
    ('$ echo one 2\none 3\n', False),
    ('$ echo 0.3333333333333\n0.3333333333334\n', True),
    ('$ echo 0.333333\n0.333334\n', False),
    ('$ echo 1e-16\n0\n', True),
    ('$ echo x1.5\nx1.6\n', False),
    ('$ false\n[exit 1]\n', True),
    ('$ false\n', False),
    ('$ true\n[exit 1]\n', False),
    ('$ echo a; echo b\na\n', False),
    ('# head\n$ echo $T/x\n$T/x\n', True),
]


def self_test():
    """A wrong expectation fails, and --update makes it right."""
    os.environ.setdefault('SHORTFALL', '/bin/true')
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'self.t')
        for text, holds in SELF_TESTS:
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            if check(path, False) != holds:
                sys.exit('self-test: %r should %s' %
                         (text, 'hold' if holds else 'fail'))
            if not (check(path, True) and check(path, False)):
                sys.exit('self-test: %r does not hold once rewritten' % text)
    print('self-test passed; the differences above were expected')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--update', action='store_true',
                        help='rewrite the transcripts')
    parser.add_argument('--self-test', action='store_true',
                        help='prove that a wrong expectation fails')
    parser.add_argument('files', nargs='*', metavar='FILE.t')
    options = parser.parse_args()
    if options.self_test:
        self_test()
        return 0
    good = [check(path, options.update) for path in options.files]
    return 0 if good and all(good) else 1


if __name__ == '__main__':
    sys.exit(main())
