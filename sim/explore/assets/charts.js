// charts.js - bands and numbers drawn. SPDX-License-Identifier: GPL-3.0-or-later
//
// A chart is an SVG made of plain elements: two bands, the median, and the
// median of the other scenario in dashes. It can be read under the pointer, by
// the arrow keys, as a sentence, and as a table.
const SVG = 'http://www.w3.org/2000/svg';
const W = 340, H = 170, LEFT = 40, RIGHT = 8, TOP = 8, BOTTOM = 24;

export function svg(name, attributes, ...children) {
  const e = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes || {}))
    e.setAttribute(key, value);
  e.append(...children);
  return e;
}

export function html(name, attributes, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {}))
    if (value !== undefined && value !== false)
      e.setAttribute(key, value === true ? '' : value);
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}

// What a series is: ['bamako', 'petrol', 'served_frac'], and of a class of
// users ['bamako', 'petrol', 'hospital', 'served_frac'].
export const parts = (name) => name.split('/');
export const whoOf = (name) => { const steps = parts(name); return steps.length > 3 ? steps[2] : ''; };
export const measureOf = (name) => parts(name).at(-1);

// Numbers and days for reading, in one language.
export function speaker(code, words) {
  const lang = code === 'en' ? 'en-GB' : code;
  const plain = (options) => new Intl.NumberFormat(lang, options);
  const percent = plain({ style: 'percent', maximumFractionDigits: 0 });
  const fine = plain({ style: 'percent', maximumFractionDigits: 1 });
  const three = plain({ maximumSignificantDigits: 3 });
  const whole = plain({ maximumFractionDigits: 0 });
  const one = plain({ maximumFractionDigits: 1 });
  const date = (options) => new Intl.DateTimeFormat(lang, { timeZone: 'UTC', ...options });
  const long = date({ day: 'numeric', month: 'long', year: 'numeric' });
  const short = date({ day: 'numeric', month: 'short', year: 'numeric' });
  const many = plain({ maximumSignificantDigits: 3, notation: 'compact', compactDisplay: 'long' });
  const month = date({ month: 'short' });
  const at = (start, day) => new Date(Date.parse(start) + day * 86400000);
  return {
    lang, code,
    sentence: (text) => text.charAt(0).toLocaleUpperCase(lang) + text.slice(1),
    word: (key, ...values) => {
      const text = words[key] || key;
      return text.replace(/%(\d)/g, (all, i) => values[i - 1] ?? '');
    },
    whole: (x) => whole.format(x), one: (x) => one.format(x), three: (x) => three.format(x),
    day: (start, day) => long.format(at(start, day)),
    month: (start, day) => month.format(at(start, day)),
    isMonthStart: (start, day) => at(start, day).getUTCDate() === 1,
    list: (texts) => new Intl.ListFormat(lang).format(texts),
    shortDay: (start, day) => short.format(at(start, day)),
    value: (measure, x) => x === null || x === undefined ? '–'
      : measure.endsWith('_frac') ? (x > 0 && x < 0.1 ? fine : percent).format(x)
        : measure === 'cover_days' ? one.format(x)
          : Math.abs(x) >= 1e6 ? many.format(x) : Math.abs(x) >= 1000 ? three.format(x) : one.format(x),
  };
}

function yTicks(top, measure) {
  if (measure.endsWith('_frac'))
    return [0, 0.25, 0.5, 0.75, 1].filter((t) => t <= top);
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000].find((s) => top / s <= 5) || top / 4;
  const ticks = [];
  for (let t = 0; t <= top; t += step)
    ticks.push(t);
  return ticks;
}

const x = (day, days) => LEFT + (W - LEFT - RIGHT) * day / Math.max(days - 1, 1);
const y = (value, top) => TOP + (H - TOP - BOTTOM) * (1 - Math.min(value, top) / top);

