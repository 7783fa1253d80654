# table.py - what was measured, as one table. SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of a benchmark: what, figure, target, and whether it is met. The rows
of every part are kept in BUILD/bench/PART.json, and BUILD/bench.md is made from
all that are there, so that a part may be measured alone."""
import json
import os
import pathlib


def row(what, figure, target='', is_met=None):
    return {'what': what, 'figure': figure, 'target': target, 'met': is_met}


def at_most(what, value, limit, form='{:.2f}', unit='', note=''):
    """A row whose figure must not be above a limit."""
    return row(what, form.format(value) + unit + (f' ({note})' if note else ''),
               f'≤ {limit:g}{unit}', value <= limit)


def at_least(what, value, limit, form='{:.2f}', unit='', note=''):
    return row(what, form.format(value) + unit + (f' ({note})' if note else ''),
               f'≥ {limit:g}{unit}', value >= limit)


def processor():
    """As the kernel calls it."""
    for line in pathlib.Path('/proc/cpuinfo').read_text().splitlines():
        if line.startswith('model name'):
            return line.split(':', 1)[1].strip()
    return 'unknown processor'


def cell(text):
    return str(text).replace('|', '\\|')


def lines_of(rows):
    met = {True: 'yes', False: '**no**', None: ''}
    return [f"| {cell(r['what'])} | {cell(r['figure'])} | {cell(r['target'])} "
            f"| {met[r['met']]} |" for r in rows]


HEAD = ['| what | figure | target | met |', '|---|---|---|---|']


def keep(build, part, rows):
    folder = pathlib.Path(build) / 'bench'
    folder.mkdir(exist_ok=True)
    load = os.getloadavg()[0]
    (folder / f'{part}.json').write_text(json.dumps(
        {'rows': rows, 'load': round(load, 1)}, ensure_ascii=False, indent=1))


def write(build, parts, compiler):
    """Makes BUILD/bench.md from the parts that were measured."""
    folder = pathlib.Path(build) / 'bench'
    lines = ['# Benchmarks', '',
             f'{processor()}, {os.cpu_count()} processors; {compiler}.', '',
             'Load is the number of programs at work in the minute before a '
             'part ended: above the number of processors, figures are too '
             'high.', ''] + HEAD
    counts = {True: 0, False: 0, None: 0}
    for part in parts:
        path = folder / f'{part}.json'
        if not path.exists():
            continue
        kept = json.loads(path.read_text())
        lines += [f"| *{part}* | | | *load {kept['load']}* |"]
        lines += lines_of(kept['rows'])
        for r in kept['rows']:
            counts[r['met']] += 1
    lines += ['', f'{counts[True]} targets met, {counts[False]} not met.', '']
    path = pathlib.Path(build) / 'bench.md'
    path.write_text('\n'.join(lines))
    return path
