// map.js - one replication on the map, day by day, with its story. SPDX-License-Identifier: GPL-3.0-or-later
import { html, svg } from './charts.js';

const W = 640;
const BIG = [0, 1, 5, 6]; // ports, refineries, cities, the capital: they are named

async function lines(name) {
  const text = await (await fetch(name)).text();
  return text.split(/\n\s*\n/).map((block) => block.split('\n').filter((l) => /^-?\d/.test(l)).map((l) => l.split('\t')));
}

// Land and borders, drawn once; made-up countries (X.) have none.
async function outlines(group, project, say) {
  const [land, borders, countries] = await Promise.all(
    [lines('west-africa-land.tsv'), lines('west-africa.tsv'), (await fetch('countries.tsv')).text()]);
  const path = (points) => `M${points.map((p) => project(Number(p[0]), Number(p[1])).map((v) => v.toFixed(1)).join(' ')).join('L')}`;
  for (const ring of land)
    if (ring.length > 2)
      group.append(svg('path', { class: 'land', d: `${path(ring)}Z` }));
  for (const line of borders)
    if (line.length > 1)
      group.append(svg('path', { class: line[0][2] === '1' ? 'coast' : 'border', d: path(line) }));
  for (const row of countries.split('\n').slice(1).map((l) => l.split('\t'))) {
    if (row.length < 4)
      continue;
    const [px, py] = project(Number(row[2]), Number(row[3]));
    group.append(svg('text', { class: 'country', x: px, y: py }, (say.code === 'fr' ? row[1] : row[0]).toUpperCase()));
  }
}

function shade(served) {
  const mix = (p, q) => Math.round(p + (q - p) * Math.min(Math.max(served, 0), 1));
  return `rgb(${mix(178, 70)},${mix(34, 140)},${mix(34, 90)})`;
}

export class Replay {
  constructor(say, description, onDay) {
    Object.assign(this, { say, description, onDay, day: 0, all: false, timer: null, hasOutlines: false });
    this.$ = (id) => document.getElementById(id);
    this.slider = this.$('day');
    this.slider.addEventListener('input', () => { this.stop(); this.show(Number(this.slider.value)); });
    this.$('back').addEventListener('click', () => { this.stop(); this.show(this.day - 1); });
    this.$('forth').addEventListener('click', () => { this.stop(); this.show(this.day + 1); });
    this.$('play').addEventListener('click', () => this.timer ? this.stop() : this.play());
    this.$('story-all').addEventListener('click', () => { this.all = true; this.tell(); });
    this.$('kind').addEventListener('change', () => { this.all = false; this.tell(); });
    this.label();
    this.prepare();
  }

  label() {
    for (const [id, word] of [['back', 'back'], ['forth', 'forth']])
      this.$(id).setAttribute('aria-label', this.say.word(word));
    this.$('play').setAttribute('aria-label', this.say.word(this.timer ? 'pause' : 'play'));
    this.$('play').textContent = this.timer ? '❚❚' : '▶';
    this.$('story').setAttribute('aria-label', this.say.word('story'));
  }

  // The still parts: land, roads, places.
  prepare() {
    const d = this.description;
    const placed = d.nodes.filter((n) => n.lat_deg !== null && n.lon_deg !== null);
    this.$('map').replaceChildren();
    this.drawing = null;
    if (placed.length < 2) {
      this.$('map').textContent = this.say.word('map_none');
      return;
    }
    const lons = placed.map((n) => n.lon_deg), lats = placed.map((n) => n.lat_deg);
    const [w, e, s, n] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
    const squeeze = Math.cos((s + n) / 2 * Math.PI / 180), margin = 34;
    const scale = Math.min((W - 2 * margin) / Math.max((e - w) * squeeze, 0.1), 460 / Math.max(n - s, 0.1));
    const height = Math.max((n - s) * scale + 2 * margin, 200);
    const shift = (W - (e - w) * squeeze * scale) / 2;
    const project = (lon, lat) => [shift + (lon - w) * squeeze * scale, height - margin - (lat - s) * scale];
    this.project = project;
    this.drawing = svg('svg', { viewBox: `0 0 ${W} ${height.toFixed(0)}`, role: 'img', 'aria-labelledby': 'map-title', 'aria-describedby': 'map-text' });
    const ground = svg('g', {}), roads = svg('g', {}), names = svg('g', {});
    this.moving = svg('g', {});
    this.drawing.append(ground, roads, this.moving, names);
    if (!/^X.$/.test(d.country))
      outlines(ground, project, this.say);
    else
      ground.append(svg('rect', { class: 'made-up', width: W, height: height.toFixed(0) }));
    this.at = d.nodes.map((node) => node.lat_deg === null || node.lon_deg === null ? null : project(node.lon_deg, node.lat_deg));
    this.byId = new Map(d.nodes.map((node, i) => [node.id, i]));
    this.flows = d.links.map((l) => {
      const p = this.at[l.from], q = this.at[l.to];
      if (!p || !q)
        return null;
      const ends = { x1: p[0], y1: p[1], x2: q[0], y2: q[1] };
      const from = d.nodes[l.from].title, to = d.nodes[l.to].title;
      const line = svg('line', { ...ends, class: 'flow', 'stroke-width': 0 }, svg('title', {}, ''));
      roads.append(svg('line', { ...ends, class: 'road' }), line);
      return { line, title: `${from} – ${to}` };
    });
    this.places(names);
    this.$('map').append(this.drawing);
    this.legend();
  }