function path(values, top) {
  let text = '', isUp = true;
  values.forEach((v, day) => {
    if (v === null) {
      isUp = true;
      return;
    }
    text += `${isUp ? 'M' : 'L'}${x(day, values.length).toFixed(1)} ${y(v, top).toFixed(1)}`;
    isUp = false;
  });
  return text || 'M0 0';
}

function band(low, high, top) {
  const go = (values, days) => days.map((d) => `${x(d, values.length).toFixed(1)} ${y(values[d], top).toFixed(1)}`).join('L');
  const days = low.map((v, d) => d).filter((d) => low[d] !== null && high[d] !== null);
  return days.length ? `M${go(high, days)}L${go(low, [...days].reverse())}Z` : 'M0 0';
}

function sentence(say, title, side, series, measure) {
  let low = 0;
  series.p50.forEach((v, d) => { if (v !== null && v < series.p50[low]) low = d; });
  const show = (v) => say.value(measure, v);
  return say.word('chart_text', title, say.word(measure), say.day(side.start, low),
    show(series.p50[low]), show(series.p05[low]), show(series.p95[low]), show(series.p50.at(-1)));
}

function table(say, side, series, measure, caption) {
  const head = ['day', 'date', 'median', 'p05', 'p25', 'p75', 'p95'];
  const rows = series.p50.map((v, d) => html('tr', {},
    html('td', {}, String(d)), html('td', {}, say.day(side.start, d)),
    ...['p50', 'p05', 'p25', 'p75', 'p95'].map((q) => html('td', {}, say.value(measure, series[q][d])))));
  return html('table', {}, html('caption', { class: 'visually-hidden' }, caption),
    html('thead', {}, html('tr', {}, ...head.map((h) => html('th', { scope: 'col' }, say.word(h))))),
    html('tbody', {}, ...rows));
}

// One chart; `other` is the series of the other scenario or null. Lives on:
// update() draws new values into it.
class Chart {
  constructor(say, title, letter, moved) {
    this.say = say;
    this.moved = moved;
    this.day = null;
    this.svg = svg('svg', { class: `chart ${letter}`, viewBox: `0 0 ${W} ${H}`, role: 'img', tabindex: 0 });
    this.readout = html('output', { class: 'readout' });
    this.rows = html('div', { class: 'table-box', tabindex: 0, role: 'group' });
    const details = html('details', {}, html('summary', {}, say.word('as_table')), this.rows);
    details.addEventListener('toggle', () => { this.isOpen = details.open; this.fill(); });
    this.node = html('figure', {}, this.svg, this.readout, details);
    if (title)
      this.node.prepend(html('figcaption', { class: `side-${letter}` }, title));
    this.svg.addEventListener('pointermove', (e) => this.point(e));
    this.svg.addEventListener('pointerdown', (e) => this.point(e));
    this.svg.addEventListener('keydown', (e) => this.key(e));
  }

  point(e) {
    const box = this.svg.getBoundingClientRect();
    const at = ((e.clientX - box.left) / box.width * W - LEFT) / (W - LEFT - RIGHT);
    this.moved(Math.round(Math.min(Math.max(at, 0), 1) * (this.side.days - 1)));
  }

