#!/usr/bin/env python3
# french.py - what is said in French, and what never is.
# SPDX-License-Identifier: GPL-3.0-or-later
"""With --lang fr no line of the manual and no message about a mistake is left
in English, the exit status is the same, a story is told in French, and every
number in a sentence has its comma, and every table that `run` writes has the same bytes as in English. --self-test proves
that English in place of French, and a table that differs, are found.
"""
import argparse
import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile

import runner

BAD = 'scenarios/bad'
SCENARIO = 'scenarios/two-roads.json'
TOPICS = ['time', 'run', 'study', 'commodities', 'vehicles', 'nodes', 'zones',
          'links', 'queues', 'fleets', 'shipments', 'markets', 'classes',
          'demands', 'events']
# Lines that may be the same in both languages: nothing, the name of a
# parameter, names at the end of a manual, and words that both have.
SAME = re.compile(r'\s*|  [$a-z_{}A-Z0-9|*]+|([a-z_]+_[a-z_]+[,.] ?)+|'
                  r'      (date|destination)')
FEW = 3  # of each kind, when only the test is tested


class French:
    """Runs commands in two languages and counts what is not as it should."""

    def __init__(self, folder, lang, most=None):
        self.folder = folder
        self.env = runner.environment(folder)
        self.lang = lang
        self.most = most
        self.failed = 0

    def complain(self, name, text):
        self.failed += 1
        print('%s: %s' % (name, text))

    def call(self, *arguments):
        done = subprocess.run(['shortfall', *arguments], cwd=runner.ROOT,
                              env=self.env, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=runner.TIMEOUT_S, check=False)
        return done.returncode, done.stdout.decode('utf-8')

    def pair(self, *arguments):
        """What is said in English and in French, with the same end."""
        status, english = self.call(*arguments, '--lang', 'en')
        again, french = self.call(*arguments, '--lang', self.lang)
        if status != again:
            self.complain(' '.join(arguments), 'ends with %d, in French with '
                          '%d' % (status, again))
        return status, english.splitlines(), french.splitlines()

    def differ(self, name, english, french):
        """No line of the one is a line of the other."""
        for line in sorted(set(english) & set(french)):
            if not SAME.fullmatch(line):
                self.complain(name, 'not in French: ' + line)


def manual(test):
    """models and explain."""
    _, english, french = test.pair('models')
    test.differ('models', english, french)
    names = [line.split()[0] for line in english]
    if len(names) < 40:
        test.complain('models', 'lists only %d' % len(names))
    for name in names[:test.most] + TOPICS[:test.most]:
        status, english, french = test.pair('explain', name)
        if status != 0:
            test.complain(name, 'is not explained')
        test.differ('explain ' + name, english, french)


def mistakes(test):
    """Every scenario that must be refused."""
    names = sorted(name for name in os.listdir(os.path.join(runner.ROOT, BAD))
                   if name.endswith('.json'))
    for name in names[:test.most]:
        path = os.path.join(BAD, name)
        with open(os.path.join(runner.ROOT, path[:-5] + '.expected'),
                  encoding='utf-8') as file:
            english = file.read().splitlines()
        status, said = test.call('check', path, '--lang', test.lang)
        if status != 3:
            test.complain(path, 'ends with %d, not 3' % status)
        test.differ(path, english, said.splitlines())


def story(test):
    """trace: the events are told in French, at the same hours."""
    _, english, french = test.pair('trace', SCENARIO, '--kind', 'convoy')
    test.differ('trace', english, french)
    when = [[line[:16] for line in lines if re.match(r'\d{4}-', line)]
            for lines in (english, french)]
    if not when[0] or when[0] != when[1]:
        test.complain('trace', 'tells of other events in French')


