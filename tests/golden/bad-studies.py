#!/usr/bin/env python3
# bad-studies.py - studies that must be refused, with the words they must get.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenarios/bad-studies/NAME.json is refused by `sweep plan` and `sweep
run` with exit status 3 and exactly the message in NAME.expected, and nothing
is written, beside it or where it was asked for. --update rewrites the
expectations. --self-test proves that a wrong expectation, a good study and a
study that writes are found.
"""
import argparse
import os
import sys
import tempfile

import bad
import runner

STUDIES = 'scenarios/bad-studies'


class Refusals(bad.Refusals):
    """As of scenarios, but asked of a sweep."""

    def plan(self, path, verb='plan'):
        """What the verb says; complains unless it refuses."""
        self.done += 1
        before = sorted(os.listdir(self.folder))
        out = os.path.join(self.folder, 'sweep')
        status, printed, said = self.call('sweep', verb, path, '-o', out)
        if status != 3:
            self.complain(path, 'sweep %s ends with %d, not 3:\n%s' %
                          (verb, status, said))
        if printed:
            self.complain(path, 'sweep %s writes to standard output' % verb)
        if sorted(os.listdir(self.folder)) != before:
            self.complain(path, 'sweep %s writes something' % verb)
        return said.replace('shortfall sweep ' + verb, 'shortfall sweep plan')

    def refuse(self, path):
        said = self.plan(path)
        if self.plan(path, 'run') != said:
            self.complain(path, 'plan and run say different things')
        return said


def shipped(refusals, update):
    folder = os.path.join(runner.ROOT, STUDIES)
    names = os.listdir(folder)
    studies = sorted(name[:-5] for name in names if name.endswith('.json'))
    kept = sorted(name[:-9] for name in names if name.endswith('.expected'))
    for name in studies:
        refusals.compare('%s/%s.json' % (STUDIES, name),
                         os.path.join(folder, name + '.expected'), update)
    for name in sorted(set(kept) - set(studies)):
        refusals.complain(name, 'is expected, but there is no such study')


def self_test():
    with tempfile.TemporaryDirectory() as folder:
        wrong = os.path.join(folder, 'wrong.expected')
        with open(wrong, 'w', encoding='utf-8') as file:
            file.write('other words\n')
        study = STUDIES + '/range-reversed.json'
        cases = [
            lambda r: r.compare(study, wrong, False),
            lambda r: r.compare(study, wrong + '.not', False),
            lambda r: r.plan('scenarios/sweeps/two-roads.json'),
        ]
        for i, case in enumerate(cases):
            refusals = Refusals(folder)
            case(refusals)
            if refusals.failed == 0:
                sys.exit('self-test: case %d passed' % i)
    print('self-test passed; the complaints above were expected')


def main():
    parser = argparse.ArgumentParser(description='Bad studies are refused.')
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
    print('%d tries at bad studies, %d complaints' %
          (refusals.done, refusals.failed))
    return 1 if refusals.failed else 0


if __name__ == '__main__':
    sys.exit(main())
