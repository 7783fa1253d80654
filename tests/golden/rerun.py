#!/usr/bin/env python3
# rerun.py - a manifest is enough, and whoever wrote it can do no harm.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall rerun.py

Results are made again from their manifest alone, in another folder, with the
scenario's files gone, and must be the same bit for bit. Then tables, scenario
and manifest are changed, cut, and written by somebody who means ill: what was
changed is found, nothing is read beside the manifest but tables, nothing is
written but where it was said, and nothing stays in the folder for temporary
files.
"""
import copy
import hashlib
import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(home, *arguments):
    """Exit status and all that was said; temporary files go to home/tmp."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=home, text=True,
                          capture_output=True, timeout=120, check=False,
                          env={**os.environ, 'TMPDIR': str(home / 'tmp'),
                               'LC_ALL': 'C.UTF-8', 'LANGUAGE': ''})
    return done.returncode, done.stdout + done.stderr


def everything(home):
    """Every file of a folder with its content, pipes and links by name."""
    found = {}
    for path in sorted(home.rglob('*')):
        plain = path.is_file() and not path.is_symlink()
        found[str(path)] = path.read_bytes() if plain else None
    return found


def manifest_of(folder):
    return json.loads((folder / 'manifest.json').read_text('utf-8'))


def put(folder, manifest):
    folder.mkdir(exist_ok=True)
    (folder / 'manifest.json').write_text(json.dumps(manifest), 'utf-8')


def nothing_left(home, what):
    left = os.listdir(home / 'tmp')
    expect(f'{what}: no temporary file stays', not left, str(left))


def write_ensemble(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(
        {'format': 1, 'parameters': ['/models/drivers/memory_days'],
         'rows': [[30.5], [60.5], [90.5]]}), 'utf-8')


def uncertain(**more):
    """A scenario that extends another and takes a number from an ensemble."""
    return {'format': 1, 'extends': 'base/two-roads.json', 'name': 'own',
            'models': {'drivers': {'memory_days': {
                'dist': 'uniform', 'min': 20, 'max': 99, 'source': 'model',
                'confidence': 'assumed'}}}, **more}


# ---- The same again --------------------------------------------------------

def same_again(home, name, *arguments):
    """Runs a command in `made`, moves its manifest away, reruns it alone."""
    code, text = shortfall(home, *arguments, '-o', name, '-q', '--no-plots')
    if code != 0:
        expect(f'{name}: results are there', False, text)
        return
    listed = {f['file'] for f in manifest_of(home / name)['files']}
    there = {p.name for p in (home / name).iterdir()} - {'manifest.json'}
    expect(f'{name}: every table is in the manifest', listed == there,
           f'{listed} {there}')
    sums = {f['file']: (f['bytes'], f['sha256'])
            for f in manifest_of(home / name)['files']}
    found = {p.name: (p.stat().st_size,
                      hashlib.sha256(p.read_bytes()).hexdigest())
             for p in (home / name).iterdir() if p.name in sums}
    expect(f'{name}: with its length and SHA-256', sums == found)
    code, text = shortfall(home, 'rerun', name, '-j', '2')
    expect(f'{name}: the same bit for bit, tables beside it are right',
           code == 0 and 'the same, bit for bit' in text
           and 'are as it says' in text
           and text.count(' same\n') == len(listed)
           and 'correlation' not in text, text)


