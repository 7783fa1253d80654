#!/usr/bin/env python3
# terminal.py - what is written to a terminal, and to none. SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the program on a pseudo-terminal of a known width: colours and progress
are there, fit, and leave no trace; without a terminal, with NO_COLOR or on a
dumb one there is no escape at all."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))
PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
COMPARE = ['compare', 'scenarios/two-roads.json', 'scenarios/example.json',
           '-n', '30', '-j', '1']
EACH = COMPARE.index('30')
WRONG = ['check', 'scenarios/none.json']


def environment(**more):
    env = {**os.environ, 'LC_ALL': 'C.UTF-8', 'TERM': 'xterm', **more}
    for name in ('LANGUAGE', 'COLUMNS', 'CLICOLOR_FORCE'):
        env.pop(name, None)
    if 'NO_COLOR' not in more:
        env.pop('NO_COLOR', None)
    return env


def on_terminal(args, columns, until=None, **more):
    """What comes out of standard error, a terminal; output is thrown away.
    When it says `until` the program is ended."""
    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ,
                struct.pack('HHHH', 24, columns, 0, 0))
    process = subprocess.Popen([PROGRAM, *args], cwd=ROOT, stderr=other,
                               stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               env=environment(**more))
    os.close(other)
    said = b''
    while True:
        try:
            part = os.read(main, 65536)
        except OSError:
            break
        if not part:
            break
        said += part
        if until and until.encode() in said:
            process.kill()
    process.wait()
    os.close(main)
    return said.decode()


def without(args, **more):
    done = subprocess.run([PROGRAM, *args], cwd=ROOT, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env=environment(**more),
                          check=False)
    return done.stdout.decode()


def need(holds, what, said):
    if not holds:
        sys.exit('%s: %r' % (what, said[:600]))


def check_colours():
    red = '\x1b[31m1 mistake'
    said = on_terminal(WRONG, 80)
    need(red in said, 'a mistake is red on a terminal', said)
    for more in ({'NO_COLOR': '1'}, {'TERM': 'dumb'}):
        said = on_terminal(WRONG, 80, **more)
        need('\x1b' not in said and '1 mistake' in said, 'plain', said)
    said = on_terminal(WRONG, 80, NO_COLOR='')
    need(red in said, 'an empty NO_COLOR says nothing', said)
    said = on_terminal([*WRONG, '--color=never'], 80)
    need('\x1b' not in said, '--color=never', said)
    need('\x1b' not in without(WRONG), 'no terminal', without(WRONG))
    said = without([*WRONG, '--color', 'always'])
    need(red in said, '--color always', said)
    said = without([*WRONG, '--color', 'always'], NO_COLOR='1')
    need(red in said, '--color always beats NO_COLOR', said)
    said = without(['run', '--help', '--color=always'])
    need('\x1b[1mOptions:\x1b[0m' in said, 'headings are bold', said)


def last_long_enough():
    """As many replications as it takes to be told of: machines differ. A line
    comes after a tenth of a second."""
    while 'left' not in on_terminal(COMPARE, 80):
        COMPARE[EACH] = str(4 * int(COMPARE[EACH]))
    COMPARE[EACH] = str(4 * int(COMPARE[EACH]))


def check_progress():
    of = ' of %d' % (2 * int(COMPARE[EACH]))
    for columns in (80, 24):
        said = on_terminal(COMPARE, columns)
        need(of + ' replic' in said, 'progress', said)
        if columns == 80:
            need(re.search(r'\d+' + of + r' replications, \d+ a second, \d+ s '
                           'left', said), 'rate and time left', said)
        for piece in re.split('\r|\n', said):
            bare = re.sub('\x1b\\[[0-9;]*[A-Za-z]', '', piece)
            if of in bare:
                need(len(bare) < columns, '%d columns' % columns, piece)
        need('\x1b[?25l' not in said, 'the cursor stays', said)
        need(said.endswith('\r\x1b[K'), 'the line is removed', said)
    said = without(COMPARE)
    need('\x1b' not in said and '\r' not in said, 'no escapes in a file', said)
    said = on_terminal([*COMPARE, '-q'], 80)
    need(said == '', 'quiet', said)


def progress(seconds, rate, **options):
    """What is said of work that takes so long at that rate: (done, of how many,
    a second, what is left) of each line; and all of it."""
    each = max(int(COMPARE[EACH]), int(seconds * rate / 2))
    said = on_terminal([*COMPARE[:3], '-n', str(each), '-j', '1'], 80,
                       **options)
    rows = re.findall(r'(\d+) of (\d+) replications, (\d+) a second, '
                      r'([^,\r]*) left', said)
    return [(*map(int, row[:3]), row[3]) for row in rows], said


def check_time_left():
    """It is what is left, at the rate that stands beside it."""
    rows, said = progress(0, 0)
    need(rows, 'rates', said)
    fast = rows[-1][2]
    rows, said = progress(2.5, fast)
    late = [row for row in rows if row[0] > 0.4 * row[1]]
    need(late, 'there is a second half', said)
    for done, total, rate, left in late:
        seconds = (total - done) / rate
        need(abs(seconds - int(left.removesuffix(' s')))
             < 0.6 + seconds * 0.5 / rate, 'time left', said)
    # Longer work is told in minutes.
    rows, said = progress(400, fast, until='left')
    need(rows, 'minutes left', said)
    done, total, rate, left = rows[0]
    minutes = (total - done) / rate / 60
    need(minutes < 2 or minutes > 100 or abs(int(left.removesuffix(' min'))
         - minutes) < 0.6 + minutes * 0.5 / rate, 'minutes left', said)


def check_width():
    """Help is as wide as COLUMNS says, where there is no terminal."""
    rows = {}
    for columns, most in ((60, 60), (200, 100), (40, 48), (5, 48)):
        env = dict(environment(), COLUMNS=str(columns))
        said = subprocess.run([PROGRAM, 'fit', '--help'], env=env, check=True,
                              stdout=subprocess.PIPE).stdout.decode()
        words = said[said.index('Options:'):]
        rows[columns] = words.splitlines()
        widest = max(len(line) for line in words.splitlines())
        need(widest <= most, 'width %d' % widest, words)
        need(columns != 200 or widest > 80, 'width %d' % widest, words)
    need(rows[5] == rows[40], 'no narrower than 40', rows[5])


if __name__ == '__main__':
    check_colours()
    last_long_enough()
    check_progress()
    check_time_left()
    check_width()
    print('as it should be')
