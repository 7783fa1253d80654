#!/usr/bin/env python3
# analyst.py - what the manual tells analysts to type gives the right numbers.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall analyst.py

Runs a small sweep, exports it, and runs the R and Python that stand in
scenarios/README.md under "The export", each as it is printed. The means that
they write must be those of the store's own SQL, and days those of its series.
A snippet whose program or library is not installed is passed over; when that
is R itself or pandas the test is skipped (77). --self-test proves that a wrong
mean is found.
"""
import array
import csv
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
PYTHON = '/usr/bin/python3'  # the one that the system's pandas belongs to
NEEDED = {'Rscript', 'pandas'}
POINTS, RUNS = 16, 48


def snippets():
    """(language, text) of every block of R and Python below "The export"."""
    text = (SCENARIOS / 'README.md').read_text('utf-8')
    part = text.split('### The export')[1].split('\n## ')[0]
    return re.findall(r'```(r|python)\n(.*?)```', part, re.S)


def make_sweep(home):
    """Two failures among the runs, so that what is not done is met too."""
    study = json.loads((SCENARIOS / 'sweeps/two-roads.json').read_text('utf-8'))
    study['scenario'] = str(SCENARIOS / 'two-roads.json')
    study['design']['points_count'] = POINTS
    study['replications_count'] = RUNS // POINTS
    (home / 'study.json').write_text(json.dumps(study), 'utf-8')
    env = dict(os.environ, SHORTFALL_FAULT='2/1=nan,5/0=crash')
    subprocess.run([PROGRAM, 'sweep', 'run', 'study.json', '-q'], cwd=home,
                   env=env, stderr=subprocess.DEVNULL, timeout=240, check=False)
    subprocess.run([PROGRAM, 'sweep', 'export', 'two-roads-sweep'], cwd=home,
                   stderr=subprocess.DEVNULL, timeout=60, check=True)


def expected(home):
    """What means.csv and days.csv should hold, from the store."""
    store = sqlite3.connect(home / 'two-roads-sweep/sweep.sqlite')
    means = store.execute("SELECT AVG(person_days) FROM tidy WHERE state = "
                          "'done' GROUP BY escorts_count ORDER BY "
                          "escorts_count").fetchall()
    curves = [array.array('f', data) for data, in
              store.execute('SELECT data FROM series')]
    if len(curves) != RUNS - 2:
        sys.exit(f'{len(curves)} runs are done, not {RUNS - 2}')
    days = [sum(curve[day] for curve in curves) / len(curves)
            for day in range(len(curves[0]))]
    return {'means.csv': ('person_days', [mean for mean, in means]),
            'days.csv': ('kessa_fuel_served_frac', days)}


def missing(language, text):
    """The program or library that a snippet lacks, or None."""
    if language == 'r' and not shutil.which('Rscript'):
        return 'Rscript'
    names = re.findall(r'^(?:import|library) ?\(?(\w+)', text, re.M)
    for name in names:
        probe = ([PYTHON, '-c', f'import {name}'] if language == 'python' else
                 ['Rscript', '-e', f'library({name})'])
        if subprocess.run(probe, env=clean(), capture_output=True,
                          timeout=120, check=False).returncode:
            return name
    return None


def clean():
    env = dict(os.environ, LC_ALL='C.UTF-8')
    for name in ('PYTHONPATH', 'PYTHONHOME', 'R_LIBS'):
        env.pop(name, None)
    return env


def differences(home, answers):
    """What is wrong with the files that a snippet wrote."""
    found = [name for name in answers if (home / name).exists()]
    if not found:
        yield 'writes neither means.csv nor days.csv'
    for name in found:
        column, numbers = answers[name]
        with open(home / name, newline='', encoding='utf-8') as file:
            rows = [float(row[column]) for row in csv.DictReader(file)]
        near = 1e-12 if name == 'means.csv' else 1e-6  # series are floats
        if len(rows) != len(numbers) or not all(
                math.isclose(a, b, rel_tol=near, abs_tol=near)
                for a, b in zip(rows, numbers)):
            yield f'{name}: {rows[:4]} ..., not {numbers[:4]} ...'
        (home / name).unlink()


def run(home, language, text):
    command = (['Rscript', '-'] if language == 'r' else [PYTHON, '-'])
    done = subprocess.run(command, input=text, cwd=home, env=clean(),
                          capture_output=True, text=True, timeout=240,
                          check=False)
    return done.stderr if done.returncode else ''


def main():
    wrong, lacking, done = [], set(), 0
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        make_sweep(home)
        answers = expected(home)
        if '--self-test' in sys.argv:
            (home / 'means.csv').write_text('person_days\n1\n2\n', 'utf-8')
            return 0 if list(differences(home, answers)) else 1
        blocks = snippets()
        for language, text in blocks:
            lack = missing(language, text)
            if lack:
                lacking.add(lack)
                print(f'passed over: {language}, there is no {lack}')
                continue
            done += 1
            said = run(home, language, text)
            for what in [said] if said else differences(home, answers):
                wrong.append(f'{language}: {what}\n{text}')
    print('\n'.join(wrong))
    print(f'{done} of {len(blocks)} snippets run, {len(wrong)} wrong')
    if wrong or len(blocks) < 5:
        return 1
    return 77 if lacking & NEEDED else 0


if __name__ == '__main__':
    sys.exit(main())
