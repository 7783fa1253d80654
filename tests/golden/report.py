#!/usr/bin/env python3
# report.py - the page that a result folder becomes.
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: SHORTFALL=build/shortfall report.py

Runs a small scenario and looks at the structure of its report: parts in
order, every id once, nothing from outside, names of a hostile scenario as
text; and at what report refuses: folders of other kinds, files that are not
reports, a full disk.
"""
import base64
import html.parser
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM = os.environ['SHORTFALL']
SCENARIOS = pathlib.Path(__file__).resolve().parents[2] / 'scenarios'
SMALL = str(SCENARIOS / 'two-roads.json')
PARTS = ['question', 'headline', 'curves', 'map', 'events', 'service',
         'causes', 'levers', 'assumptions', 'balance', 'limits', 'making']
VOID = {'meta', 'link', 'br', 'hr', 'img', 'input', 'wbr'}
HOSTILE = '<script>alert(1)</script> "Q" & \'A\' ' + 'long ' * 60
failures = []


def expect(what, holds, shown=''):
    print(f'{"ok" if holds else "FAILED"}: {what}')
    if not holds:
        failures.append(what)
        print(shown)


def shortfall(*arguments, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True,
                          text=True, timeout=240, **options)
    return done.returncode, done.stdout + done.stderr


class Page(html.parser.HTMLParser):
    """Elements of a page: open ones must be closed in order."""

    def __init__(self, text):
        super().__init__()
        self.text = text
        self.open, self.ids, self.wrong = [], [], []
        self.sections, self.headings, self.links = [], [], []
        self.scripts = self.tables = self.unscoped = self.pictures = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        if 'id' in attrs:
            self.ids.append(attrs['id'])
        for key in ('href', 'src', 'action'):
            if key in attrs:
                self.links.append(attrs[key])
        if tag == 'section':
            self.sections.append(attrs['id'])
        if re.fullmatch('h[1-6]', tag):
            self.headings.append(int(tag[1]))
        self.scripts += tag == 'script'
        self.tables += tag == 'table'
        self.unscoped += tag == 'th' and 'scope' not in attrs
        if tag == 'svg':
            self.pictures += 1
            if attrs.get('role') != 'img' or not attrs.get('aria-label'):
                self.wrong.append('a picture without a name')

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f'</{tag}> at {self.getpos()}')


def structure(folder):
    page = Page((folder / 'report.html').read_text(encoding='utf-8'))
    expect('every element is closed in order', not page.wrong, page.wrong[:5])
    expect('the parts are there, in order', page.sections == PARTS,
           page.sections)
    expect('headings are one h1, then h2s', page.headings == [1] + [2] * 12)
    expect('every id is there once', len(page.ids) == len(set(page.ids)))
    expect('every heading of a table says of what',
           page.tables > 5 and page.unscoped == 0)
    expect('the figures are in it', page.pictures == 5, page.pictures)
    expect('one script, and no link leads out of the page',
           page.scripts == 1 and
           all(link.startswith(('#', 'data:')) for link in page.links),
           [link[:60] for link in page.links])
    expect('references within the page have their ids',
           all(link[1:] in page.ids for link in page.links
               if link.startswith('#')))
    expect('the policy allows nothing from outside',
           "default-src 'none'" in page.text and 'unsafe' not in page.text)
    expect('the headline is there',
           'Hospitals \u2013 Fuel:</bdi></strong> lasts' in page.text)
    data = re.search(r'download="shortage.csv" href="data:text/csv;'
                     r'charset=utf-8;base64,([^"]+)"', page.text)
    rows = base64.b64decode(data.group(1)).decode().split('\r\n')
    expect('the data of a figure are in the page',
           rows[0] == 'panel,label,hue,date,p05,p25,p50,p75,p95'
           and len(rows) > 200, rows[:2])
    command = re.search('<pre[^>]*><code>([^<]*)',
                        page.text.partition('id="making"')[2]).group(1)
    expect('it says how to run it again',
           command.startswith('shortfall run '), command)


def run_writes_it(home):
    folder = home / 'out'
    code, text = shortfall('run', SMALL, '-n', '20', '-o', folder)
    expect('run writes the report', code == 0
           and 'begin with report.html' in text
           and (folder / 'report.html').is_file(), text)
    structure(folder)
    code, text = shortfall('run', SMALL, '-n', '2', '--no-plots', '-o',
                           home / 'bare')
    expect('run --no-plots does not',
           code == 0 and not (home / 'bare' / 'report.html').exists(), text)
    first = (folder / 'report.html').read_bytes()
    code, text = shortfall('report', folder)
    expect('report writes the same bytes again', code == 0
           and (folder / 'report.html').read_bytes() == first, text)
    expect('and says nothing when quiet',
           shortfall('report', folder, '-q') == (0, ''))


def what_is_calm_is_said(home):
    """One kind of goods, no attack, no place on a map."""
    nowhere = {'lat_deg': None, 'lon_deg': None}
    calm = home / 'calm.json'
    calm.write_text(json.dumps(
        {'extends': str(SCENARIOS / 'lessons' / '1-road.json'),
         'nodes': dict.fromkeys(('port', 'post', 'gate', 'kessa'), nowhere)}))
    code, text = shortfall('run', calm, '-n', '50', '-q', '-o', home / 'calm')
    page = (home / 'calm' / 'report.html').read_text()
    expect('a calm city is told in whole sentences', code == 0
           and '</strong> The median stays full. ' in page
           and 'trucks enter in every week. ' in page
           and '</strong> . ' not in page, text)
    expect('and without places there is no map',
           'The scenario gives no places to draw a map of.</p>' in page
           and 'figure-map' not in page)


def causes_are_shown(home):
    folder = home / 'out'
    (folder / 'causes.txt').write_text('Fear <most> of all.\n\nThen customs.\n')
    (folder / 'causes.csv').write_text('cause,change_frac\r\nfear,0.5\r\n')
    code, text = shortfall('report', folder)
    page = (folder / 'report.html').read_text()
    expect('causes are shown, whatever their columns',
           code == 0 and 'Fear &lt;most&gt; of all.</p>' in page
           and 'Change frac</th>' in page, text)


def levers_are_shown(home):
    lever = home / 'lever.json'
    lever.write_text(json.dumps(
        {'title': 'Lever', 'events': {'more-stock': {
            'date': '2030-01-02', 'label': 'Lever: more <stock>',
            'title': 'More', 'kind': 'set', 'value': 1,
            'target': '/models/drivers/announcement_risk'}}}))
    code, text = shortfall('compare', SMALL, '--lever', lever, '-n', '8',
                           '-q', '-o', home / 'levers')
    expect('a comparison for the page is made', code == 0, text)
    code, text = shortfall('report', home / 'out', '--compare',
                           home / 'levers', '-o', home / 'levers.html')
    page = Page((home / 'levers.html').read_text())
    expect('levers are shown by name, with changes and their intervals',
           code == 0 and not page.wrong and page.pictures == 6
           and 'More &lt;stock&gt;</bdi></th>' in page.text
           and re.search(r'<td class="n">\u2212[\d.]+ \(\u2212', page.text)
           and 'person-day averted' not in page.text, text)
    (home / 'levers' / 'compare.csv').unlink()
    code, text = shortfall('report', home / 'out', '--compare',
                           home / 'levers', '-o', home / 'levers.html')
    expect('a comparison without its table is said to lack it', code == 0
           and 'compare.csv is not in' in (home / 'levers.html').read_text(),
           text)


def sensitivity_is_shown(home):
    study, folder = SCENARIOS / 'sweeps' / 'two-roads.json', home / 'sweep'
    for words in (('sweep', 'plan', study, '-o', folder),
                  ('sweep', 'run', folder, '-q'),
                  ('sensitivity', folder, '-o', home / 'sens')):
        code, text = shortfall(*words)
        expect(f'{words[0]} for the page is done', code == 0, text)
    code, text = shortfall('report', home / 'out', '--sensitivity',
                           home / 'sens', '-o', home / 'sens.html')
    page = (home / 'sens.html').read_text()
    whole = Page(page)
    expect('its figures are in it, each with ids of its own',
           whole.pictures == 9 and not whole.wrong
           and len(whole.ids) == len(set(whole.ids))
           and 'download="person_days-pawn.csv"' in page
           and 'aria-label="Strongest: fear 0.' in page, whole.pictures)
    first = page.partition('without fuel: what it hangs on</span>')[2]
    first = re.search('<th scope="row"><bdi>([^<]*)</bdi></th><td class="n">'
                      r'0\.\d+ \([^<]*</td><td>no</td><td>assumed</td>'
                      '<td class="n">0 to 8</td><td>model', first)
    expect('what the result hangs on is shown, with confidence and range',
           code == 0 and first and first.group(1) == 'fear', text)


def futures_are_told(home):
    words = ('sensitivity', home / 'sweep', '-q', '--of-interest',
             'shortage_days_count >= 20', '-o', home / 'prim')
    code, text = shortfall(*words)
    expect('futures for the page are found', code == 0, text)
    for lang, told in (
            ('en', '\u201cDays of fuel shortage: 20\u00a0days or more\u201d '
             r'holds in \d+ of the 64 futures that were tried \(\d+\u00a0%\). '
             r'In futures where fear is \d\.\d or more(?: and [^,]*)?, it holds '
             r'in \d+ of \d+ \(\d+\u00a0%\); these are (\d+) of the \d+ in '
             'which it holds.'),
            ('fr', r'Dans les avenirs o\u00f9 peur vaut \d,\d ou plus, ')):
        out = home / f'prim-{lang}.html'
        code, text = shortfall('report', home / 'out', '--sensitivity',
                               home / 'sens', '--sensitivity', home / 'prim',
                               '--lang', lang, '-o', out)
        page = Page(out.read_text())
        expect(f'the futures are told ({lang}), with figures, beside what the '
               'result hangs on', code == 0 and not page.wrong
               and re.search(told, page.text) and page.pictures == 11
               and len(page.ids) == len(set(page.ids)), text)
    expect('a figure of another folder speaks the language of the page',
           re.search(r'>\d,\d ou plus</', page.text)
           and re.search(r'>peur</', page.text)
           and 'download="shortage_days_count-prim-box.csv"' in page.text)


def french(home):
    page = home / 'fr.html'
    code, text = shortfall('report', home / 'out', '--lang', 'fr', '-o', page)
    written = page.read_text()
    expect('--lang fr gives a French page with French figures', code == 0
           and '<html lang="fr"' in written and 'En bref</h2>' in written
           and 'Carburant' in written and 'Demand' not in written, text)


def without_gnuplot(home):
    environment = dict(os.environ, SHORTFALL_GNUPLOT='/nonexistent/gnuplot')
    code, text = shortfall('report', home / 'out', '-o', home / 'old.html',
                           env=environment)
    expect('without gnuplot the figures of the folder are taken',
           code == 0 and 'gnuplot' in text
           and Page((home / 'old.html').read_text()).pictures == 5, text)
    code, text = shortfall('run', SMALL, '-n', '2', '-o', home / 'poor',
                           env=environment)
    page = Page((home / 'poor' / 'report.html').read_text())
    expect('a run without gnuplot has a report without figures',
           code == 4 and page.pictures == 0 and page.sections == PARTS, text)


def hostile_names(home):
    scenario = home / 'hostile.json'
    scenario.write_text(json.dumps(
        {'extends': SMALL, 'title': HOSTILE,
         'nodes': {'kessa': {'title': HOSTILE}},
         'commodities': {'fuel': {'title': '\u0648\u0642\u0648\u062f'}}}))
    code, text = shortfall('run', scenario, '-n', '2', '-o', home / 'hostile')
    page = Page((home / 'hostile' / 'report.html').read_text())
    expect('names of a hostile scenario are text', code == 0
           and page.scripts == 1 and not page.wrong
           and '<script>alert' not in page.text, (text, page.wrong[:3]))
    expect('names written leftwards are isolated',
           '\u2068\u0648\u0642\u0648\u062f\u2069' in page.text)


COMMANDS = ['`touch hacked`', '$(touch hacked)', '@words', '%s%n', "it's \"q\"",
            '"; system("touch hacked"); "', "'; set output '../hacked'; '",
            '\nset print "hacked"\nprint 1', '|touch hacked', '<touch hacked',
            '../../hacked', '\\"', '{/=99 x}_^&~\\', '=cmd|x!A1']


def with_commands():
    """A scenario with a command wherever a title may be."""
    root, n = json.loads(pathlib.Path(SMALL).read_text()), 0
    root.pop('translations')
    for part in ('commodities', 'nodes', 'links', 'classes', 'events', 'zones',
                 'fleets', 'vehicles', 'queues'):
        for record in root[part].values():
            for key in ('title', 'label', 'road'):
                if key in record:
                    record[key] = COMMANDS[n % len(COMMANDS)]
                    n += 1
    root['title'] = root['description'] = ' '.join(COMMANDS)
    root['notes'] = COMMANDS
    return root


# Each method of sensitivity with its design.
STUDIES = {'sobol': {'kind': 'saltelli', 'points_count': 8},
           'morris': {'kind': 'morris', 'trajectories_count': 4},
           'pawn': {'kind': 'random', 'points_count': 64},
           'prim': {'kind': 'random', 'points_count': 64}}


def study_with_commands(method):
    """A study of that scenario with a command wherever a title may be."""
    targets = ['announcement_risk', 'memory_days', 'standing_frac']
    factors = {f'f{i}': {'target': f'/models/drivers/{target}',
                         'range': [0.1, 1], 'title': COMMANDS[i],
                         'unit': COMMANDS[-i - 1]}
               for i, target in enumerate(targets)}
    if STUDIES[method]['kind'] == 'random':
        factors['word'] = {'target': '/commodities/fuel/title',
                           'title': COMMANDS[7],
                           'levels': [text for text in COMMANDS
                                      if '\n' not in text]}
    return {'format': 1, 'name': method, 'title': ' '.join(COMMANDS),
            'description': ' '.join(COMMANDS), 'scenario': 's.json',
            'design': STUDIES[method], 'factors': factors,
            'outcomes': {f'o{i}': {'title': title, 'unit': title,
                                   'metric': '/lost_count'}
                         for i, title in enumerate(COMMANDS)}}


def studies_of_commands(place):
    """Calls for each study, and what they leave."""
    calls, left = [], []
    for method in STUDIES:
        study, sweep, out = f'{method}.json', f'{method}-sweep', f'{method}-out'
        (place / study).write_text(json.dumps(study_with_commands(method)))
        calls.append(('sensitivity', study, '--run', '-m', method, '-o', out,
                      *(['--of-interest', 'o0 >= 30'] if method == 'prim'
                        else [])))
        left += [study, sweep, out]
    return calls, left


def programs_of(trace):
    return {line.split('execve("')[1].split('"')[0]
            for line in trace.read_text().splitlines()
            if 'execve("' in line and ' = 0' in line}


def no_commands(home):
    """Names are never run: by no shell, by gnuplot neither."""
    place = home / 'place'
    place.mkdir()
    environment = dict(os.environ, ASAN_OPTIONS='detect_leaks=0')
    (place / 's.json').write_text(json.dumps(with_commands()))
    (place / 'lever.json').write_text(json.dumps(
        {'extends': 's.json', 'title': COMMANDS[0],
         'shipments': {'fuel-to-kessa': {'trucks_per_day': 25}}}))
    outs = ['<touch hacked;x', '|touch hacked;x', '`touch hacked`', '$(touch x)',
            "it's", 'c', 'r.html', 'b.xlsx', 'm.geojson', 'm.graphml']
    calls = [('run', 's.json', '-n', '2', '-o', outs[0])]
    calls += [('run', 's.json', '-n', '2', '--no-plots', '-o', out)
              for out in outs[1:5]]
    calls += [('plot', out) for out in outs[:5]]
    calls += [('compare', 's.json', 'lever.json', '-n', '2', '-o', 'c'),
              ('report', outs[0], '--compare', 'c', '-o', 'r.html')]
    calls += [('export', outs[0], '-o', out) for out in outs[7:]]
    calls += [('rank', 's.json', 'lever.json', '-n', '2', '--max', '2', '-o',
               'rank')]
    of_studies, left_of_studies = studies_of_commands(place)
    calls += of_studies
    tracer = shutil.which('strace')
    trace = home / 'trace'
    seen = set()
    for call in calls:
        line = [PROGRAM, *call]
        if tracer:
            line = [tracer, '-f', '-e', 'trace=execve', '-o', str(trace)] + line
        done = subprocess.run(line, cwd=place, env=environment, text=True,
                              capture_output=True, timeout=240)
        expect(f'{" ".join(call)} works with hostile names',
               done.returncode == 0, done.stdout + done.stderr)
        if tracer:
            seen |= {pathlib.Path(path).name for path in programs_of(trace)}
    left = sorted(path.name for path in place.iterdir())
    expect('no command in a name was run, nothing is elsewhere',
           left == sorted(outs + left_of_studies
                          + ['s.json', 'lever.json', 'rank'])
           and sorted(p.name for p in home.iterdir() if 'hacked' in p.name)
           == [], left)
    if not tracer:
        print('skipped: strace is not installed')
        return
    expect('nothing but gnuplot is started, and no shell',
           seen == {pathlib.Path(PROGRAM).name, 'gnuplot'}, seen)


def refusals(home):
    folder = home / 'out'
    letter = home / 'letter.html'
    letter.write_text('precious')
    code, text = shortfall('report', folder, '-o', letter)
    expect('a file that is no report is not replaced', code == 1
           and letter.read_text() == 'precious' and '-o' in text, text)
    for what, path in (('a folder without results', home),
                       ('no folder', home / 'none'), ('a file', letter)):
        code, text = shortfall('report', path)
        expect(f'{what} is refused', code == 1 and 'result folder' in text,
               text)
    for option in ('--compare', '--sensitivity'):
        code, text = shortfall('report', folder, option, folder)
        expect(f'{option} with a folder of run is refused', code == 1, text)
    (folder / 'manifest.json').write_text('{"torn')
    code, text = shortfall('report', folder, '-o', home / 'torn.html')
    expect('a torn manifest is refused', code == 1
           and not (home / 'torn.html').exists(), text)
    expect('no folder named is wrong usage', shortfall('report')[0] == 2)


def no_room(home):
    def small_files():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))
    shutil.rmtree(home / 'room', ignore_errors=True)
    (home / 'room').mkdir()
    code, text = shortfall('report', home / 'out', '-o',
                           home / 'room' / 'page.html',
                           preexec_fn=small_files)
    expect('with no room the status is 1 and nothing is left', code == 1
           and text.strip() and not list((home / 'room').iterdir()), text)


def main():
    with tempfile.TemporaryDirectory() as name:
        home = pathlib.Path(name)
        for test in (run_writes_it, what_is_calm_is_said, causes_are_shown,
                     levers_are_shown, sensitivity_is_shown,
                     futures_are_told, french, without_gnuplot,
                     hostile_names, no_commands, no_room, refusals):
            test(home)
    sys.exit(1 if failures else 0)


main()
