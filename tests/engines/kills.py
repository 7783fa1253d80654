#!/usr/bin/env python3
# kills.py - a sweep whose processes are killed, stopped and doubled.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall kills.py [CASE...]

Whatever dies, rows that were shown once are never lost, none is doubled, the
same command goes on, and in the end the table is that of an unbroken run."""
import os
import random
import shutil
import signal
import subprocess
import sys
import time

from sweeps import (PROGRAM, asked, children_of, done_count, expect, is_alive,
                    is_sound, run_cases, run_seconds, start, status, study,
                    sweep, table, wait_until)

KILLS = 20


def kill_once(path, folder, chance):
    """Starts, shows the status, kills. What was shown, and what survived."""
    process = start(path, folder, '-j', '2')
    if chance.random() < 0.8:  # else perhaps before it has begun
        wait_until(lambda: children_of(process.pid), 10)
    time.sleep(0.15 * chance.random())
    shown = done_count(folder) if chance.random() < 0.5 else status(
        folder)[1].get('done', 0)
    workers = children_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    gone = wait_until(lambda: not any(map(is_alive, workers)), 5)
    return process.returncode, shown, gone


def killed_many_times(home):
    points = int(min(max(4 / run_seconds(home), 60), 12000))
    path = study(home, points, replications_count=2)
    chance = random.Random(20250903)
    kills, losses, survivors, unsound = 0, 0, 0, 0
    for _ in range(3 * KILLS):
        code, shown, gone = kill_once(path, home / 'k', chance)
        if code != -signal.SIGKILL:
            break
        kills += 1
        survivors += not gone
        losses += done_count(home / 'k') < shown
        unsound += (home / 'k' / 'sweep.sqlite').exists() and not is_sound(
            home / 'k')
        if kills == KILLS:
            break
    expect(f'it was killed {KILLS} times before it was done', kills == KILLS)
    expect('rows that were shown are never lost', losses == 0, losses)
    expect('the store is sound after every kill', unsound == 0, unsound)
    expect('no worker outlives its manager', survivors == 0, survivors)
    done = done_count(home / 'k')
    expect('some runs were done meanwhile', 0 < done < 2 * points, done)
    code, text = sweep('run', path, home / 'k', '-j', '2')
    expect('the same command does the rest', code == 0, text)
    code, text = sweep('run', path, home / 'whole', '-j', '1')
    expect('an unbroken run ends well', code == 0, text)
    expect('the table is that of the unbroken run',
           table(home / 'k') == table(home / 'whole'))
    _, counts, text = status(home / 'k')
    expect('all are done', counts['done'] == 2 * points and counts['left'] == 0,
           text)


def two_at_once(home):
    path = study(home, 6)
    first = start(path, home / 't', '-j', '1', faults='2/0=hang')
    wait_until(lambda: status(home / 't')[1].get('done', 0) == 2)
    code, text = sweep('run', path, home / 't', '-j', '1')
    expect('a second manager is refused', code == 1, text)
    expect('and told who is at work', f'process {first.pid} on ' in text, text)
    code, counts, text = status(home / 't')
    expect('status is not refused', code == 0 and counts['done'] == 2, text)
    expect('status names who is at work', f'process {first.pid}' in text, text)
    workers = children_of(first.pid)
    first.send_signal(signal.SIGKILL)
    first.wait()
    expect('a worker that hangs dies with its manager', workers and wait_until(
        lambda: not any(map(is_alive, workers)), 5))
    code, text = sweep('run', path, home / 't', '-j', '1')
    expect('after a kill the second starts at once', code == 0, text)
    expect('nothing is doubled', is_sound(home / 't')
           and done_count(home / 't') == 6)


def interrupted(home):
    for number in (signal.SIGINT, signal.SIGTERM):
        folder = home / number.name
        path = study(home, 100000)
        process = start(path, folder, '-j', '2')
        wait_until(lambda: done_count(folder) > 5)
        process.send_signal(number)
        began = time.monotonic()
        text = process.communicate(timeout=60)[1]
        expect(f'{number.name} ends it with status 1',
               process.returncode == 1, text)
        expect('it says that the same command does the rest',
               'the same command does the rest' in text, text)
        expect('it does not take long', time.monotonic() - began < 20)
        _, counts, text = status(folder)
        expect('what was in hand is kept and nothing is running',
               counts['done'] > 5 and counts['running'] == 0
               and 'stale' not in text, text)
        expect('the store is sound', is_sound(folder))


def interrupted_twice(home):
    path = study(home, 6)
    process = start(path, home / 'i', '-j', '2', faults='2/0=hang,3/0=hang')
    wait_until(lambda: done_count(home / 'i') == 2)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    expect('one interrupt waits for what is in hand', process.poll() is None)
    workers = children_of(process.pid)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=60)[1]
    expect('a second one ends it', process.returncode == 1, text)
    expect('quickly', time.monotonic() - began < 3)
    expect('with its workers', not any(map(is_alive, workers)))
    code, text = sweep('run', path, home / 'i')
    expect('and the same command does the rest', code == 0
           and done_count(home / 'i') == 6, text)


def worker_killed(home):
    path = study(home, int(min(max(4 / run_seconds(home), 300), 12000)))
    process = start(path, home / 'w', '-j', '2')
    wait_until(lambda: done_count(home / 'w') > 2)
    os.kill(children_of(process.pid)[0], signal.SIGKILL)
    text = process.communicate(timeout=200)[1]
    expect('a killed worker makes the status 1', process.returncode == 1, text)
    expect('the text counts it', ': 1 runs failed, 1 of them now' in text, text)
    rows = asked(home / 'w', 'SELECT state, message, COUNT(*) FROM run GROUP BY'
                             " state, message ORDER BY state = 'done'")
    expect('it costs one run, and all others are done',
           [row[:1] + row[2:] for row in rows] == [
               ('crashed', 1), ('done', rows[-1][2])], rows)
    expect('the row says by what', 'signal 9' in rows[0][1], rows)
    sweep('run', path, home / 'whole')
    code, text = sweep('run', path, home / 'w')
    expect('without --retry-failed it stays as it is', code == 1
           and ': 1 runs failed; their rows' in text, text)
    code, text = sweep('run', path, home / 'w', '--retry-failed')
    expect('with it the run is done', code == 0, text)
    expect('equal to the unbroken sweep',
           table(home / 'w') == table(home / 'whole'))


def start_and_stop(path, folder):
    """Stops one of two workers, which is given work all the same. Both have
    asked by then to end with their parent."""
    process = start(path, folder, '-j', '2', start_new_session=True)
    wait_until(lambda: done_count(folder) > 2)
    workers = children_of(process.pid)
    os.kill(workers[0], signal.SIGSTOP)
    return process, workers


def worker_stopped(home):
    points = int(min(max(2 / run_seconds(home), 300), 6000))
    path = study(home, points)
    process, workers = start_and_stop(path, home / 'w')
    # It has two handfuls at most, see drive.c.
    expect('beside a stopped worker the other does all the rest',
           wait_until(lambda: done_count(home / 'w') >= points - 128))
    time.sleep(1)
    expect('what the stopped one has is waited for', process.poll() is None
           and done_count(home / 'w') < points)
    os.kill(workers[0], signal.SIGCONT)
    text = process.communicate(timeout=200)[1]
    expect('when it goes on the sweep ends well', process.returncode == 0, text)
    sweep('run', path, home / 'whole')
    expect('with the table of the unbroken sweep',
           table(home / 'w') == table(home / 'whole') and is_sound(home / 'w'))
    attempts = asked(home / 'w', 'SELECT SUM(attempt) FROM run')[0][0]
    expect('and nothing was done twice', attempts == points, attempts)


def worker_stopped_for_good(home):
    points = int(min(max(2 / run_seconds(home), 300), 6000))
    path = study(home, points, budget={'run_s': 2})
    process, workers = start_and_stop(path, home / 'w')
    text = process.communicate(timeout=200)[1]
    expect('a worker stopped for good makes the status 1',
           process.returncode == 1, text)
    rows = asked(home / 'w', 'SELECT state, message, COUNT(*) FROM run GROUP BY'
                             " state, message ORDER BY state = 'done'")
    expect('its run took too long, and all others are done',
           [row[:1] + row[2:] for row in rows] == [
               ('timeout', 1), ('done', points - 1)], rows)
    expect('the row says so', 'after 2 s' in rows[0][1], rows)
    expect('and the worker has ended', not any(map(is_alive, workers)))
    code, text = sweep('run', path, home / 'w', '--retry-failed')
    sweep('run', path, home / 'whole')
    expect('--retry-failed does that run', code == 0
           and table(home / 'w') == table(home / 'whole'), text)


def ended_beside_a_stopped_worker(home):
    path = study(home, 20000)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        folder = home / number.name
        process, workers = start_and_stop(path, folder)
        if number != signal.SIGKILL:
            os.killpg(process.pid, number)  # as a terminal does
            time.sleep(0.5)
            expect(f'one {number.name} waits for the stopped worker',
                   process.poll() is None)
        process.send_signal(number)
        text = process.communicate(timeout=60)[1]
        status, said = (1, 'stopped; the same command does the rest')
        if number == signal.SIGKILL:
            status, said = (-number, '')
        expect(f'a sweep with a stopped worker ends at {number.name}',
               process.returncode == status and said in text, text)
        expect('the stopped worker has ended too', wait_until(
            lambda gone=workers: not any(map(is_alive, gone)), 5))
        expect('and what was done is kept', is_sound(folder)
               and done_count(folder) > 2)
        before = done_count(folder)
        code, text = sweep('run', path, folder, '--most', '20')
        expect('the sweep can go on', code == 0
               and done_count(folder) == before + 20, text)


def faults(home):
    path = study(home, 30, replications_count=2,
                 budget={'run_s': 2, 'events_count': 1e8})
    code, text = sweep('run', path, home / 'f', '-j', '2',
                       faults='0/0=crash,7/1=crash,8/0=hang,9/0=nan')
    expect('faults make the status 1', code == 1, text)
    expect('the text counts them', ': 4 runs failed, 4 of them now' in text,
           text)
    rows = asked(home / 'f', 'SELECT point, rep, state, message FROM run WHERE '
                             "state <> 'done' ORDER BY point, rep")
    expect('each row says what happened', [row[:3] for row in rows] == [
        (0, 0, 'crashed'), (7, 1, 'crashed'), (8, 0, 'timeout'),
        (9, 0, 'failed')], rows)
    for row, text in zip(rows, ('signal 11', 'signal 11', 'after 2 s',
                                'not a number')):
        expect(f'and why: {text}', text in row[3] or (
            text == 'signal 11' and 'exit status 1' in row[3]), row)
    _, counts, text = status(home / 'f')
    expect('status counts them', (
        counts['done'], counts['crashed'], counts['timeout'],
        counts['failed']) == (56, 2, 1, 1), text)
    sweep('run', path, home / 'whole')
    done = "WHERE state = 'done'"
    missing = ('WHERE NOT (point = 0 AND rep = 0 OR point = 7 AND rep = 1 OR '
               'point IN (8, 9) AND rep = 0)')
    expect('all other rows are those of a run without faults',
           table(home / 'f', done)[0] == table(home / 'whole', missing)[0])
    code, text = sweep('run', path, home / 'f', '--retry-failed')
    expect('--retry-failed does them', code == 0, text)
    expect('and then all is equal', table(home / 'f') == table(home / 'whole'))
    attempts = asked(home / 'f', 'SELECT SUM(attempt) FROM run')[0][0]
    expect('attempts are counted', attempts == 64, attempts)


def events_budget(home):
    path = study(home, 4, budget={'events_count': 500})
    code, text = sweep('run', path, home / 'e')
    rows = asked(home / 'e', 'SELECT DISTINCT state, message FROM run')
    expect('runs with too many events fail', code == 1 and len(rows) == 1
           and rows[0][0] == 'failed' and '500' in rows[0][1], rows)


def hopeless(home):
    path = study(home, 40)
    all_crash = ','.join(f'{point}/0=crash' for point in range(40))
    code, text = sweep('run', path, home / 'h', '-j', '2', faults=all_crash)
    rows = asked(home / 'h', 'SELECT state, COUNT(*) FROM run GROUP BY state')
    expect('it gives up when every run ends its worker', code == 1
           and 'all ended their workers' in text, text)
    expect('and keeps the rows that say how', rows and rows[0][0] == 'crashed'
           and rows[0][1] >= 20, rows)
    code, text = sweep('run', path, home / 'h', '--retry-failed')
    expect('later it can be done', code == 0 and done_count(home / 'h') == 40,
           text)


def shard_killed(home):
    points = int(min(max(4 / run_seconds(home), 60), 1500))
    path = study(home, points)
    sweep('plan', path, home / 's')
    shard = home / 's' / 'shards' / 'shard-00001-of-00002.sqlite'
    chance = random.Random(7)
    for _ in range(6):
        process = start(path, home / 's', '--shard', '1/2', '-j', '1')
        wait_until(shard.exists)
        time.sleep(0.02 + 0.15 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        code, text = sweep('merge', home / 's')
        expect('rows of a killed shard are merged', code == 0, text)
    for i in range(2):
        code, text = sweep('run', path, home / 's', '--shard', f'{i}/2')
        expect(f'shard {i} is done', code == 0, text)
    code, text = sweep('merge', home / 's')
    expect('and merged', code == 0, text)
    code, text = sweep('merge', home / 's')
    expect('merging again brings nothing', text.startswith('0 new rows'), text)
    sweep('run', path, home / 'whole')
    expect('the table is that of the unbroken run',
           table(home / 's') == table(home / 'whole') and is_sound(home / 's'))


def start_plan(path, folder):
    return subprocess.Popen([PROGRAM, 'sweep', 'plan', str(path), '-o',
                             str(folder)], stdout=subprocess.DEVNULL,
                            stderr=subprocess.PIPE, text=True)


def plan_killed(home):
    path = study(home, 20000, design={'kind': 'lhs', 'points_count': 20000})
    chance = random.Random(3)
    unsound = 0
    for _ in range(10):
        process = start_plan(path, home / 'p')
        time.sleep(0.15 * chance.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        if (home / 'p' / 'sweep.sqlite').exists():
            unsound += not is_sound(home / 'p') or asked(
                home / 'p', 'SELECT COUNT(*) FROM point') != [(20000,)]
            shutil.rmtree(home / 'p')
    expect('a plan that is killed is whole or not there', unsound == 0, unsound)
    code, text = sweep('run', path, home / 'p', '--most', '3')
    expect('and can be made again', code == 0 and done_count(home / 'p') == 3
           and asked(home / 'p', 'SELECT COUNT(*) FROM point') == [(20000,)],
           text)


def plans_at_once(home):
    path = study(home, 3000)
    for i in range(5):
        folder = home / f'p{i}'
        both = [start_plan(path, folder) for _ in range(3)]
        texts = [process.communicate(timeout=60)[1] for process in both]
        codes = sorted(process.returncode for process in both)
        expect('of three plans at once one is made', codes == [0, 1, 1], texts)
        code, text = sweep('run', path, folder, '--most', '2')
        expect('and it is whole', code == 0 and asked(
            folder, 'SELECT COUNT(*) FROM point') == [(3000,)], text)


if __name__ == '__main__':
    sys.exit(run_cases([killed_many_times, two_at_once, interrupted,
                        interrupted_twice, worker_killed, worker_stopped,
                        worker_stopped_for_good, ended_beside_a_stopped_worker,
                        faults, events_budget, hopeless, shard_killed,
                        plan_killed, plans_at_once]))
