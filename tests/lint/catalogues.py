#!/usr/bin/env python3
# catalogues.py - every text has its translation.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs sim/po/update.sh --check on the house: no text of the code may be
without a translation, no translation may have other places than its text, and
none may be left over. --self-test proves on spoilt copies that each is found.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


def check(root):
    """What is wrong, as text; '' when nothing is."""
    run = subprocess.run(['sh', os.path.join(root, 'sim/po/update.sh'),
                          '--check'], capture_output=True, text=True)
    return '' if run.returncode == 0 else run.stdout + run.stderr


def append(path, text):
    with open(path, 'a', encoding='utf-8') as file:
        file.write(text)


def miss(root):
    append(os.path.join(root, 'sim/lang/lang.c'),
           '\nconst char *nowhere (void);\nconst char *nowhere (void)\n'
           '{ return _ ("A text that nobody has translated"); }\n')


def misplace(root):
    path = os.path.join(root, 'sim/po/fr.po')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    spoilt = re.sub(r'(#, c-format\nmsgid "%s cannot be written: %s"\n'
                    r'msgstr "%s [^%"]*)%s"', r'\1%u"', text)
    assert spoilt != text
    with open(path, 'w', encoding='utf-8') as file:
        file.write(spoilt)


def leave_over(root):
    append(os.path.join(root, 'sim/po/fr.po'),
           '\nmsgid "A text that is gone"\nmsgstr "Un texte disparu"\n')


def self_test():
    failures = 0
    for spoil, wanted in ((None, None), (miss, 'without translation'),
                          (misplace, 'not the same'),
                          (leave_over, 'no longer used')):
        with tempfile.TemporaryDirectory() as home:
            for part in ('sim', 'models'):
                shutil.copytree(os.path.join(ROOT, part),
                                os.path.join(home, part))
            if spoil:
                spoil(home)
            said = check(home)
        if bool(said) != bool(spoil) or (wanted and wanted not in said):
            print(f'{spoil.__name__ if spoil else "as it is"}: {said}')
            failures += 1
    print(f'{failures} of 4 went wrong')
    return failures > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--root', default=ROOT)
    parser.add_argument('--self-test', action='store_true')
    args = parser.parse_args()
    if args.self_test:
        return self_test()
    said = check(args.root)
    print(said or '0 findings')
    return bool(said)


if __name__ == '__main__':
    sys.exit(main())