def tables(test, *extra):
    """run: no table knows the language."""
    folders = {lang: os.path.join(test.folder, lang) for lang in ('en', 'fr')}
    for lang, folder in folders.items():
        arguments = ['run', SCENARIO, '-n', '4', '--no-plots', '-o', folder,
                     '--lang', lang, *(extra if lang == 'fr' else ())]
        status, said = test.call(*arguments)
        if status != 0:
            test.complain('run', said)
    names = sorted(os.listdir(folders['en']))
    if names != sorted(os.listdir(folders['fr'])):
        test.complain('run', 'writes other files in French')
    for name in names:
        if not name.endswith('.csv'):
            continue
        both = []
        for folder in folders.values():
            with open(os.path.join(folder, name), 'rb') as file:
                both.append(file.read())
        if both[0] != both[1]:
            test.complain(name, 'differs with the language')
    if 'events.csv' not in names:
        test.complain('run', 'writes no events.csv')


def decimals(test):
    """Numbers in sentences and tables for people have a comma."""
    study = os.path.join(test.folder, 'study.json')
    with open(os.path.join(runner.ROOT, 'scenarios/sweeps/two-roads.json'),
              encoding='utf-8') as file:
        text = file.read().replace('"points_count": 64', '"points_count": 16')
    with open(study, 'w', encoding='utf-8') as file:
        file.write(text.replace('"../two-roads.json"', '"%s"' % os.path.join(
            runner.ROOT, SCENARIO)))
    sweep, city = (os.path.join(test.folder, name)
                   for name in ('sweep-' + test.lang, test.lang + '.json'))
    other, n = 'scenarios/example.json', ['-n', '10']
    tables_of = ['nodes.csv', 'links.csv', 'supply.csv']
    for arguments in (
            ['run', SCENARIO, *n, '--quantile', '0.9', '--precision', '0.9',
             '--no-plots', '-o', os.path.join(test.folder, 'r' + test.lang)],
            ['compare', SCENARIO, other, *n],
            ['rank', SCENARIO, other, *n, '--measure', '/lost_count',
             '--confidence', '97.5'],
            ['rank', SCENARIO, other, *n, '--measure', '/lost_count',
             '--method', 'ocba', '--budget', '100'],
            ['sweep', 'plan', study, '-o', sweep],
            ['sweep', 'run', study, '-o', sweep], ['sweep', 'status', sweep],
            ['sensitivity', sweep],
            ['sensitivity', sweep, '-m', 'prim', '--of-interest',
             'shortage_days_count >= 60'],
            ['score', 'scenarios/bamako-2025.json', '-n', '2'],
            ['fit', 'scenarios/bamako-2025.json', '--vary',
             '/models', '--chains', '8', '-n', '1', '-g', '1', '-o',
             os.path.join(test.folder, 'fit-' + test.lang)],
            ['network', 'scenarios/bamako-network.json', '--reliability',
             '--fail-prob', '0.05'],
            ['trace', SCENARIO],
            ['new', *('scenarios/second-city/' + name for name in tables_of),
             '-o', city, '--start', '2031-03-01']):
        if test.most and arguments[0] not in ('rank', 'sweep'):
            continue
        status, said = test.call(*arguments, '--lang', test.lang)
        if status not in (0, 1):
            test.complain(' '.join(arguments), 'ends with %d' % status)
        for line in said.splitlines():
            if re.search(r'(?<![\w./])\d+\.\d+(?![\w./])', line):
                test.complain(arguments[0], 'a point: ' + line)


def self_test(folder):
    """English in place of French is found in every part."""
    for part in (manual, mistakes, story, decimals):
        test = French(folder, 'en', FEW)
        with contextlib.redirect_stdout(io.StringIO()):
            part(test)
        if test.failed == 0:
            print('%s: English is not found' % part.__name__)
            return 1
    test = French(folder, 'fr')
    with contextlib.redirect_stdout(io.StringIO()):
        tables(test, '--seed', '2')
    if test.failed == 0:
        print('a table that differs is not found')
        return 1
    print('it can fail')
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--self-test', action='store_true')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.self_test:
            return self_test(folder)
        test = French(folder, 'fr')
        for part in (manual, mistakes, story, tables, decimals):
            part(test)
    print('%d complaints' % test.failed)
    return 1 if test.failed else 0


if __name__ == '__main__':
    sys.exit(main())
