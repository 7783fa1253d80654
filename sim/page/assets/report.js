// report.js - reads values off the curves, shows and hides bands. SPDX-License-Identifier: GPL-3.0-or-later
// The page is complete without this, so it begins when that is shown.
'use strict';
const later = window.requestIdleCallback ?? ((f) => setTimeout(f, 1));
function addReaders() {
  const words = document.getElementById('main').dataset;
  const lang = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(lang === 'en' ? 'en-GB' : lang, { maximumFractionDigits: 1 });
  const days = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: 'UTC' });

  // The rows of the table that a figure was drawn from: it is in its link.
  function rowsOf(figure) {
    const link = figure.querySelector('a.data');
    if (!link)
      return [];
    const bytes = Uint8Array.from(atob(link.href.split(',')[1]), (c) => c.charCodeAt(0));
    const lines = new TextDecoder().decode(bytes).split('\r\n').filter((l) => l !== '');
    const cells = lines.map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)]
        .map((m) => (m[1] === undefined ? m[2] : m[1].replaceAll('""', '"'))));
    const names = cells.shift();
    return cells.map((c) => Object.fromEntries(names.map((n, i) => [n, c[i]])));
  }

  // Where the first and the last day lie on the picture, from its medians.
  function spanOf(svg) {
    let left = Infinity, right = -Infinity;
    for (const path of svg.querySelectorAll('[data-part="median"] path')) {
      const box = path.getBBox();
      left = Math.min(left, box.x);
      right = Math.max(right, box.x + box.width);
    }
    return right > left ? { left, right } : { left: 0, right: 1 };
  }

  function say(rows, date) {
    const parts = rows.filter((r) => r.date === date).map((r) => {
      const [low, middle, high] = [r.p05, r.p50, r.p95].map((v) => numbers.format(v));
      const band = words.band.replace('{low}', low).replace('{high}', high);
      return `${r.label ? `${r.label}: ` : ''}${middle}${low === high ? '' : ` (${band})`}`;
    });
    return `${days.format(new Date(`${date}T00:00:00Z`))} \u2014 ${parts.join(words.join)}`;
  }

  function addReader(figure, svg) {
    const rows = rowsOf(figure);
    const dates = [...new Set(rows.map((r) => r.date))].sort();
    if (dates.length < 2)
      return;
    let span = null; // asked for when it is needed, since it makes the page be laid out
    const box = document.createElement('div');
    const slider = document.createElement('input');
    const label = document.createElement('label');
    const output = document.createElement('output');
    const guide = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    box.className = 'reader';
    guide.setAttribute('class', 'guide');
    slider.type = 'range';
    slider.max = dates.length - 1;
    slider.value = 0;
    label.append(`${words.day} `, slider);
    box.append(label);
    addSwitches(box, svg);
    box.append(output);
    svg.parentElement.after(box);

    function show() {
      span ??= spanOf(svg);
      svg.append(guide);
      const x = span.left + (span.right - span.left) * slider.value / (dates.length - 1);
      const height = svg.viewBox.baseVal.height;
      for (const [name, value] of [['x1', x], ['x2', x], ['y1', 0], ['y2', height]])
        guide.setAttribute(name, value);
      output.textContent = say(rows, dates[slider.value]);
      slider.setAttribute('aria-valuetext', output.textContent);
    }
    slider.addEventListener('input', show);
    svg.addEventListener('pointermove', (event) => {
      span ??= spanOf(svg);
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const share = (at.x - span.left) / (span.right - span.left);
      slider.value = Math.round(Math.min(Math.max(share, 0), 1) * (dates.length - 1));
      show();
    });
    output.textContent = words.hint;
  }

  function addSwitches(box, svg) {
    box.append(words.show);
    for (const part of ['median', 'half', 'wide']) {
      const groups = svg.querySelectorAll(`[data-part="${part}"]`);
      if (groups.length === 0)
        continue;
      const tick = document.createElement('input');
      const label = document.createElement('label');
      tick.type = 'checkbox';
      tick.checked = true;
      tick.dataset.part = part;
      label.append(tick, words[part]);
      tick.addEventListener('change', () =>
        groups.forEach((g) => g.toggleAttribute('data-hidden', !tick.checked)));
      box.append(label);
    }
  }

  // One after the other, so that nobody waits for them.
  const figures = [...document.querySelectorAll('figure svg')]
    .filter((svg) => svg.querySelector('[data-part="median"]'));
  function addNext() {
    const svg = figures.shift();
    if (svg)
      addReader(svg.closest('figure'), svg);
    if (figures.length > 0)
      later(addNext);
    else
      words.ready = '';
  }
  addNext();
}
addEventListener('load', () => later(addReaders));