  key(e) {
    const last = this.side.days - 1, now = this.day ?? 0;
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, PageUp: now - 7, PageDown: now + 7, Home: 0, End: last }[e.key];
    if (to === undefined)
      return;
    e.preventDefault();
    this.moved(Math.min(Math.max(to, 0), last));
  }

  // Axes and ticks, which seldom change.
  frame(measure, side, top) {
    const key = [measure, side.start, side.days, top].join();
    if (key === this.framed)
      return;
    this.framed = key;
    const days = side.days, s = this.svg;
    s.replaceChildren();
    for (const t of yTicks(top, measure)) {
      s.append(svg('line', { class: 'grid', x1: LEFT, x2: W - RIGHT, y1: y(t, top), y2: y(t, top) }),
        svg('text', { class: 'tick-text', x: LEFT - 5, y: y(t, top) + 4, 'text-anchor': 'end' }, this.say.value(measure, t)));
    }
    const months = [];
    for (let d = 0; d < days; d += 1)
      if (this.say.isMonthStart(side.start, d))
        months.push(d);
    const every = Math.ceil(months.length / 6);
    months.forEach((d, i) => {
      s.append(svg('line', { class: 'axis', x1: x(d, days), x2: x(d, days), y1: H - BOTTOM, y2: H - BOTTOM + 4 }));
      if (i % every === 0 && x(d, days) < W - 24)
        s.append(svg('text', { class: 'tick-text', x: x(d, days) + 2, y: H - 8 }, this.say.month(side.start, d)));
    });
    this.lines = ['wide', 'half', 'line', 'other'].map((name) => svg('path', { class: name }));
    this.mark = svg('line', { class: 'cursor', y1: TOP, y2: H - BOTTOM, visibility: 'hidden' });
    s.append(...this.lines, svg('line', { class: 'axis', x1: LEFT, x2: W - RIGHT, y1: H - BOTTOM, y2: H - BOTTOM }), this.mark);
  }

  update(title, measure, side, series, other, top) {
    Object.assign(this, { title, measure, side, series, top });
    this.frame(measure, side, top);
    const label = sentence(this.say, title, side, series, measure);
    this.svg.setAttribute('aria-label', `${label} ${this.say.word('chart_keys')}`);
    const [wide, half, line, dashes] = this.lines;
    wide.setAttribute('d', band(series.p05, series.p95, top));
    half.setAttribute('d', band(series.p25, series.p75, top));
    line.setAttribute('d', path(series.p50, top));
    dashes.setAttribute('d', other ? path(other.p50, top) : 'M0 0');
    this.at(this.day);
    this.fill();
  }

  at(day) {
    this.day = day === null || !this.side ? day : Math.min(day, this.side.days - 1);
    if (this.day === null || !this.series)
      return;
    const place = x(this.day, this.side.days);
    this.mark.setAttribute('x1', place);
    this.mark.setAttribute('x2', place);
    this.mark.setAttribute('visibility', 'visible');
    const show = (q) => this.say.value(this.measure, this.series[q][this.day]);
    this.readout.textContent = this.say.word('at_day', this.say.day(this.side.start, this.day), this.day,
      show('p50'), show('p25'), show('p75'), show('p05'), show('p95'));
  }

  fill() {
    if (this.isOpen && this.series) {
      this.rows.setAttribute('aria-label', this.title);
      this.rows.replaceChildren(table(this.say, this.side, this.series, this.measure, this.title));
    }
  }
}

// Whether nine in ten runs serve all demand on every day.
export function isWellServed(side, name) {
  const series = side.series.find((o) => o.name === name);
  return !series || series.p05.every((v) => v === null || v >= 0.9995);
}

// All charts of the page.
export class Charts {
  constructor(box, say, commodities) {
    Object.assign(this, { box, say, commodities, day: null, charts: new Map(), folded: new Map(), isFolded: false });
  }

  move(day) {
    this.day = day;
    for (const c of this.charts.values())
      c.at(day);
  }

  // Charts that nobody sees are drawn when they are unfolded.
  fold(isFolded) {
    this.isFolded = isFolded;
    if (isFolded)
      return;
    for (const [chart, values] of this.folded)
      chart.update(...values);
    this.folded.clear();
  }