  places(group) {
    const taken = [];
    const order = this.description.nodes.map((n, i) => i).filter((i) => this.at[i])
      .sort((p, q) => this.description.nodes[q].kind - this.description.nodes[p].kind);
    this.discs = new Map();
    for (const i of order) {
      const node = this.description.nodes[i];
      if (!BIG.includes(node.kind))
        continue;
      const [px, py] = this.at[i];
      const isCapital = node.kind === 6;
      const disc = svg('circle', { class: 'place', fill: '#fff', cx: px, cy: py, r: isCapital ? 7 : 4 }, svg('title', {}, node.title));
      this.discs.set(node.id, disc);
      group.append(disc);
      const isLeft = px > W * 0.72;
      const box = [isLeft ? px - 8 - node.title.length * 5.6 : px + 8, py - 8, node.title.length * 5.6, 14];
      if (taken.some((t) => box[0] < t[0] + t[2] && t[0] < box[0] + box[2] && box[1] < t[1] + t[3] && t[1] < box[1] + box[3]))
        continue;
      taken.push(box);
      group.append(svg('text', { class: 'place-name', x: isLeft ? px - 9 : px + 9, y: py + 4, 'text-anchor': isLeft ? 'end' : 'start', 'font-weight': isCapital ? 700 : 400 }, node.title));
    }
  }

  legend() {
    const say = this.say;
    const sign = (...shapes) => svg('svg', { viewBox: '0 0 26 16', 'aria-hidden': 'true' }, ...shapes);
    const row = (shape, text) => html('li', {}, shape, text);
    this.$('map-legend').replaceChildren(
      row(sign(svg('line', { class: 'flow', x1: 2, x2: 24, y1: 8, y2: 8, 'stroke-width': 4 })), say.word('legend_flow')),
      row(sign(svg('line', { class: 'shut', x1: 2, x2: 24, y1: 8, y2: 8 })), say.word('legend_shut')),
      row(sign(svg('path', { class: 'hit', d: 'M8 3l10 10M18 3l-10 10' })), say.word('attack')),
      row(sign(svg('circle', { class: 'wait', cx: 13, cy: 8, r: 6 })), say.word('legend_wait')),
      row(sign(svg('circle', { class: 'place', cx: 7, cy: 8, r: 5, fill: shade(1) }), svg('circle', { cx: 19, cy: 8, r: 5, fill: shade(0) })), say.word('legend_served', this.fuelTitle())));
  }

  fuel() {
    return this.tale?.served.find((s) => s[0] === this.description.capital)?.[1] || Object.keys(this.description.commodities)[0];
  }

  fuelTitle() {
    return this.description.commodities[this.fuel()] || '';
  }

  // Takes a story from the runner.
  take(tale, day) {
    this.tale = tale;
    this.all = false;
    this.links = new Map(tale.flows.map(([l, days]) => [l, days]));
    this.closed = new Map(tale.closed.map(([l, days]) => [l, days]));
    this.most = Math.max(...tale.flows.flatMap((f) => f[1]), 1);
    this.slider.max = tale.days - 1;
    const kinds = [...new Set(tale.entries.map((e) => e[1]))];
    const select = this.$('kind'), before = select.value;
    select.replaceChildren(html('option', { value: '' }, this.say.word('all_kinds')),
      ...kinds.map((k) => html('option', { value: k }, this.say.word(k))));
    select.value = kinds.includes(before) ? before : '';
    if (this.drawing)
      this.legend();
    this.show(Math.min(day ?? this.day, tale.days - 1));
  }

  play() {
    if (!this.tale)
      return;
    if (this.day >= this.tale.days - 1)
      this.show(0);
    let last = performance.now(), owed = 0;
    const step = (now) => {
      owed += (now - last) / 1000 * Number(this.$('speed').value);
      last = now;
      if (owed >= 1) {
        const to = this.day + Math.floor(owed);
        owed %= 1;
        this.show(Math.min(to, this.tale.days - 1));
      }
      if (this.day >= this.tale.days - 1)
        this.stop();
      else
        this.timer = requestAnimationFrame(step);
    };
    this.timer = requestAnimationFrame(step);
    this.label();
  }