def results(home):
    shutil.copytree(SCENARIOS, home / 'base', ignore=shutil.ignore_patterns(
        'bad*', 'lessons', 'second-city', 'sweeps', 'theory'))
    write_ensemble(home / 'elsewhere/values.json')
    (home / 'elsewhere/seen.json').write_text('{}', 'utf-8') # run reads it not
    files = {'near': 'elsewhere/values.json',
             'up': f'../{home.name}/elsewhere/values.json',
             'far': str(home / 'elsewhere/values.json')}
    for name, path in files.items():
        (home / f'{name}.json').write_text(
            json.dumps(uncertain(ensemble=path,
                                 observations='elsewhere/seen.json')), 'utf-8')
    fewer = {'format': 1, 'shipments': {'fuel-to-kessa': {'trucks_per_day': 21}}}
    (home / 'trucks.json').write_text(json.dumps(fewer), 'utf-8')
    thrift = {'format': 1, 'demands': {
        'fuel-household': {'demand_m3_per_day': 300}}}
    (home / 'thrift.json').write_text(json.dumps(thrift), 'utf-8')
    roads = 'base/two-roads.json'
    same_again(home, 'plain', 'run', roads, '-n', '12')
    same_again(home, 'causes', 'run', roads, '-n', '50', '--seed',
               '18446744073709551615', '--set', '/links/port-north/km=400.1')
    same_again(home, 'words', 'run', roads, '-n', '7', '--hxl', '--lang', 'fr',
               '--set', '/title=Été « 1 »')
    same_again(home, 'enough', 'run', roads, '--precision', '0.2', '--batch',
               '10', '--measure', 'kessa/fuel/served_frac', '--measure',
               '/lost_count=9', '--no-causes')
    for name in files:
        same_again(home, f'ensemble-{name}', 'run', f'{name}.json', '-n', '9')
    same_again(home, 'compared', 'compare', roads, 'near.json', '--lever',
               'trucks.json', '--lever', 'thrift.json', '--together', '-n',
               '9', '--confidence', '90.5')
    same_again(home, 'ranked', 'rank', roads, '--without-base', '--lever',
               'trucks.json', '--lever', 'thrift.json', '-n', '5', '--max',
               '20')
    same_again(home, 'spent', 'rank', roads, '--lever', 'thrift.json', '-n',
               '5', '--method', 'ocba', '--budget', '30', '--measure',
               'kessa/fuel/served_frac', '--largest', '--indifference', '0.01')
    nothing_left(home, 'all of them')


def alone(home):
    """The manifest elsewhere, and no scenario file on the disk any more."""
    away = home / 'away'
    away.mkdir()
    for name in ('causes', 'ensemble-up', 'compared'):
        shutil.copy(home / name / 'manifest.json', away / f'{name}.json')
    for name in ('base', 'elsewhere'):
        (home / name).rename(home / f'{name}-hidden')
    for name in ('causes', 'ensemble-up', 'compared'):
        code, text = shortfall(away.parent, 'rerun', f'away/{name}.json')
        expect(f'{name}: the manifest alone is enough', code == 0
               and 'No table is beside' in text and 'bit for bit' in text, text)
    for name in ('base', 'elsewhere'):
        (home / f'{name}-hidden').rename(home / name)
    code, text = shortfall(home, 'rerun', 'away/causes.json', '-o', 'kept')
    code, text = shortfall(home, 'rerun', 'kept')
    expect('what is kept with -o can be rerun in turn',
           code == 0 and 'bit for bit' in text, text)
    code, text = shortfall(home, 'rerun', 'plain', '-o', 'kept')
    expect('a folder that is there is not written into',
           code == 2 and 'exists already' in text, text)
    before = everything(home / 'plain')
    code, text = shortfall(home, 'rerun', 'plain', '-o', 'plain')
    expect('the results themselves neither',
           code == 2 and everything(home / 'plain') == before, text)
    nothing_left(home, 'alone')


# ---- What was changed ------------------------------------------------------

