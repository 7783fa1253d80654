// controls.js - levers and assumptions to change. SPDX-License-Identifier: GPL-3.0-or-later
import { html } from './charts.js';

const SHOWN = 12;

const round = (v, number) => number.is_whole ? Math.round(v) : Number(v.toPrecision(4));

// The controls of one side at a time; `side` is { file, levers: Set, sets: Map }.
export class Controls {
  // changed(isFinal) is called on every change; isFinal says that the slider
  // was let go.
  constructor(say, changed) {
    Object.assign(this, { say, changed, shown: SHOWN, found: [] });
    this.box = document.getElementById('numbers');
    this.search = document.getElementById('search');
    this.more = document.getElementById('more');
    this.search.addEventListener('input', () => { this.shown = SHOWN; this.list(); });
    this.more.addEventListener('click', () => { this.shown += 24; this.list(); });
  }

  // Shows a side of a scenario.
  show(description, side) {
    Object.assign(this, { description, side });
    this.numbers = [...description.numbers].sort((p, q) => q.weight - p.weight);
    document.getElementById('search-label').textContent = this.say.word('search', this.say.whole(this.numbers.length));
    this.showLevers();
    this.list();
  }

  showLevers() {
    const list = document.getElementById('levers');
    const levers = this.description.levers;
    if (!levers.length)
      list.replaceChildren(html('li', { class: 'small' }, this.say.word('levers_none')));
    else
      list.replaceChildren(...levers.map((l) => this.lever(l)));
  }

  lever(lever) {
    const box = html('input', { type: 'checkbox', value: lever.file });
    box.checked = this.side.levers.has(lever.file);
    box.addEventListener('change', () => {
      if (box.checked)
        this.side.levers.add(lever.file);
      else
        this.side.levers.delete(lever.file);
      this.changed(true);
    });
    const title = lever.title.replace(/^(Lever|Levier)\s*:\s*/, '');
    return html('li', {}, html('label', { class: 'tick' }, box, html('span', {}, this.say.sentence(title))),
      lever.description ? html('details', {}, html('summary', {}, this.say.word('note')), lever.description) : null);
  }

  list() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const matches = (n) => {
      const text = `${n.pointer} ${n.label} ${n.group} ${n.uses} ${n.note} ${n.source}`.toLowerCase();
      return words.every((w) => text.includes(w));
    };
    const isChanged = (n) => this.side.sets.has(n.pointer);
    const all = this.numbers.filter(matches);
    // What was changed is always in sight.
    this.found = words.length ? all : [...all.filter(isChanged), ...all.filter((n) => !isChanged(n))];
    const shown = this.found.slice(0, this.shown);
    this.box.replaceChildren(...shown.map((n) => this.number(n)));
    if (!shown.length)
      this.box.append(html('p', {}, this.say.word('no_match')));
    const rest = this.found.length - shown.length;
    this.more.hidden = rest <= 0;
    this.more.textContent = this.say.word('show_more', this.say.whole(Math.min(rest, 24)));
  }

  number(n) {
    const say = this.say;
    const id = `n${n.pointer.replace(/[^a-z0-9]+/gi, '-')}`;
    const held = () => {
      const set = this.side.sets.get(n.pointer);
      return typeof set === 'number' ? set : n.value;
    };
    const now = held();
    const low = Math.min(n.low, now), high = Math.max(n.high, now);
    const step = n.is_whole ? 1 : 'any';
    const slider = html('input', { type: 'range', id, min: low, max: high, step, 'data-pointer': n.pointer });
    const exact = html('input', { type: 'number', min: n.min, max: n.max, step: 'any', 'aria-label': `${n.label}, ${n.unit}` });
    const wrong = html('p', { class: 'wrong', role: 'alert', hidden: true });
    const back = html('button', { type: 'button', class: 'quiet' }, say.word('reset'));
    const state = html('span', { class: 'small' });
    const node = html('div', { class: 'number' },
      html('div', { class: 'name' }, html('label', { for: id }, say.sentence(n.label)), back),
      html('div', { class: 'set' }, slider, exact),
      html('div', { class: 'ends' }, html('span', {}, say.three(low)), html('span', {}, n.unit), html('span', {}, say.three(high))),
      wrong, state, this.about(n));
    const paint = () => {
      const isSet = this.side.sets.has(n.pointer);
      slider.value = held();
      exact.value = round(held(), n);
      slider.setAttribute('aria-valuetext', `${say.three(held())} ${n.unit}`);
      node.classList.toggle('is-changed', isSet);
      back.hidden = !isSet;
      state.textContent = isSet ? say.word('changed') : n.is_drawn ? say.word('drawn') : '';
    };
    const set = (v, isFinal) => {
      wrong.hidden = true;
      exact.removeAttribute('aria-invalid');
      this.side.sets.set(n.pointer, v);
      paint();
      this.changed(isFinal);
    };
    const refuse = (text) => {
      wrong.textContent = text;
      wrong.hidden = false;
      exact.setAttribute('aria-invalid', 'true');
    };
    slider.step = n.is_whole ? 1 : (high - low) / 200 || 'any';
    slider.addEventListener('input', () => set(round(Number(slider.value), n), false));
    slider.addEventListener('change', () => set(round(Number(slider.value), n), true));
    exact.addEventListener('change', () => {
      const v = exact.value === '' ? NaN : Number(exact.value);
      if (!Number.isFinite(v))
        refuse(say.word('not_number', say.three(n.min), say.three(n.max)));
      else if (v < n.min || v > n.max)
        refuse(say.word('expected', exact.value, say.three(n.min), say.three(n.max)));
      else
        set(v, true);
    });
    back.addEventListener('click', () => {
      this.side.sets.delete(n.pointer);
      wrong.hidden = true;
      exact.removeAttribute('aria-invalid');
      paint();
      slider.focus();
      this.changed(true);
    });
    paint();
    return node;
  }

  about(n) {
    const say = this.say;
    const rows = [['belongs_to', n.group], ['used_for', n.uses], ['range', n.range],
      ['source', n.source || say.word('none_stated')], ['confidence', n.confidence || say.word('none_stated')],
      ['note', n.note], ['name_in_file', n.pointer]].filter(([, v]) => v);
    return html('details', {}, html('summary', {}, say.word('about_number')),
      html('dl', {}, ...rows.flatMap(([k, v]) => [html('dt', {}, say.word(k)), html('dd', {}, v)])));
  }
}
