#!/usr/bin/env python3
# exchange.py - what other programs read of results, and what is read of them.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall exchange.py [--hostile]

Opens workbooks as a spreadsheet does (zip and XML), and compares every cell
with the CSV; checks maps against RFC 7946 and the tags against HXL's
dictionary; writes networks and reads them again. With --hostile it fills the
disk instead, and feeds tables that are too large or that no planner meant to
write.
"""
import csv
import datetime
import json
import math
import os
import pathlib
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
import zipfile

PROGRAM = os.path.abspath(os.environ['SHORTFALL'])
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
# Hashtags of the HXL standard 1.1 (https://hxlstandard.org).
HASHTAGS = set('''access activity adm1 adm2 adm3 adm4 adm5 affected beneficiary
capacity cause channel contact country crisis currency date delivery
description event frequency geo group impact indicator inneed item loc meta
modality need operations org output population reached region respondee sector
service severity status subsector targeted value'''.split())
DATES = {'date', 'week'}
failures = []


def expect(what, holds, shown=''):
    if not holds:
        print(f'FAILED: {what}')
        print(str(shown)[:2000])
        failures.append(what)


def shortfall(*arguments, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True,
                          text=True, timeout=240, check=False, **options)
    return done.returncode, done.stdout + done.stderr


def must(*arguments, **options):
    code, text = shortfall(*arguments, **options)
    expect(f'{arguments} does', code == 0, text)
    return text


# ---- Workbooks -----------------------------------------------------------

def column_of(reference):
    number = 0
    for letter in re.match(r'[A-Z]+', reference)[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


class Workbook:
    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        book = ET.fromstring(self.zip.read('xl/workbook.xml'))
        self.names = [s.get('name') for s in book.iter(MAIN + 'sheet')]
        styles = ET.fromstring(self.zip.read('xl/styles.xml'))
        formats = {f.get('numFmtId'): f.get('formatCode')
                   for f in styles.iter(MAIN + 'numFmt')}
        self.formats = [formats.get(x.get('numFmtId'), x.get('numFmtId'))
                        for x in styles.find(MAIN + 'cellXfs')]

    def sheet(self, name):
        part = f'xl/worksheets/sheet{self.names.index(name) + 1}.xml'
        return ET.fromstring(self.zip.read(part))

    def rows(self, name):
        """Rows of {column: (type, value, format)}."""
        for row in self.sheet(name).iter(MAIN + 'row'):
            cells = {}
            for c in row.iter(MAIN + 'c'):
                text = ''.join(t.text or '' for t in c.iter(MAIN + 't'))
                value = c.find(MAIN + 'v')
                style = self.formats[int(c.get('s', 0))]
                if c.get('t') == 'inlineStr':
                    cells[column_of(c.get('r'))] = ('text', text, style)
                elif value is not None:
                    cells[column_of(c.get('r'))] = ('number',
                                                    float(value.text), style)
            yield cells


def same_cell(text, cell, column):
    if text == '':
        return cell is None
    if cell is None:
        return False
    kind, value, style = cell
    if column in DATES:
        day = (datetime.date.fromisoformat(text)
               - datetime.date(1899, 12, 30)).days
        return kind == 'number' and value == day and style == 'yyyy-mm-dd'
    if kind == 'text':
        plain = text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
        return value == plain
    return math.isclose(float(text), value, rel_tol=1e-15)


def check_sheet(book, folder, name, tags):
    with open(folder / (name + '.csv'), newline='', encoding='utf-8') as file:
        table = list(csv.reader(file))
    rows = list(book.rows(name))
    names = [rows[0][i][1] for i in range(len(rows[0]))]
    table = [[row[table[0].index(n)] for n in names] for row in table]
    expect(f'{name}: as many rows', len(rows) == len(table) + tags,
           (len(rows), len(table)))
    header = table[0]
    for text, cells in zip(table[1:], rows[1 + tags:]):
        for i, column in enumerate(header):
            if not same_cell(text[i], cells.get(i), column):
                expect(f'{name}.{column}: the cell is that of the table', False,
                       (text[i], cells.get(i)))
                return
    sheet = book.sheet(name)
    pane = next(sheet.iter(MAIN + 'pane'), None)
    expect(f'{name}: the header is frozen', pane is not None
           and pane.get('state') == 'frozen')
    expect(f'{name}: it can be filtered',
           sheet.find(MAIN + 'autoFilter') is not None)
    expect(f'{name}: nothing is a formula',
           next(sheet.iter(MAIN + 'f'), None) is None)


def texts_of(book, name):
    return [cell[1] for row in book.rows(name) for cell in row.values()
            if cell[0] == 'text']


def check_workbook(home, folder):
    must('export', folder, '-o', home / 'run.xlsx', '--lang', 'en')
    book = Workbook(home / 'run.xlsx')
    every = sorted(p.stem for p in folder.glob('*.csv'))
    tables = [name for name in every if name != 'samples']
    expect('a sheet a table, after three of our own',
           book.names[:3] == ['Read me', 'Charts', 'Columns']
           and sorted(book.names[3:]) == tables, book.names)
    for name in tables:
        check_sheet(book, folder, name, 0)
    expect('curves have median and band', [cell[1] for cell in list(
        book.rows('curves'))[0].values()][-3:] == ['p05', 'p50', 'p95'])
    must('export', folder, '-o', home / 'all.xlsx', '--lang', 'en', '--all')
    whole = Workbook(home / 'all.xlsx')
    expect('--all puts in every table', sorted(whole.names[3:]) == every)
    for name in ('curves', 'samples'):
        check_sheet(whole, folder, name, 0)
        with open(folder / (name + '.csv'), newline='',
                  encoding='utf-8') as file:
            expect(f'--all: every column of {name}', len(next(
                whole.rows(name))) == len(next(csv.reader(file))))
    expect('--all is larger',
           os.path.getsize(home / 'all.xlsx')
           > os.path.getsize(home / 'run.xlsx'))
    words = ' '.join(texts_of(book, 'Read me'))
    for part in ('A fictional city for class', 'Not a forecast', 'SHA-256',
                 'export --all',
                 'shortfall run', 'curves'):
        expect(f'the first sheet says {part}', part in words, words)
    columns = list(book.rows('Columns'))
    for row in columns:
        expect('every column is described', 3 in row
               or row[0][1] == 'measure', row)
    charts = [n for n in book.zip.namelist() if 'charts/chart' in n]
    text = book.zip.read(charts[0]).decode() if charts else ''
    expect('a chart of each commodity', len(charts) == 2, charts)
    expect('the chart is of the sheet', 'curves!$A$' in text, text[:500])
    must('export', folder, '-o', home / 'fr.xlsx', '--lang', 'fr')
    french = Workbook(home / 'fr.xlsx')
    expect('the first sheet is French', french.names[:3]
           == ['À lire', 'Graphiques', 'Colonnes'], french.names)
    check_sheet(french, folder, 'metrics', 0)
    words = ' '.join(texts_of(french, 'À lire'))
    for part in ('Deux routes vers une capitale', 'Une ville fictive',
                 'Du 1er janvier 2030 au'):
        expect(f'the first sheet says {part}', part in words, words)


def check_tags(home, folder, with_tags):
    """--hxl adds the same tags as the run does; all are in the dictionary."""
    seen = set()
    for source in (folder, with_tags):
        must('export', source, '-o', home / 'hxl.xlsx', '--hxl', '--all')
        book = Workbook(home / 'hxl.xlsx')
        tags = {name: [row.get(i, ('', '', ''))[1] for i in range(len(row))]
                for name in book.names[3:]
                for row in [list(book.rows(name))[1]]}
        for name, row in tags.items():
            with open(with_tags / (name + '.csv'), newline='',
                      encoding='utf-8') as file:
                expected = list(csv.reader(file))[1]
            expect(f'{name}: tags are those of run --hxl', row == expected,
                   (row, expected))
            seen.update(row)
    for kind in ('csv-nodes', 'csv-links'):
        must('export', folder, '--format', kind, '--hxl', '-o', home / kind)
        with open(home / kind, newline='', encoding='utf-8') as file:
            seen.update(t for t in list(csv.reader(file))[1] if t)
    for tag in seen:
        good = re.fullmatch(r'#([a-z][a-z0-9]*)(\+[a-z][a-z0-9_]*)*', tag)
        expect(f'{tag} is a tag of HXL', good and good[1] in HASHTAGS)
    expect('there are tags', len(seen) > 30, seen)


def check_odd_tables(home):
    """Any folder of tables, whatever is in it."""
    folder = home / 'odd'
    folder.mkdir()
    rows = [['name', 'value', 'date', 'n'],
            ["'=1+2", '1e3', '2030-02-30', '00012'],
            ['a "quote", a\nline', '-0.5', '2030-02-28', '123456789012345678'],
            ['', '', '', ''], ['\x01\x7f\ufffe', 'nan', 'x', '0x10'],
            ['x' * 40000, 'inf', '1850-01-01', '1.']]
    long = 'Read me [of a very long name, longer than 31].csv'
    for name in ('Read me.csv', 'READ ME.csv', 'history.csv', long,
                 long.replace('31', '32')):
        with open(folder / name, 'w', newline='', encoding='utf-8') as file:
            csv.writer(file).writerows(rows)
    (folder / 'empty.csv').write_text('')
    (folder / 'latin.csv').write_bytes(b'a\r\ncaf\xe9\r\n')
    (folder / 'manifest.json').write_text('[]')
    must('export', folder, '-o', home / 'odd.xlsx')
    book = Workbook(home / 'odd.xlsx')
    expect('names of sheets fit and are unique',
           len({n.casefold() for n in book.names}) == len(book.names)
           and all(len(n) <= 31 for n in book.names), book.names)
    sheet = list(book.rows(book.names[-1]))
    for name in book.names:
        expect(f'{name}: nothing is a formula',
               next(book.sheet(name).iter(MAIN + 'f'), None) is None)
    cells = [row for row in book.rows(book.names[2])]
    expect('a text that looks like a formula is a text',
           cells[1][0][:2] == ('text', '=1+2'), cells[1])
    expect('what is no whole number of ours is a text',
           cells[1][3][0] == cells[2][3][0] == 'text', cells)
    expect('a date that is none is a text', cells[1][2][0] == 'text', cells[1])
    expect('a date is a date', cells[2][2][:2] == ('number', 47542.0), cells[2])
    expect('a long text is cut', len(cells[-1][0][1]) == 32767)
    expect('the last sheet has rows', sheet)


def check_too_large(home):
    folder = home / 'large'
    folder.mkdir()
    (folder / 'small.csv').write_text('a\r\n1\r\n')
    with open(folder / 'samples.csv', 'w', encoding='ascii') as file:
        file.write('a\r\n' + '1\r\n' * 1048576)
    (home / 'large.xlsx').write_text('old')
    code, text = shortfall('export', folder, '-o', home / 'large.xlsx')
    expect('a table larger than a sheet is refused', code == 1, text)
    expect('it is named, with advice', 'samples.csv has 1,048,577 rows' in text
           and '--without samples.csv' in text, text)
    expect('what was there stays', (home / 'large.xlsx').read_text() == 'old')
    must('export', folder, '-o', home / 'large.xlsx', '--without',
         'samples.csv')
    expect('the rest is written', 'small' in Workbook(home / 'large.xlsx').names)


def check_full_disk(home, folder):
    target = home / 'full.xlsx'
    target.write_text('old')
    for size in (0, 1000, 20000, 60000, 150000):
        def small_files(limit=size):
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        (home / 'tmp').mkdir(exist_ok=True)
        before = sorted(p.name for p in home.iterdir())
        for output in (target, home / 'full.geojson'):
            code, text = shortfall('export', folder, '-o', output,
                                   preexec_fn=small_files,
                                   env={**os.environ,
                                        'TMPDIR': str(home / 'tmp')})
            is_small = output == target or size < 1000
            expect(f'a disk full after {size} bytes is said', not is_small
                   or code == 1, text)
            if not is_small and output.exists():
                output.unlink()
        expect(f'nothing is left after {size} bytes',
               sorted(p.name for p in home.iterdir()) == before
               and not list((home / 'tmp').iterdir()))
        expect('what was there stays', target.read_text() == 'old')


# ---- Maps ----------------------------------------------------------------

def check_geojson(path):
    """Strictly what RFC 7946 asks of a collection of points and lines."""
    data = json.loads(path.read_text('utf-8'))
    expect('a FeatureCollection', data['type'] == 'FeatureCollection')
    for feature in data['features']:
        shape = feature['geometry']
        expect('a Feature', feature['type'] == 'Feature'
               and isinstance(feature['properties'], dict))
        positions = ([shape['coordinates']] if shape['type'] == 'Point'
                     else shape['coordinates'])
        expect('a Point or a LineString of two', shape['type'] in
               ('Point', 'LineString') and (shape['type'] == 'Point'
                                            or len(positions) >= 2))
        for lon, lat in positions:
            expect('longitude, then latitude', -180 <= lon <= 180
                   and -90 <= lat <= 90)
    return data['features']


def check_maps(home, folder):
    must('export', folder, '-o', home / 'map.geojson')
    features = check_geojson(home / 'map.geojson')
    by_id = {f['properties']['id']: f['properties'] for f in features}
    with open(folder / 'metrics.csv', newline='', encoding='utf-8') as file:
        metrics = {(r['metric'], r['place'], r['commodity'], r['class']):
                   r['mean'] for r in csv.DictReader(file) if not r['period']}
    road, city = by_id['north-kessa'], by_id['kessa']
    for found, name in (
            (road['loaded_trucks_per_day'],
             ('loaded_trucks_per_day', 'north-kessa', '', '')),
            (road['lost_count'], ('lost_count', 'north-kessa', '', '')),
            (city['fuel_served_frac'], ('served_frac', 'kessa', 'fuel', '')),
            (city['fuel_household_person_days'],
             ('person_days_without', 'kessa', 'fuel', 'household'))):
        expect(f'{name} is on the map', found == float(metrics[name]), found)
    must('export', folder, '-o', home / 'map.graphml')
    graph = ET.parse(home / 'map.graphml').getroot()
    keys = {k.get('attr.name'): k.get('attr.type') for k in graph
            if k.tag.endswith('key')}
    expect('GraphML has numbers with units',
           keys.get('loaded_trucks_per_day') == 'double'
           and keys.get('fuel_served_frac') == 'double', keys)
    for wrong in (['--hxl'], ['--without', 'x'], ['--format', 'kml']):
        code, text = shortfall('export', folder, '-o', home / 'x.geojson',
                               *wrong)
        expect(f'{wrong} is refused', code == 2, text)


def check_same_network(home, folder):
    """Export then import is the same network, whatever the format."""
    for name in ('two-roads', 'bamako-network', 'example'):
        texts = {}
        source = SCENARIOS / (name + '.json')
        for kind in ('csv-nodes', 'csv-links', 'geojson', 'graphml'):
            texts[kind] = home / f'{name}.{kind.split("-")[-1]}'
            if kind.startswith('csv'):
                texts[kind] = home / f'{name}-{kind}.csv'
            must('network', '--export', kind, source, '-o', texts[kind])
        for files in (['csv-nodes', 'csv-links'], ['geojson'], ['graphml']):
            made = home / 'made.json'
            options = [o for f in files for o in ('--import', texts[f])]
            must('network', *options, '-o', made)
            for kind in ('csv-nodes', 'csv-links'):
                again = home / 'again.csv'
                must('network', '--export', kind, made, '-o', again)
                same = again.read_bytes() == texts[kind].read_bytes()
                expect(f'{name} comes back from {files} as {kind}',
                       same or files == ['graphml'])
    must('network', '--import', home / 'map.geojson', '-o', home / 'back.json')
    links = json.loads((home / 'back.json').read_text('utf-8'))['links']
    expect('the map of a run is a network again',
           links['north-kessa']['km'] == 280, links)


# ---- Hostile tables ------------------------------------------------------

NASTY = ['', '=1+2', 'NaN', '-1', '1e999', '"', '""', ',', ';', '\n', '\t',
         'é', '\x00', '٣', 'x' * 5000, '../../etc/passwd', '999999999999',
         '0', 'dakora', '1,5', '#VALUE!', "'", '\ufeff', '%s%n']


def mutate(text, luck):
    for _ in range(luck.randint(1, 4)):
        kind = luck.randint(0, 5)
        lines = text.split('\n')
        at = luck.randrange(len(lines))
        cells = lines[at].split(',')
        if kind <= 2:
            cells[luck.randrange(len(cells))] = luck.choice(NASTY)
            lines[at] = ','.join(cells)
        elif kind == 3:
            del lines[at]
        elif kind == 4:
            lines.insert(at, lines[luck.randrange(len(lines))])
        else:
            place = luck.randrange(len(text) + 1)
            lines = [text[:place] + luck.choice(NASTY) + text[place:]]
        text = '\n'.join(lines)
    return text


def check_hostile(home, count=60):
    folder = home / 'hostile'
    folder.mkdir()
    luck = random.Random(20251003)
    names = ('nodes.csv', 'links.csv', 'supply.csv')
    good = {n: (SCENARIOS / 'second-city' / n).read_text('utf-8')
            for n in names}
    done = 0
    for i in range(count):
        for n in names:
            (folder / n).write_text(good[n], 'utf-8')
        victim = names[i % 3]
        (folder / victim).write_bytes(mutate(good[victim], luck).encode())
        code, text = shortfall('new', *(folder / n for n in names), '-o',
                               folder / 'made.json', '--force', '--start',
                               '2031-03-01')
        expect(f'a hostile {victim} is read or refused ({i})',
               code in (0, 3) and (code == 0 or 'mistake' in text),
               (code, text, (folder / victim).read_bytes()))
        expect('it is written or not there',
               (folder / 'made.json').exists() == (code == 0), text)
        left = {p.name for p in folder.iterdir()} - set(names)
        expect('nothing is left beside it', left <= {'made.json'}, left)
        if code == 0:
            done += 1
            (folder / 'made.json').unlink()
    expect('some are read, some refused', 0 < done < count, done)
    table = must('today', '--template', SCENARIOS / 'two-roads.json')
    table = table.replace(',kessa,fuel,depot,,m3,7200,',
                          '2030-02-01,kessa,fuel,depot,,m3,7200,5000')
    for i in range(count // 2):
        (folder / 'today.csv').write_bytes(mutate(table, luck).encode())
        code, text = shortfall('today', SCENARIOS / 'two-roads.json',
                               folder / 'today.csv', '-o',
                               folder / 'from.json', '--force')
        expect(f'a hostile table of today is read or refused ({i})',
               code in (0, 3), (code, text))


def check_large_tables(home):
    """A million cells are no trouble; a full disk leaves nothing."""
    with open(home / 'many.csv', 'w', encoding='ascii') as file:
        file.write('from,to,km\n')
        for i in range(20000):
            file.write(f'a{i},a{i + 1},{i % 90 + 1}\n')
    must('network', '--import', home / 'many.csv', '-o', home / 'many.json')
    (home / 'wide.csv').write_text(','.join(f'c{i}' for i in range(100000)))
    code, text = shortfall('network', '--import', home / 'wide.csv')
    expect('too many columns are refused', code == 3
           and 'more than 1000 columns' in text, text)
    made = home / 'full.json'

    def no_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    city = SCENARIOS / 'second-city'
    code, text = shortfall('new', city / 'nodes.csv', city / 'links.csv',
                           city / 'supply.csv', '-o', made,
                           preexec_fn=no_room)
    expect('new on a full disk fails', code in (1, 3), text)
    expect('and leaves nothing', not list(home.glob('full.json*')))


def main():
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        folder, tagged = home / 'run', home / 'tagged'
        for target, options in ((folder, []), (tagged, ['--hxl'])):
            must('run', SCENARIOS / 'two-roads.json', '-n', '5', '-q',
                 '--no-plots', '-o', target, *options)
        if sys.argv[1:] == ['--hostile']:
            check_too_large(home)
            check_full_disk(home, folder)
            check_large_tables(home)
            check_hostile(home)
        else:
            check_workbook(home, folder)
            check_tags(home, folder, tagged)
            check_odd_tables(home)
            check_maps(home, folder)
            check_same_network(home, folder)
    print(f'{len(failures)} failures')
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