def changed_tables(home):
    for name in (f['file'] for f in manifest_of(home / 'plain')['files']):
        shutil.copytree(home / 'plain', home / 'spoilt')
        table = home / 'spoilt' / name
        content = bytearray(table.read_bytes())
        content[len(content) // 2] ^= 1
        table.write_bytes(content)
        code, text = shortfall(home, 'rerun', '--check', 'spoilt')
        expect(f'one bit of {name} is found', code == 5 and
               text.count('CHANGED') == 1 and name in text, text)
        shutil.rmtree(home / 'spoilt')
    shutil.copytree(home / 'plain', home / 'spoilt')
    with open(home / 'spoilt/metrics.csv', 'ab') as table:
        table.write(b'\n')
    (home / 'spoilt/curves.csv').unlink()
    code, text = shortfall(home, 'rerun', 'spoilt')
    expect('what was changed and what is missing is said; the run is the same',
           code == 5 and 'CHANGED' in text and 'missing' in text
           and 'bit for bit' in text, text)
    code, text = shortfall(home, 'rerun', '--check', 'plain')
    expect('without a change there is none', code == 0, text)


def altered(home, what, change, code, *said, of='ensemble-near'):
    """A manifest, changed, alone in a folder."""
    manifest = manifest_of(home / of)
    change(manifest)
    put(home / 'altered', manifest)
    before = everything(home)
    found, text = shortfall(home, 'rerun', 'altered')
    expect(what, found == code and all(s in text for s in said), f'{found} {text}')
    expect(f'{what}: nothing is written', everything(home) == before)
    shutil.rmtree(home / 'altered')


def changed_manifests(home):
    def scenario(m):
        m['scenario']['links']['port-north']['km'] = 361

    def both(m):
        scenario(m)
        bare = {k: v for k, v in m['scenario'].items()
                if k not in ('extends', 'observations', 'ensemble')}
        # Numbers are written as the program does: whole ones without ".0".
        text = json.dumps(bare, separators=(',', ':'), ensure_ascii=False)
        m['scenario_sha256'] = hashlib.sha256(
            f'{text}\n{m["ensemble"]["sha256"]}'.encode()).hexdigest()

    def ensemble(m):
        for values in m['ensembles'].values():
            values['rows'][0][0] = 30.6

    def order(m):
        for values in m['ensembles'].values():
            values['rows'].reverse()

    altered(home, 'a changed scenario is found', scenario, 5, 'was changed')
    altered(home, 'with its checksum mended, too: tables differ', both, 5,
            'DIFFERENT', 'not the same')
    altered(home, 'a changed ensemble is found', ensemble, 5, 'was changed')
    altered(home, 'rows in another order', order, 5, 'was changed')
    altered(home, 'another seed', lambda m: m['options'].update(seed='2'), 5,
            'DIFFERENT')
    altered(home, 'fewer replications',
            lambda m: m['options'].update(replications='8'), 5, 'DIFFERENT')
    altered(home, 'a table that is no longer named',
            lambda m: m['files'].pop(), 5, 'not named in the manifest')
    altered(home, 'one that never was',
            lambda m: m['files'].append({'file': 'more.csv', 'bytes': 1,
                                         'sha256': '0' * 64}), 5, 'missing')
    altered(home, 'another checksum',
            lambda m: m['files'][0].update(sha256='0' * 64), 5, 'DIFFERENT')
    altered(home, 'another length',
            lambda m: m['files'][0].update(bytes=1), 5, 'DIFFERENT')
    altered(home, 'another version is said',
            lambda m: m.update(version='0.0.7'), 0, 'version 0.0.7')
    altered(home, 'other sources are said',
            lambda m: m.update(sources_sha256='0'), 0, 'other sources')
    altered(home, 'another compiler is said',
            lambda m: m.update(compiler='tcc 1'), 0, 'tcc 1')
    altered(home, 'a run that was stopped',
            lambda m: m.update(was_interrupted=True), 1, 'stopped')


def cut_manifests(home):
    whole = (home / 'plain/manifest.json').read_bytes()
    (home / 'cut').mkdir()
    wrong = []
    for i in range(24):
        (home / 'cut/manifest.json').write_bytes(
            whole[:len(whole) * i // 24 + i % 3])
        code, text = shortfall(home, 'rerun', 'cut')
        if code != 1 or not text.startswith('shortfall rerun: '):
            wrong.append((i, code, text))
    expect('a manifest that is cut off is refused', not wrong, str(wrong))
    for text in ('', '[]', '3', '{}', '{"program":"shortfall"}',
                 '{"program":"shortfall","files":[]}',
                 '{"program":"shortfall","files":{"a":1}}'):
        (home / 'cut/manifest.json').write_text(text, 'utf-8')
        code, said = shortfall(home, 'rerun', 'cut')
        expect(f'"{text}" is refused', code == 1, f'{code} {said}')
    for name in ('options', 'files', 'language', 'scenario', 'scenario_sha256',
                 'ensembles', 'program'):
        altered(home, f'without {name}', lambda m, n=name: m.pop(n), 1)
    for files in ([], {'a': 1}):
        altered(home, f'tables: {files}',
                lambda m, f=files: m.update(files=f), 1, 'names no tables')
    shutil.rmtree(home / 'cut')


# ---- Who is impatient -------------------------------------------------------

# When a signal comes: what is in the folder for temporary files by then, and
# the statuses that the rerun may end with.
MOMENTS = [('as it begins', '*', (1,)),
           ('while it runs', '*/*results?*', (1,)),
           ('when the results are there', '*/results', (0, 1))]


def start_rerun(home, *options):
    return subprocess.Popen(
        [PROGRAM, 'rerun', 'long', '-j', '2', *options], cwd=home, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        start_new_session=True, env={**os.environ, 'TMPDIR': str(home / 'tmp'),
                                     'LC_ALL': 'C.UTF-8', 'LANGUAGE': ''})


def interrupted(home):
    shortfall(home, 'run', 'base/two-roads.json', '-n', '1000', '-o', 'long',
              '-q', '--no-plots', '--no-causes')
    before = set(os.listdir(home))
    for number in (signal.SIGINT, signal.SIGTERM):
        for when, pattern, codes in MOMENTS:
            process = start_rerun(home)
            while not any((home / 'tmp').glob(pattern)) \
                    and process.poll() is None:
                time.sleep(0.0005)
            os.killpg(process.pid, number)  # as a terminal does
            # To the end of what is said: a worker holds that open, too.
            text = process.communicate(timeout=120)[0]
            what = f'{number.name} {when}'
            expect(f'{what}: it ends in words', process.returncode in codes
                   and ('stopped; nothing is known' in text
                        or process.returncode == 0 and 'bit for bit' in text),
                   f'{process.returncode} {text}')
            nothing_left(home, what)
    expect('interrupted: nothing is beside', set(os.listdir(home)) == before)


def interrupted_and_kept(home):
    """What -o asks for is as `run` leaves it: whole, and it says so."""
    process = start_rerun(home, '-o', 'part')
    while not any(home.glob('*part?*')) and process.poll() is None:
        time.sleep(0.0005)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    text = process.communicate(timeout=120)[0]
    was_done = process.returncode == 0 and 'bit for bit' in text
    expect('Ctrl-C with -o: nothing is known, if it was not done before',
           was_done or process.returncode == 1
           and 'stopped; nothing is known' in text, text)
    expect('what is kept is whole, and says that it was stopped',
           was_done or not (home / 'part').exists()
           or manifest_of(home / 'part')['was_interrupted'])
    expect('and nothing is beside it', not any(home.glob('*part?*')))
    nothing_left(home, 'Ctrl-C with -o')


# ---- Who means ill ----------------------------------------------------------

def hostile_names(home):
    entry = {'bytes': 3, 'sha256': hashlib.sha256(b'abc').hexdigest()}
    (home / 'secret').write_bytes(b'abc')
    for name in ('../secret', str(home / 'secret'), 'figures/../../secret',
                 '', '.', '..', '.hidden', 'a\\b', 'manifest.json', 'x\n/y', 7,
                 None, 'summary.txt'):
        altered(home, f'a table called {name!r}',
                lambda m, n=name: m['files'].append({'file': n, **entry}), 1,
                'is not the name of a table')
    for change in ({'bytes': -1}, {'bytes': 1e300}, {'bytes': '3'},
                   {'sha256': 'abc'}, {'sha256': 'G' * 64}):
        altered(home, f'a table with {change}',
                lambda m, c=change: m['files'][0].update(c), 1,
                'is not the name of a table')
    altered(home, 'a table called like an option',
            lambda m: m['files'].append({'file': '--output=x', **entry}), 5,
            'missing')


def hostile_options(home):
    for name, value in (
            ('output', 'evil'), ('force', True), ('set', ['/title=x']),
            ('--output', 'evil'), ('-o', 'evil'), ('lever', ['secret']),
            ('', 'evil'), ('seed', 1), ('seed', ['1', 2]), ('hxl', None),
            ('measure', {'a': 'b'}), ('jobs', '9'), ('quantile', '0.9')):
        altered(home, f'the option {name!r}: {value!r}',
                lambda m, n=name, v=value: m['options'].update({n: v}), 1,
                'asks for an option')
    for name, value in (('seed', '1 --output=evil'), ('seed', '--output=evil'),
                        ('replications', '1;touch evil'),
                        ('measure', ['$(touch evil)']),
                        ('measure', ['-oevil'])):
        altered(home, f'the value {name}={value!r}',
                lambda m, n=name, v=value: m['options'].update({n: v}), 2,
                'could not be made again')
    altered(home, 'a language that is a path',
            lambda m: m.update(language='../fr'), 1, 'language')
    for command in ('rerun', 'fit', 'sweep', '-o', '../run', 'manual'):
        altered(home, f'the command {command!r}',
                lambda m, c=command: m.update(command=c), 1, 'again')


def hostile_files(home):
    """Names of files in the scenario are not looked at: a pipe that nobody
    writes to would hang."""
    os.mkfifo(home / 'pipe')
    for key in ('extends', 'observations', 'ensemble'):
        altered(home, f'a scenario that names a pipe as {key}',
                lambda m, k=key: m['scenario'].update({k: str(home / 'pipe')}),
                0, 'bit for bit')
    for name in ('../../../evil.json', str(home / 'evil.json'), '..', '.', '/',
                 '', 'a/..', '-o'):
        manifest = manifest_of(home / 'ensemble-near')
        manifest['ensemble']['file'] = name
        put(home / 'altered', manifest)
        before = everything(home)
        code, text = shortfall(home, 'rerun', 'altered')
        expect(f'an ensemble called {name!r} is written nowhere else',
               code == 5 and everything(home) == before, f'{code} {text}')
        shutil.rmtree(home / 'altered')
    shutil.copytree(home / 'plain', home / 'altered')
    (home / 'altered/curves.csv').unlink()
    os.mkfifo(home / 'altered/curves.csv')
    real = home / 'real'
    (home / 'altered/metrics.csv').rename(real)
    (home / 'altered/metrics.csv').symlink_to(real)
    (home / 'altered/ledger.csv').unlink()
    (home / 'altered/ledger.csv').mkdir()
    code, text = shortfall(home, 'rerun', '--check', 'altered')
    expect('a pipe, a link and a folder are no tables',
           code == 5 and text.count('missing') == 3, text)
    shutil.rmtree(home / 'altered')


def hostile_contenders(home):
    whole = manifest_of(home / 'compared')
    for name, code in (('--output=evil', 5), ('-o', 5), ('../../evil', 5),
                       ('a"b\n,c', 5)):
        manifest = copy.deepcopy(whole)
        manifest['scenarios'][1]['name'] = name
        put(home / 'altered', manifest)
        before = everything(home)
        found, text = shortfall(home, 'rerun', 'altered')
        expect(f'a scenario called {name!r} is only called so',
               found == code and 'DIFFERENT' in text
               and everything(home) == before, f'{found} {text}')
    for change in ([], {}, [1, 2], whole['scenarios'][:1]):
        put(home / 'altered', {**whole, 'scenarios': change})
        found, text = shortfall(home, 'rerun', 'altered')
        expect('without its scenarios it is refused',
               found == 1 and 'does not hold the scenario' in text, text)
    shutil.rmtree(home / 'altered')


def others(home):
    code, text = shortfall(home, 'rerun', home)
    expect('a folder without a manifest', code == 1 and 'manifest.json' in text,
           text)
    code, text = shortfall(home, 'rerun', 'base/two-roads.json')
    expect('a scenario is no manifest', code == 1, text)


# ---- Sensitivity ----------------------------------------------------------------

def study(home):
    """A sweep of the same scenario with a lever, looked at in two ways."""
    write_ensemble(home / 'sampled.json')
    (home / 'small.json').write_text(json.dumps({
        'extends': str(SCENARIOS / 'two-roads.json'),
        'ensemble': 'sampled.json', 'time': {'end': '2030-04-20'}}), 'utf-8')
    (home / 'lever.json').write_text(json.dumps({
        'models': {'escorts': {'escorts_count': 3}}}), 'utf-8')
    whole = json.loads((SCENARIOS / 'sweeps/two-roads.json').read_text('utf-8'))
    whole.update(scenario='small.json', replications_count=1,
                 design={'kind': 'sobol', 'points_count': 16})
    del whole['factors']['depot_days'], whole['factors']['escorts_count']
    whole['factors']['escorts'] = {'lever': 'lever.json'}
    (home / 'study.json').write_text(json.dumps(whole), 'utf-8')
    for name, more in (('pawn', ('--resamples', 50, '--seed', 7)),
                       ('prim', ('--of-interest', 'lost_count >= 10',
                                 '--resamples', 0))):
        code, text = shortfall(home, 'sensitivity', '--run', 'study.json',
                               '--folder', 'sweep', '-q', '--no-plots', '-o',
                               name, *more)
        expect(f'{name}: is made', code == 0, text)
    shutil.rmtree(home / 'sweep')
    for name in 'small.json', 'lever.json', 'sampled.json', 'study.json':
        (home / name).unlink()
    for name in 'pawn', 'prim':
        before = everything(home)
        code, text = shortfall(home, 'rerun', name)
        expect(f'{name}: the same from the manifest alone',
               code == 0 and 'bit for bit' in text, text)
        expect(f'{name}: nothing is written', everything(home) == before)


def sum_of(inputs):
    found = hashlib.sha256()
    for name, text in inputs.items():
        found.update(f'{name}\0{text}\0'.encode())
    return found.hexdigest()


def altered_study(home, what, change, code, *said):
    altered(home, what, change, code, *said, of='pawn')


def hostile_studies(home):
    """With a right checksum, as who means ill would write it: the pipe that is
    named would hang."""
    pipe = str(home / 'pipe')

    def input_of(name, **more):
        def change(m):
            text = json.loads(m['inputs'][name])
            text.update(more)
            m['inputs'][name] = json.dumps(text)
            m['inputs_sha256'] = sum_of(m['inputs'])
        return change

    def named(name):
        def change(m):
            m['inputs'][name] = '{}'
            m['inputs_sha256'] = sum_of(m['inputs'])
        return change

    assert sum_of(manifest_of(home / 'pawn')['inputs']) == \
        manifest_of(home / 'pawn')['inputs_sha256']
    altered_study(home, 'a changed study is found', lambda m: m['inputs'].update(
        {'study.json': m['inputs']['study.json'] + ' '}), 5, 'was changed')
    altered_study(home, 'with its checksum mended, too: tables differ',
                  input_of('study.json', seed='2'), 5, 'DIFFERENT')
    altered_study(home, 'a sweep that was not done to the end',
                  lambda m: m.update(was_interrupted=True), 1, 'stopped')
    for name, key in (('study.json', 'scenario'), ('scenario.json', 'extends'),
                      ('scenario.json', 'observations'),
                      ('scenario.json', 'ensemble'),
                      ('lever-escorts.json', 'extends'),
                      ('lever-escorts.json', 'ensemble')):
        altered_study(home, f'{name} that names a pipe as {key}',
                      input_of(name, **{key: pipe}), 1, 'hold the study')
    altered_study(home, 'a lever that is a pipe',
                  input_of('study.json', factors={'a': {'lever': pipe}}), 1,
                  'hold the study')
    for pointer in '/ensemble', '/extends', '/observations', '':
        altered_study(home, f'what is set at {pointer!r} is a pipe',
                      input_of('study.json', set={pointer: pipe}), 1,
                      'hold the study')
    for name in '../evil.json', '/evil.json', '.json', 'evil':
        altered_study(home, f'an input called {name!r}', named(name), 1,
                      'hold the study')
    altered_study(home, 'no input', lambda m: m.pop('inputs'), 1,
                  'hold the study')
    altered_study(home, 'an option that names a file',
                  lambda m: m['options'].update(folder='x'), 1, 'folder')


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder).resolve()
        (home / 'tmp').mkdir()
        for check in (results, alone, changed_tables, changed_manifests,
                      cut_manifests, interrupted, interrupted_and_kept,
                      hostile_names, hostile_options, hostile_files,
                      hostile_contenders, others, study, hostile_studies):
            check(home)
        nothing_left(home, 'in the end')
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