  stop() {
    if (this.timer)
      cancelAnimationFrame(this.timer);
    this.timer = null;
    this.label();
    this.onDay(this.day, true);
  }

  show(day) {
    if (!this.tale)
      return;
    this.day = Math.min(Math.max(day, 0), this.tale.days - 1);
    this.slider.value = this.day;
    const date = this.say.day(this.tale.start, this.day);
    this.slider.setAttribute('aria-valuetext', date);
    this.$('day-text').textContent = this.say.word('date_day', date, this.day);
    if (this.drawing)
      this.paint();
    this.describe(date);
    this.tell();
    this.onDay(this.day, !this.timer);
  }

  paint() {
    this.flows.forEach((f, l) => {
      if (!f)
        return;
      const n = this.links.get(l)?.[this.day] || 0;
      const isShut = Boolean(this.closed.get(l)?.[this.day]);
      f.line.setAttribute('class', isShut ? 'shut' : 'flow');
      f.line.setAttribute('stroke-width', isShut ? 2 : (n > 0 ? 0.8 + 8 * Math.sqrt(n / this.most) : 0).toFixed(2));
      f.line.firstChild.textContent = isShut ? this.say.word('map_closed', f.title) : this.say.word('map_link', f.title, this.say.whole(n));
    });
    this.moving.replaceChildren();
    for (const [place, days] of this.tale.waiting) {
      const i = this.byId.get(place), n = days[this.day] || 0;
      if (i === undefined || !this.at[i] || n < 1)
        continue;
      this.moving.append(svg('circle', { class: 'wait', cx: this.at[i][0], cy: this.at[i][1], r: Math.min(1.5 + Math.sqrt(n) * 0.85, 40).toFixed(1) },
        svg('title', {}, this.say.word('map_waits', this.description.nodes[i].title, this.say.whole(n)))));
    }
    for (const [when, kind, place, , text] of this.tale.entries) {
      const i = this.byId.get(place);
      if (Math.floor(when) !== this.day || kind !== 'attack' || i === undefined || !this.at[i])
        continue;
      const [px, py] = this.at[i];
      this.moving.append(svg('path', { class: 'hit', d: `M${px - 6} ${py - 6}l12 12M${px + 6} ${py - 6}l-12 12` }, svg('title', {}, text)));
    }
    for (const [place, commodity, days] of this.tale.served) {
      const disc = this.discs.get(place);
      if (!disc || commodity !== this.fuel())
        continue;
      disc.setAttribute('fill', shade(days[this.day] ?? 1));
      const title = this.description.nodes[this.byId.get(place)].title;
      disc.firstChild.textContent = this.say.word('map_city', `${title}, ${this.fuelTitle()}`, this.say.value('served_frac', days[this.day]));
    }
  }

  describe(date) {
    const sum = (rows, k) => rows.reduce((all, r) => all + (r[k][this.day] || 0), 0);
    const into = [...this.links].reduce((all, [l, days]) => {
      const link = this.description.links[l];
      const ends = [link?.from, link?.to].map((i) => this.description.nodes[i]?.id);
      return all + (ends.includes(this.description.capital) ? days[this.day] || 0 : 0);
    }, 0);
    const capital = this.description.nodes[this.byId?.get(this.description.capital)]?.title || '';
    const served = this.tale.served.filter((s) => s[0] === this.description.capital)
      .map((s) => `${this.description.commodities[s[1]] || s[1]} ${this.say.value('served_frac', s[2][this.day])}`).join(', ');
    this.$('map-text').textContent = `${this.say.word('map_text', date, this.say.whole(into), capital,
      this.say.whole(sum(this.tale.waiting, 1)), this.say.whole(sum(this.tale.closed, 1)))} ${this.say.word('map_served', capital, served)}.`;
  }

  tell() {
    if (!this.tale)
      return;
    const kind = this.$('kind').value;
    const until = this.tale.entries.filter((e) => Math.floor(e[0]) <= this.day && (!kind || e[1] === kind)).reverse();
    const shown = this.all ? until : until.slice(0, 14);
    const list = this.$('story');
    list.replaceChildren(...shown.map((e) => html('li', { class: `${e[1]}${Math.floor(e[0]) === this.day ? ' today' : ''}` },
      html('time', {}, `${this.say.day(this.tale.start, Math.floor(e[0]))}, ${this.say.word(e[1])}`), this.say.sentence(e[4]))));
    if (!shown.length)
      list.append(html('li', {}, this.say.word('story_none')));
    const button = this.$('story-all');
    button.hidden = shown.length === until.length;
    button.textContent = this.say.word('story_all', this.say.whole(until.length));
  }
}
