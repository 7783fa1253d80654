#!/usr/bin/env python3
# disks.py - a sweep on a disk that is full, shut or damaged.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall disks.py [CASE...]

A full disk costs nothing but time; what cannot be read is said in words and
left as it is. Cases that mount a small file system need root; they are
skipped with a reason when mounting is refused."""
import contextlib
import os
import pwd
import shutil
import sqlite3
import subprocess
import sys

from sweeps import (asked, done_count, expect, is_sound, run_cases, run_seconds,
                    status, study, sweep, table)


@contextlib.contextmanager
def small_disk(home, size):
    """A file system of its own; None when mounting is refused."""
    place = home / 'disk'
    place.mkdir()
    done = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={size}',
                           'tmpfs', str(place)], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        print(f'skipped: mount is refused: {done.stderr.strip()}')
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(['umount', '-l', str(place)], check=False)


def fill(place, leave):
    """Fills a disk up but for some bytes."""
    free = os.statvfs(place)
    size = free.f_bavail * free.f_bsize - leave
    (place / 'ballast').write_bytes(b'x' * max(size, 0))


def whole_sweep(home, path):
    code, text = sweep('run', path, home / 'whole')
    expect('an unbroken run ends well', code == 0, text)
    return table(home / 'whole')


def full_while_running(home):
    points = int(min(max(4 / run_seconds(home), 60), 1000))
    path = study(home, points)
    with small_disk(home, '4m') as place:
        if not place:
            return 77
        code, text = sweep('plan', path, place / 'f')
        expect('there is room for the plan', code == 0, text)
        fill(place, 90000)
        code, text = sweep('run', path, place / 'f', '-j', '2')
        expect('a full disk ends it with status 1', code == 1, text)
        expect('and is named', 'full' in text or 'No space' in text, text)
        expect('in one line, with what to do', 'same command' in text, text)
        expect('some runs are not done', done_count(place / 'f') < points)
        expect('the store is sound', is_sound(place / 'f'))
        code, _, text = status(place / 'f')
        expect('status works on a full disk', code == 0, text)
        (place / 'ballast').unlink()
        code, text = sweep('run', path, place / 'f', '-j', '2')
        expect('with room the same command does the rest', code == 0, text)
        expect('equal to the unbroken run',
               table(place / 'f') == whole_sweep(home, path))
    return 0


def full_while_planning(home):
    path = study(home, 3000)
    with small_disk(home, '3m') as place:
        if not place:
            return 77
        for room in (0, 4096, 20000, 60000, 100000, 150000):
            fill(place, room)
            code, text = sweep('plan', path, place / 'p')
            expect(f'no plan on a full disk ({room} bytes)', code == 1, text)
            expect('which is said', 'full' in text or 'No space' in text, text)
            left = sorted(name.name for name in place.iterdir())
            expect('nothing is left', left == ['ballast'], left)
            (place / 'ballast').unlink()
        code, text = sweep('plan', path, place / 'p')
        expect('with room it is planned', code == 0, text)
    return 0


def shut_disk(home):
    path = study(home, 6)
    with small_disk(home, '4m') as place:
        if not place:
            return 77
        sweep('run', path, place / 'r', '--most', '4')
        subprocess.run(['mount', '-o', 'remount,ro', str(place)], check=True)
        code, counts, text = status(place / 'r')
        expect('status works on a disk that cannot be written',
               code == 0 and counts['done'] == 4, text)
        code, text = sweep('run', path, place / 'r')
        expect('a run is refused with status 1', code == 1
               and 'Read-only' in text, text)
        code, text = sweep('plan', path, place / 'new')
        expect('so is a plan', code == 1 and 'Read-only' in text, text)
        code, text = sweep('rerun', place / 'r', None, '--point', '1', '-q')
        expect('one row can be told again', code == 0, text)
    return 0


def as_nobody():
    """For subprocess: root may write everywhere, so be somebody else."""
    if os.geteuid() != 0:
        return {}
    return {'user': pwd.getpwnam('nobody').pw_uid}


def folder_without_rights(home):
    path = study(home, 6)
    home.chmod(0o755)
    folder = home / 'r'
    sweep('run', path, folder, '--most', '4')
    store = folder / 'sweep.sqlite'
    rights = as_nobody()
    if not rights:
        folder.chmod(0o555)
        store.chmod(0o444)
    before = store.read_bytes()
    code, text = sweep('status', folder, **rights)
    expect('status of a folder that is not ours', code == 0 and 'done     4'
           in text, text)
    code, text = sweep('run', path, folder, **rights)
    expect('a run there is refused', code == 1 and 'denied' in text, text)
    store.chmod(0o000)
    code, text = sweep('status', folder, **rights)
    expect('a store that cannot be read is named', code == 1
           and 'sweep.sqlite' in text, text)
    store.chmod(0o644)
    folder.chmod(0o755)
    expect('nothing was touched', store.read_bytes() == before)
    code, text = sweep('run', path, folder)
    expect('who may, goes on', code == 0 and done_count(folder) == 6, text)


def damaged(home):
    path = study(home, 6)
    sweep('run', path, home / 'd', '--most', '4')
    store = home / 'd' / 'sweep.sqlite'
    whole = store.read_bytes()
    cases = {'empty': b'', 'text': b'Dear Sir or Madam', 'cut off within a page':
             whole[:-1000], 'cut off': whole[:-4096], 'head only': whole[:4096],
             'half': whole[:len(whole) // 2], 'zeros': b'\0' * len(whole)}
    for name, content in cases.items():
        for verb in ('status', 'run', 'merge', 'rerun'):
            store.write_bytes(content)
            more = ['--point', '1'] if verb == 'rerun' else []
            code, text = sweep(verb, home / 'd', None, *more)
            expect(f'{verb}: a store that is damaged ({name}) is refused',
                   code == 1 and 'sweep.sqlite' in text
                   and 'ERROR' not in text, text)
            expect('and left as it is', store.read_bytes() == content)
    store.write_bytes(whole)
    code, text = sweep('run', path, home / 'd')
    expect('the good one still works', code == 0, text)
    store.unlink()
    code, text = sweep('status', home / 'd')
    expect('a store that is gone is said to be', code == 2
           and 'holds no sweep' in text, text)


def bad_page(home):
    """Damage behind the first pages is met when the rows are read."""
    path = study(home, 200)
    sweep('run', path, home / 'b')
    store = home / 'b' / 'sweep.sqlite'
    whole = bytearray(store.read_bytes())
    base = sqlite3.connect(store)
    roots = dict(base.execute('SELECT name, rootpage FROM sqlite_schema'))
    base.close()
    for name in ('run', 'point', 'study', 'factor', 'session'):
        content = bytearray(whole)
        at = (roots[name] - 1) * 4096
        content[at:at + 4096] = b'\xff' * 4096
        store.write_bytes(content)
        code, text = sweep('status', home / 'b')
        expect(f'status: a bad page of {name} is said', code == 1
               and 'damaged' in text, text)
        code, text = sweep('run', home / 'b', None, '--retry-failed')
        expect(f'run: a bad page of {name} is said', code == 1
               and 'damaged' in text, text)


def taken_away(home):
    """A store is removed while its journal stays."""
    path = study(home, 8)
    sweep('run', path, home / 't', '--most', '2')
    base = sqlite3.connect(home / 't' / 'sweep.sqlite')
    base.execute('PRAGMA journal_mode=WAL')
    base.execute("UPDATE run SET state = 'failed'")
    base.commit()
    for suffix in ('-wal', '-shm'):
        name = home / 't' / f'sweep.sqlite{suffix}'
        shutil.copy(name, home / f'kept{suffix}')
    base.close()
    (home / 't' / 'sweep.sqlite').unlink()
    for suffix in ('-wal', '-shm'):
        shutil.copy(home / f'kept{suffix}', home / 't' / f'sweep.sqlite{suffix}')
    code, text = sweep('run', path, home / 't')
    expect('a store that was taken away is made anew', code == 0, text)
    expect('without what the old journal said', is_sound(home / 't')
           and table(home / 't') == whole_sweep(home, path))


def damaged_inputs(home):
    path = study(home, 4)
    sweep('plan', path, home / 'i')
    scenario = home / 'i' / 'inputs' / 'scenario.json'
    text_before = scenario.read_text()
    scenario.write_text(text_before.replace('"km":', '"km" :', 1).replace(
        '360', '361', 1))
    code, text = sweep('run', home / 'i')
    expect('inputs that were touched are refused', code == 1
           and 'another scenario' in text, text)
    scenario.write_text('{')
    code, text = sweep('run', home / 'i')
    expect('inputs that cannot be read are refused', code == 1
           and 'inputs' in text, text)
    scenario.write_text(text_before)
    code, text = sweep('run', home / 'i')
    expect('as they were they do', code == 0, text)
    expect('and the plan has all its runs', asked(
        home / 'i', 'SELECT COUNT(*) FROM run')[0][0] == 4)


if __name__ == '__main__':
    sys.exit(run_cases([full_while_running, full_while_planning, shut_disk,
                        folder_without_rights, damaged, bad_page, taken_away,
                        damaged_inputs]))
