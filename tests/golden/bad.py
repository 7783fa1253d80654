#!/usr/bin/env python3
# bad.py - scenarios that must be refused, with the words they must get.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenarios/bad/NAME.json is refused with exit status 3 and exactly the
message in NAME.expected, by `check`; `run` refuses it too and writes nothing.
Inputs that cannot be kept as files (folders, pipes, 100 MB of brackets) are
made here. --update rewrites the expectations. --self-test proves that a
wrong expectation, a good scenario and a missing expectation fail.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading

import runner

BAD = 'scenarios/bad'


class Refusals:
    """Runs the program on inputs and counts what it should not have done."""

    def __init__(self, folder):
        self.folder = folder
        self.env = runner.environment(folder)
        self.failed = 0
        self.done = 0

    def complain(self, name, text):
        self.failed += 1
        print('%s: %s' % (name, text.rstrip('\n')))

    def call(self, *arguments):
        done = subprocess.run(['shortfall', *arguments], cwd=runner.ROOT,
                              env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=runner.TIMEOUT_S, check=False)
        return (done.returncode, done.stdout.decode('utf-8', 'replace'),
                done.stderr.decode('utf-8', 'replace'))

    def refuse(self, path):
        """What `check` says of a scenario that nothing may accept."""
        self.done += 1
        status, out, said = self.call('check', path)
        if status != 3:
            self.complain(path, 'check ends with %d, not 3:\n%s' %
                          (status, said))
        if out:
            self.complain(path, 'check writes to standard output')
        return said

    def refuse_to_run(self, path):
        results = os.path.join(self.folder, 'results')
        status, _, said = self.call('run', '-n', '1', '--no-plots', '-o',
                                    results, path)
        if status != 3:
            self.complain(path, 'run ends with %d, not 3:\n%s' %
                          (status, said))
        if os.path.exists(results):
            self.complain(path, 'run wrote a folder')
            shutil.rmtree(results)

    def compare(self, path, expectation, update):
        said = self.refuse(path)
        if update:
            with open(expectation, 'w', encoding='utf-8') as file:
                file.write(said)
        if not os.path.exists(expectation):
            self.complain(path, 'there is no ' + expectation)
            return
        with open(expectation, encoding='utf-8') as file:
            text = file.read()
        if text != said:
            self.complain(path, 'says something else\n' +
                          runner.difference(text, said, path))

    def expect(self, path, words):
        """Refused with a message that holds some words."""
        said = self.refuse(path)
        if words not in said:
            self.complain(path, 'does not say "%s" but: %s' % (words, said))
        self.refuse_to_run(path)


def shipped(refusals, update):
    """The files in scenarios/bad."""
    names = sorted(name[:-5] for name in os.listdir(
        os.path.join(runner.ROOT, BAD)) if name.endswith('.json'))
    for name in names:
        path = '%s/%s.json' % (BAD, name)
        refusals.compare(path, os.path.join(runner.ROOT, BAD,
                                            name + '.expected'), update)
        refusals.refuse_to_run(path)
    kept = [name[:-9] for name in os.listdir(os.path.join(runner.ROOT, BAD))
            if name.endswith('.expected')]
    for name in sorted(set(kept) - set(names)):
        refusals.complain(name, 'is expected, but there is no such scenario')


def feed(path, text):
    with open(path, 'w', encoding='utf-8') as pipe:
        pipe.write(text)


def refuse_pipe(refusals, path):
    """A pipe is read like a file, once, by each command."""
    os.mkfifo(path)
    for call in (refusals.refuse, refusals.refuse_to_run):
        feeder = threading.Thread(target=feed, daemon=True,
                                  args=(path, '{"format": 2}'))
        feeder.start()
        call(path)
        feeder.join(10)


def made(refusals):
    """Inputs that cannot be kept as files."""
    def path(name):
        return os.path.join(refusals.folder, name)

    def write(name, size, byte):
        with open(path(name), 'wb') as file:
            for _ in range(size // 1000000):
                file.write(byte * 1000000)
        return path(name)

    refusals.expect(path('missing.json'), 'missing.json: ')
    os.mkdir(path('folder.json'))
    refusals.expect(path('folder.json'), 'is a folder')
    os.symlink('loop.json', path('loop.json'))
    refusals.expect(path('loop.json'), 'loop.json: ')
    refusals.expect(path('x' * 300 + '.json'), '.json: ')
    refusals.expect('/dev/null', 'is empty')
    refusals.expect('', 'mistake')
    refusals.expect(write('100-mb-of-brackets.json', 100000000, b'['),
                    'larger than')
    os.unlink(path('100-mb-of-brackets.json'))
    refusals.expect(write('60-mb-of-brackets.json', 60000000, b'['),
                    'nested more than')
    os.unlink(path('60-mb-of-brackets.json'))
    refuse_pipe(refusals, path('pipe.json'))
    with open(path('secret.json'), 'w', encoding='utf-8') as file:
        file.write('{}')
    os.chmod(path('secret.json'), 0)
    if not os.access(path('secret.json'), os.R_OK):  # root reads everything
        refusals.expect(path('secret.json'), 'secret.json: ')


def self_test():
    """What must not pass does not."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = os.path.join(folder, 'wrong.expected')
        with open(wrong, 'w', encoding='utf-8') as file:
            file.write('other words\n')
        cases = [
            (lambda r: r.compare(BAD + '/negative-km.json', wrong, False)),
            (lambda r: r.compare(BAD + '/negative-km.json', wrong + '.not',
                                 False)),
            (lambda r: r.refuse('scenarios/two-roads.json')),
            (lambda r: r.expect(BAD + '/negative-km.json', 'other words')),
        ]
        for i, case in enumerate(cases):
            refusals = Refusals(folder)
            case(refusals)
            if refusals.failed == 0:
                sys.exit('self-test: case %d passed' % i)
    print('self-test passed; the complaints above were expected')


def main():
    parser = argparse.ArgumentParser(description='Bad scenarios are refused.')
    parser.add_argument('--update', action='store_true',
                        help='rewrite the expectations')
    parser.add_argument('--self-test', action='store_true',
                        help='prove that a wrong expectation fails')
    options = parser.parse_args()
    if options.self_test:
        self_test()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        refusals = Refusals(folder)
        shipped(refusals, options.update)
        made(refusals)
    print('%d bad scenarios, %d complaints' % (refusals.done, refusals.failed))
    return 1 if refusals.failed else 0


if __name__ == '__main__':
    sys.exit(main())