  // Draws what a message says, for one measure and class of users ('': all).
  draw(message, measure, who) {
    const sides = message.sides;
    const isPair = sides.length > 1;
    this.box.classList.toggle('is-pair', isPair);
    const all = [...new Set(sides.flatMap((s) => s.series.map((o) => o.name)))].filter((n) => measureOf(n) === measure && whoOf(n) === who);
    const isCalm = (n) => measure === 'served_frac' && sides.every((s) => isWellServed(s, n));
    const names = [...all.filter((n) => !isCalm(n)), ...all.filter(isCalm)];
    const calm = names.filter(isCalm);
    const key = `${isPair}|${names.join()}|${calm.length}`;
    if (key !== this.key) {
      this.key = key;
      this.charts.clear();
      this.rest = calm.length === names.length ? this.box : html('div', { id: 'calm' });
      this.isFolded = this.rest !== this.box;
      this.folded.clear();
      this.box.replaceChildren();
    }
    for (const name of names) {
      const series = sides.map((s) => s.series.find((o) => o.name === name));
      const title = this.commodities[parts(name)[1]] || parts(name)[1];
      const highest = Math.max(...series.filter(Boolean).flatMap((o) => o.p95.filter((v) => v !== null)), 0);
      const top = measure.endsWith('_frac') ? 1 : Math.max(highest * 1.05, 1);
      const missing = series.findIndex((o, i) => o && !this.charts.has(`${name}|${i}`));
      if (missing >= 0)
        this.add(name, title, series, isPair, calm.includes(name));
      series.forEach((o, i) => {
        if (!o)
          return;
        const chart = this.charts.get(`${name}|${i}`);
        const values = [title, measure, sides[i], o, isPair ? series[1 - i] : null, top];
        if (calm.includes(name) && this.isFolded)
          this.folded.set(chart, values);
        else
          chart.update(...values);
      });
    }
    if (calm.length && this.rest !== this.box && !this.rest.isConnected) {
      const titles = calm.map((n) => this.commodities[parts(n)[1]] || parts(n)[1]);
      const details = html('details', { class: 'calm' }, html('summary', {}, this.say.word('calm', this.say.list(titles))), this.rest);
      details.addEventListener('toggle', () => this.fold(!details.open));
      this.box.append(details);
    }
  }

  add(name, title, series, isPair, isCalm) {
    const pair = html('div', { class: 'pair' });
    series.forEach((o, i) => {
      if (!o)
        return;
      const caption = isPair ? this.say.word(i ? 'scenario_b' : 'scenario_a') : '';
      const chart = new Chart(this.say, caption, i ? 'b' : 'a', (day) => this.move(day));
      chart.day = this.day;
      this.charts.set(`${name}|${i}`, chart);
      pair.append(chart.node);
    });
    (isCalm ? this.rest : this.box).append(html('div', { class: 'good', 'data-series': name }, html('h3', {}, title), pair));
  }
}

// ---- Key numbers ------------------------------------------------------------

function cell(say, side, number, measure) {
  if (!number)
    return ['–'];
  const show = (v) => measure === 'shortage_start_day' ? say.shortDay(side.start, Math.round(v)) : say.value(measure, v);
  const often = say.word('happens', say.whole(number.n), say.whole(number.n + number.missing));
  if (number.n === 0)
    return [say.word('never'), html('small', {}, often)];
  const range = show(number.p05) === show(number.p95) ? '' : say.word('to', show(number.p05), show(number.p95));
  const small = [range, number.missing ? often : ''].filter(Boolean).join('; ');
  return [show(number.p50), small ? html('small', {}, small) : null];
}

function difference(say, d, measure) {
  if (!d || d.n < 2 || d.low === null)
    return [say.word('not_distinct')];
  if (d.is_identical)
    return [say.word('same')];
  if (!d.is_distinct)
    return [say.word('not_distinct'), html('small', {}, say.word('to', say.value(measure, d.low), say.value(measure, d.high)))];
  const ends = [Math.abs(d.low), Math.abs(d.high)].sort((p, q) => p - q).map((v) => say.value(measure, v));
  return [html('span', { class: 'distinct' }, say.word(d.low > 0 ? 'more' : 'fewer', ...ends))];
}

