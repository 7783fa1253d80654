#!/usr/bin/env python3
# catalogues.py - every text has its translation.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs sim/po/update.sh --check on the house: no text of the code may be
without a translation, no translation may have other places than its text, and
none may be left over. --self-test proves on spoilt copies that each is found.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import house

ROOT = Path(__file__).resolve().parents[2]


def check(root):
    run = subprocess.run(['sh', root / 'sim/po/update.sh', '--check'],
                         capture_output=True, text=True)
    if run.returncode != 0:
        yield house.Finding('sim/po', 0, run.stdout + run.stderr)


def append(path, text):
    with open(path, 'a', encoding='utf-8') as file:
        file.write(text)


def miss(root):
    append(root / 'sim/lang/lang.c',
           '\nconst char *nowhere (void);\nconst char *nowhere (void)\n'
           '{ return _ ("A text that nobody has translated"); }\n')


def misplace(root):
    path = root / 'sim/po/fr.po'
    text = path.read_text(encoding='utf-8')
    spoilt = re.sub(r'(#, c-format\nmsgid "%s cannot be written: %s"\n'
                    r'msgstr "%s [^%"]*)%s"', r'\1%u"', text)
    assert spoilt != text
    path.write_text(spoilt, encoding='utf-8')


def leave_over(root):
    append(root / 'sim/po/fr.po',
           '\nmsgid "A text that is gone"\nmsgstr "Un texte disparu"\n')


def self_test(check, cases):
    """The house itself, spoilt; made-up ones have no catalogues."""
    failures = 0
    for spoil, wanted in cases:
        with tempfile.TemporaryDirectory() as home:
            for part in ('sim', 'models'):
                shutil.copytree(ROOT / part, Path(home) / part)
            if spoil:
                spoil(Path(home))
            said = ''.join(finding.text for finding in check(Path(home)))
        if bool(said) != bool(spoil) or wanted not in said:
            print(f'{spoil.__name__ if spoil else "as it is"}: {said}')
            failures += 1
    print(f'{failures} of {len(cases)} went wrong')
    return failures


CASES = ((None, ''), (miss, 'without translation'),
         (misplace, 'not the same'), (leave_over, 'no longer used'))

if __name__ == '__main__':
    sys.exit(house.main(check, CASES, self_test=self_test))
