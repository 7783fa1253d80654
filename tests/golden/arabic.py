#!/usr/bin/env python3
# arabic.py - titles from right to left are drawn as they are read.
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws arabic.json, whose titles are Arabic, and looks at what came out.

SVG holds text, so the letters have to stand in the order in which they are
read, and a sentence that mixes both directions in an isolate of its own. PNG
holds ink: with the look of plots/style.gp, a word has to begin at the right,
its letters have to be joined, and they must be no empty boxes. --self-test
proves that each of these can fail. Without a font that has Arabic letters
(fc-list :lang=ar) it is skipped.
"""
import argparse
import os
import struct
import subprocess
import sys
import tempfile
import zlib

import runner

SCENARIO = 'tests/golden/arabic.json'
PLACE, FUEL = 'مدينة كيسا', 'وقود'
SKIPPED = 77
APART = '\u200c'  # keeps letters from joining
SCRIPT = '''
dir = "%s/"; out = "%s"; title = "%s"; note = ""; words = ""
width = 400; height = 50
load dir."style.gp"
unset border; unset tics; set xrange [0:1]; set yrange [0:1]
plot -1 notitle
'''


def pixels(path):
    """Rows of a PNG of 8 bits a colour: TRUE where there is ink."""
    with open(path, 'rb') as file:
        data = file.read()
    at, packed = 8, b''
    while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b'IHDR':
            wide, high, _, colour = struct.unpack('>IIBB', body[:10])
        if kind == b'IDAT':
            packed += body
        at += size + 12
    step = {0: 1, 2: 3, 6: 4}[colour]
    raw, before, rows = zlib.decompress(packed), bytearray(wide * step), []
    for y in range(high):
        line = raw[y * (wide * step + 1):(y + 1) * (wide * step + 1)]
        how, row = line[0], bytearray(line[1:])
        for i, value in enumerate(row):
            left = row[i - step] if i >= step else 0
            up, corner = before[i], before[i - step] if i >= step else 0
            guess = left + up - corner
            paeth = min((left, up, corner), key=lambda c: abs(guess - c))
            row[i] = (value + (0, left, up, (left + up) // 2, paeth)[how]) % 256
        rows.append([row[x * step] < 128 for x in range(wide)])
        before = row
    return rows


def columns(text, folder):
    """How much ink is in each column of a title, without the empty ends."""
    out = os.path.join(folder, 'title.png')
    script = SCRIPT % (os.path.join(runner.ROOT, 'plots'), out, text)
    subprocess.run([os.environ.get('SHORTFALL_GNUPLOT', 'gnuplot'), '-d'],
                   input=script.encode(), check=True)
    ink = [sum(column) for column in zip(*pixels(out))]
    used = [x for x, n in enumerate(ink) if n]
    return ink[used[0]:used[-1] + 1]


def begins_right(text, folder):
    """The first letter is an alef, a tall line: it has to be at the right."""
    ink = columns(text, folder)
    return ink.index(max(ink)) > len(ink) / 2


def is_joined(text, folder):
    """Letters that are kept apart take more room."""
    apart = columns(APART.join(text), folder)
    return len(apart) > 1.05 * len(columns(text, folder))


def has_letters(text, folder):
    """The box that stands for a missing letter begins with a line."""
    ink = columns(text, folder)
    return max(ink[:3]) < 0.8 * max(ink)


def draw(folder):
    """What is wrong with the figures of the scenario."""
    out, wrong = os.path.join(folder, 'out'), []
    subprocess.run(['shortfall', 'run', SCENARIO, '-n', '2', '-q', '-o', out],
                   cwd=runner.ROOT, env=runner.environment(folder), check=True)
    for name, text in (
            ('shortage', '\u2066Served share of demand, ' + PLACE + '\u2069'),
            ('shortage', '>' + FUEL + '<'), ('map', '>' + PLACE + '<'),
            ('timeline', '\u2066' + FUEL + ': demand served in ' + PLACE
             + ', and what happened\u2069')):
        with open(os.path.join(out, 'figures', name + '.svg'),
                  encoding='utf-8') as file:
            if text not in file.read():
                wrong.append('%s.svg does not say %s' % (name, ascii(text)))
    with open(os.path.join(out, 'summary.txt'), encoding='utf-8') as file:
        if file.readline().strip() != 'طريقان إلى العاصمة':
            wrong.append('summary.txt has another title')
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--self-test', action='store_true')
    options = parser.parse_args()
    fonts = subprocess.run(['fc-list', ':lang=ar'], stdout=subprocess.PIPE,
                           check=False).stdout
    if not fonts:
        print('no font has Arabic letters')
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        if options.self_test:
            found = [begins_right('با', folder), is_joined('abc', folder),
                     has_letters('\ue000', folder)]
            print('%d of 3 are not found' % sum(found))
            return any(found)
        wrong = draw(folder)
        for what, text in ((begins_right, 'اب'), (is_joined, 'كيسا'),
                           (has_letters, FUEL)):
            if not what(text, folder):
                wrong.append('%s: no' % what.__name__)
    print('\n'.join([*wrong, '%d complaints' % len(wrong)]))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
