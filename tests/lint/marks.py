#!/usr/bin/env python3
# marks.py - what people read is marked for translation.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds English sentences that go to people as they stand in the code.

Looked at are the texts given to functions that print, and that make errors,
notes and table headings, and the helps of options: with two words or more they
have to stand in _ (), N_ () or sf_lang_plural (). Not looked at are texts that
nobody reads but a program (CSV, JSON, SQL), which other functions make.
--self-test proves on made-up code that it finds and lets pass what it should.
"""
import re
import sys

import house

# Function: which of its arguments a person reads, from 1.
READ = {
    'printf': 1, 'puts': 1, 'fputs': 1, 'fprintf': 2, 'g_printerr': 1,
    'g_set_error': 4, 'g_set_error_literal': 4, 'sf_cmd_usage': 2,
    'sf_table_note': 2, 'sf_table_new': 2, 'sf_table_missing': 2,
    'sf_mistakes_add': 7, 'sf_reader_mistake': 5, 'sf_design_refuse': 2,
    'sf_finding_add_table': 4, 'g_propagate_prefixed_error': 3,
}
# Texts that stay as they are.
LEFT = re.compile(r'shortfall-mpi: %s|%s %02d:%02d'
                  # roff, which manual pages are written in
                  r'|^"\.[A-Z]{2}\b|^"\\\\f[BIR]')
TOKEN = re.compile(
    r'(?P<skip>/\*.*?\*/|//[^\n]*|^[ \t]*#(?:[^\n\\]|\\.)*)'
    r'|(?P<text>"(?:[^"\\]|\\.)*")|(?P<char>\'(?:[^\'\\]|\\.)*\')'
    r'|(?P<word>[A-Za-z_]\w*)|(?P<sign>\S)', re.S | re.M)


def is_sentence(text):
    """Two words or more, apart from what printf puts in."""
    plain = re.sub(r'%[-+ #0-9.*lju]*[a-zA-Z%]|\\.', ' ', text)
    return len(re.findall(r'[A-Za-z]{2,}', plain)) > 1


def findings(code):
    """(line, text) of each unmarked sentence."""
    stack, last, found = [], '', []
    for token in TOKEN.finditer(code):
        kind, text = token.lastgroup, token.group()
        if kind == 'skip':
            continue
        if kind == 'sign' and text in '([{':
            stack.append([last if text == '(' else text, 1, False])
        elif kind == 'sign' and text in ')]}' and stack:
            stack.pop()
        elif text == ',' and stack:
            stack[-1][1] += 1
        elif kind == 'word' and text.startswith('G_OPTION_ARG_') and stack:
            stack[-1][2] = True
        elif kind == 'text' and stack:
            call, place, is_option = stack[-1]
            is_read = READ.get(call) == place or (is_option and place == 6)
            if is_read and is_sentence(text) and not LEFT.search(text):
                found.append((house.line_at(code, token.start()), text))
        last = text if kind == 'word' else ''
    return found


def check(root):
    for path in house.files(root, ".c", ".h"):
        if path.startswith(("sim/", "models/")):
            for line, text in findings(house.read(root, path)):
                yield house.Finding(path, line, f"not marked: {text}")


# Code, and whether something is found in it.
CODES = (
    ('printf ("two words\\n");', 1), ('printf (_ ("two words\\n"));', 0),
    ('printf ("%s: %u\\n", a, b);', 0), ('puts ("word");', 0),
    ('g_set_error (e, D, C, "no %s is there", x);', 1),
    ('g_set_error (e, D, C, sf_lang_plural ("a b", "c d", n), n);', 0),
    ('x = { "set", 0, 0, G_OPTION_ARG_NONE, &v, "Change it all", N };', 1),
    ('x = { "set", 0, 0, G_OPTION_ARG_NONE, &v, N_ ("Change it"), N };', 0),
    ('sf_cmd_usage (i, a ? "one of" : "two of");', 2),
    ('/* printf ("two words"); */', 0),
    ('sf_csv_text (csv, "two words");', 0))
CASES = [house.Case(code, {"sim/cli/f.c": "f (void) { " + code + " }"},
                    ["sim/cli/f.c:1"] * count) for code, count in CODES]

if __name__ == "__main__":
    sys.exit(house.main(check, CASES))