export function drawNumbers(box, say, message, commodities, who) {
  const sides = message.sides, isPair = sides.length > 1;
  const labels = [say.word('scenario_a'), say.word('scenario_b'), say.word('difference')];
  const names = [...new Set(sides.flatMap((s) => s.numbers.map((o) => o.name)))].filter((n) => whoOf(n) === who);
  const groups = new Map();
  for (const name of names) {
    const steps = parts(name);
    const group = steps.length > 2 ? steps[1] : '';
    groups.set(group, [...(groups.get(group) || []), name]);
  }
  // What is served all the time needs no rows of noughts.
  const isCalm = (group) => group && sides.every((s) => {
    const curve = s.series.find((o) => parts(o.name)[1] === group && measureOf(o.name) === 'served_frac' && whoOf(o.name) === who);
    return !curve || isWellServed(s, curve.name);
  }) && !groups.get(group).some((n) => message.differences.find((d) => d.name === n)?.is_distinct);
  const calm = [...groups.keys()].filter(isCalm);
  const bodies = [...groups].filter(([group]) => !calm.includes(group)).map(([group, all]) => html('tbody', {},
    group ? html('tr', {}, html('th', { scope: 'rowgroup', colspan: isPair ? 4 : 2 }, commodities[group] || group)) : html('tr', {}, html('th', { scope: 'rowgroup', colspan: isPair ? 4 : 2 }, say.word('whole_country'))),
    ...all.map((name) => {
      const measure = parts(name).at(-1);
      const cells = sides.map((s) => cell(say, s, s.numbers.find((o) => o.name === name), measure));
      if (isPair)
        cells.push(difference(say, message.differences.find((d) => d.name === name), measure));
      return html('tr', { 'data-number': name }, html('th', { scope: 'row' }, say.sentence(say.word(measure))),
        ...cells.map((c, i) => html('td', { 'data-label': labels[i] }, ...c.filter(Boolean))));
    })));
  const head = html('tr', {}, html('th', { scope: 'col' }, say.word('what')),
    html('th', { scope: 'col', class: 'head-a' }, labels[0]),
    isPair ? html('th', { scope: 'col', class: 'head-b' }, labels[1]) : null,
    isPair ? html('th', { scope: 'col' }, labels[2]) : null);
  box.replaceChildren(html('table', { class: isPair ? false : 'is-single' }, html('caption', { class: 'visually-hidden' }, say.word('key_numbers')),
    html('thead', {}, head), ...bodies));
  if (calm.length)
    box.append(html('p', { class: 'small' }, say.word('calm', say.list(calm.map((g) => commodities[g] || g)))));
}

// ---- Tables to keep ---------------------------------------------------------

const line = (cells) => `${cells.map((c) => c === null || c === undefined ? '' : String(c)).join(',')}\r\n`;

export function bandsCsv(message) {
  let text = line(['scenario', 'date', 'day', 'place', 'commodity', 'class', 'measure', 'p05', 'p25', 'p50', 'p75', 'p95', 'n']);
  message.sides.forEach((side, i) => {
    for (const s of side.series)
      s.p50.forEach((v, d) => {
        const date = new Date(Date.parse(side.start) + d * 86400000).toISOString().slice(0, 10);
        text += line([i ? 'b' : 'a', date, d, ...parts(s.name).slice(0, 2), whoOf(s.name), measureOf(s.name), s.p05[d], s.p25[d], v, s.p75[d], s.p95[d], side.done]);
      });
  });
  return text;
}

export function numbersCsv(message) {
  let text = line(['scenario', 'metric', 'place', 'commodity', 'class', 'mean', 'p05', 'p25', 'p50', 'p75', 'p95', 'n', 'n_missing']);
  const split = (name) => {
    const steps = parts(name);
    return [steps.at(-1), steps[0], steps.length > 2 ? steps[1] : '', whoOf(name)];
  };
  message.sides.forEach((side, i) => {
    for (const o of side.numbers)
      text += line([i ? 'b' : 'a', ...split(o.name), o.mean, o.p05, o.p25, o.p50, o.p75, o.p95, o.n, o.missing]);
  });
  if (message.differences.length)
    text += `\r\n${line(['difference', 'metric', 'place', 'commodity', 'class', 'mean', 'ci95_low', 'ci95_high', 'n'])}`;
  for (const d of message.differences)
    text += line(['b - a', ...split(d.name), d.estimate, d.low, d.high, d.n]);
  return text;
}
