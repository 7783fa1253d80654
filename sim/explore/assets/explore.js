// explore.js - the state of the page, and its talk with the program. SPDX-License-Identifier: GPL-3.0-or-later
//
// What is shown hangs on one state, which is written behind the # of the
// address and read from there: see sim/explore/state.h for its form. A change
// ends the run under way at once and starts the next one; answers come over one
// stream of events.
import { Charts, bandsCsv, drawNumbers, html, numbersCsv, speaker, whoOf } from './charts.js';
import { Controls } from './controls.js';
import { Replay } from './map.js';

const $ = (id) => document.getElementById(id);
const TAB = [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(36).padStart(2, '0')).join('').slice(0, 24);
const HOLD_MS = 80; // a slider that rests so long is run, as one that is let go
// To change the address costs a browser as much as a picture, so a run that is
// over sooner does that at its end.
const LINK_MS = 1000;
// What is shown of the state before pales when nothing newer has come so long;
// sooner that is but a flicker, and as dear as a picture.
const PALE_MS = 250;

let say, words, description, charts, controls, replay, stream;
let job = 0, wanted = 0, storyJob = 0, editing = 0, deaths = 0;
let asked = 0, askedFor = '', isLinkOld = false, firstMs = null, latest = null, isRunning = false, timer = null, paleTimer = null, lastStory = '';

// ---- The state ---------------------------------------------------------------

const fresh = () => ({ file: '', levers: new Set(), sets: new Map() });
const state = { sides: [fresh(), fresh()], hasB: false, n: 100, seed: '', rep: 0, told: 'a', day: null, show: 'served_frac', who: '' };

const quote = (text) => encodeURIComponent(text).replace(/%2F/g, '/').replace(/%3D/g, '=');

// What has to be run: the text that the program reads.
function query() {
  const out = [];
  state.sides.forEach((side, i) => {
    const letter = i ? 'b' : 'a';
    if (i && !state.hasB)
      return;
    if (i || side.file)
      out.push(`${letter}=${quote(side.file)}`);
    for (const lever of side.levers)
      out.push(`${letter}l=${quote(lever)}`);
    for (const [pointer, value] of side.sets)
      out.push(`${letter}s=${quote(`${pointer}=${value}`)}`);
  });
  out.push(`n=${state.n}`);
  if (state.seed)
    out.push(`seed=${state.seed}`);
  return out.join('&');
}

const storyQuery = () => `${query()}&rep=${state.rep}&side=${state.hasB ? state.told : 'a'}`;

const whoQuery = () => state.who ? `&who=${quote(state.who)}` : '';

function link() {
  const day = state.day === null ? '' : `&day=${state.day}`;
  return `${storyQuery()}${day}&show=${state.show}${whoQuery()}`;
}

function remember() {
  isLinkOld = false;
  history.replaceState(null, '', `${location.pathname}${location.search}#${link()}`);
}

function recall() {
  state.sides = [fresh(), fresh()];
  state.hasB = false;
  state.who = '';
  for (const pair of location.hash.slice(1).split('&')) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at);
    let value = pair.slice(at + 1);
    try {
      value = decodeURIComponent(value);
    } catch { /* taken as it is; the program says what is wrong */ }
    const side = state.sides[key[0] === 'b' ? 1 : 0];
    if (/^b[ls]?$/.test(key))
      state.hasB = true;
    if (key === 'a' || key === 'b')
      side.file = value;
    else if (key === 'al' || key === 'bl')
      side.levers.add(value);
    else if (key === 'as' || key === 'bs') {
      // What is no number stays as it is: the program says what is wrong.
      const cut = value.lastIndexOf('='), text = value.slice(cut + 1);
      side.sets.set(value.slice(0, cut), text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text);
    }
    else if (key === 'n' && Number(value) > 0)
      state.n = Number(value);
    else if (key === 'seed' && /^\d+$/.test(value))
      state.seed = value;
    else if (key === 'rep' && /^\d+$/.test(value))
      state.rep = Number(value);
    else if (key === 'side')
      state.told = value === 'b' ? 'b' : 'a';
    else if (key === 'day' && /^\d+$/.test(value))
      state.day = Number(value);
    else if (key === 'show' && ['served_frac', 'cover_days'].includes(value))
      state.show = value;
    else if (key === 'who' && description.classes.some((c) => c.id === value))
      state.who = value;
  }
}

// ---- Asking ------------------------------------------------------------------

function complain(text) {
  $('trouble').textContent = text || '';
  $('trouble').hidden = !text;
}

async function post(verb, number, body) {
  try {
    const answer = await fetch(`${verb}?tab=${TAB}&job=${number}&lang=${say.code}`, { method: 'POST', body });
    if (!answer.ok)
      throw new Error(say.word('refused', (await answer.text()).trim()));
  } catch (error) {
    finish();
    complain(error instanceof TypeError ? say.word('server_gone') : error.message);
  }
}

function pending(on) {
  clearTimeout(paleTimer);
  for (const id of ['charts', 'key'])
    $(id).classList.toggle('is-pending', on);
}

function finish() {
  isRunning = false;
  $('cancel').disabled = true;
  if (isLinkOld)
    remember();
}

function run() {
  clearTimeout(timer);
  timer = null;
  wanted = ++job;
  asked = performance.now();
  askedFor = query();
  firstMs = null;
  isRunning = true;
  delete $('status').dataset.totalMs;
  delete $('status').dataset.firstMs;
  $('cancel').disabled = false;
  $('progress').value = 0;
  $('progress').max = state.n;
  $('progress-text').textContent = say.word('waiting');
  complain('');
  clearTimeout(paleTimer);
  paleTimer = setTimeout(() => pending(true), PALE_MS);
  isLinkOld = true;
  post('run', wanted, `${askedFor}${whoQuery()}&lang=${say.code}`);
  $('get-scenario').href = `file?${askedFor}&side=${state.hasB && editing ? 'b' : 'a'}&lang=${say.code}`;
}

// The story is calculated when nothing else is.
function tellStory() {
  const text = storyQuery();
  if (text === lastStory)
    return;
  lastStory = text;
  storyJob = ++job;
  post('tell', storyJob, `${text}&lang=${say.code}`);
}

function drop() {
  if (!isRunning)
    return;
  post('drop', 0, '');
  finish();
}

// A slider that is let go where it has rested runs already.
function changed(isFinal) {
  if (isFinal && isRunning && askedFor === query())
    return;
  isLinkOld = false; // what comes now will be in it
  drop();
  clearTimeout(timer);
  wanted = -1;
  if (isFinal)
    run();
  else
    timer = setTimeout(run, HOLD_MS);
}

function cancel() {
  if (!isRunning)
    return;
  drop();
  wanted = -1;
  pending(false);
  const done = latest && latest.job === job ? latest.sides.at(-1).done : 0;
  $('progress-text').textContent = say.word('cancelled', say.whole(done), say.whole(state.n));
}

// ---- Answers -----------------------------------------------------------------

function progress(message) {
  const sides = message.sides;
  const done = Math.min(...sides.map((s) => s.done));
  const seconds = (ms) => say.word('finished', say.whole(done), new Intl.NumberFormat(say.lang, { maximumFractionDigits: 1, minimumFractionDigits: 1 }).format(ms / 1000));
  $('progress').max = sides[0].n;
  $('progress').value = done;
  const ms = performance.now() - asked;
  if (firstMs === null) {
    firstMs = ms;
    $('status').dataset.firstMs = ms.toFixed(0);
  }
  $('status').dataset.done = done;
  let text = message.is_over ? seconds(ms) : say.word('progress', say.whole(done), say.whole(sides[0].n));
  const failed = sides.reduce((all, s) => all + s.failed, 0);
  if (failed)
    text += ` ${say.word('some_failed', say.whole(failed), message.problem)}`;
  $('progress-text').textContent = text;
  if (!message.is_over) {
    if (isLinkOld && ms > LINK_MS)
      remember();
    return;
  }
  $('status').dataset.totalMs = ms.toFixed(0);
  finish();
  deaths = 0;
  tellStory();
}

// Classes of users that nobody looked at when a run began come with its last
// message.
function redraw() {
  const isThere = !state.who || latest.is_over || latest.sides[0].series.some((o) => whoOf(o.name) === state.who);
  pending(!isThere);
  if (!isThere)
    return;
  charts.draw(latest, state.who ? 'served_frac' : state.show, state.who);
  drawNumbers($('key'), say, latest, description.commodities, state.who);
}

function onBands(message) {
  if (message.job !== wanted)
    return;
  latest = message;
  redraw();
  progress(message);
}

function onDied(message) {
  deaths += 1;
  finish();
  complain(say.word('runner_died', message.how));
  lastStory = '';
  if (deaths < 4)
    setTimeout(() => { const text = $('trouble').textContent; run(); complain(text); }, 300);
}

function onMessage(event) {
  const message = JSON.parse(event.data);
  if (message.kind === 'hello') {
    complain('');
    run();
  } else if (message.kind === 'bands')
    onBands(message);
  else if (message.kind === 'story' && message.job === storyJob) {
    if (message.message)
      complain(message.message);
    else
      replay.take(message, state.day ?? Math.floor(message.entries.find((e) => e[1] === 'event')?.[0] ?? 0));
  } else if (message.kind === 'died')
    onDied(message);
  else if (message.kind === 'gone') {
    finish();
    stream.close();
    complain(say.word('runner_gone'));
  } else if (message.kind === 'error' && (message.job === wanted || message.job === storyJob)) {
    finish();
    pending(false);
    $('progress-text').textContent = '';
    complain(say.word('refused', message.message));
  }
}

function listen() {
  stream = new EventSource(`events?tab=${TAB}`);
  stream.onmessage = onMessage;
  stream.onerror = () => complain(say.word('server_gone'));
}

// ---- The page -------------------------------------------------------------------

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok)
    throw new Error((await answer.text()).trim());
  return answer.json();
}

const described = new Map();
async function describe(file) {
  if (!described.has(file))
    described.set(file, await read(`scenario?a=${quote(file)}&lang=${say.code}`));
  return described.get(file);
}

async function showSide() {
  const side = state.sides[editing];
  let of = description;
  try {
    of = await describe(side.file);
  } catch (error) {
    complain(say.word('refused', error.message));
  }
  document.querySelector('.controls').classList.toggle('editing-b', editing === 1);
  $('file').value = side.file;
  controls.show({ ...of, levers: description.levers }, side);
}

function showState() {
  $('compare').checked = state.hasB;
  $('sides').hidden = !state.hasB;
  $('dashes-about').hidden = !state.hasB;
  $('told-row').hidden = !state.hasB;
  $('told').value = state.told;
  document.querySelector(`input[name=side][value="${editing}"]`).checked = true;
  $('n').value = state.n;
  $('seed').value = state.seed;
  $('seed').placeholder = description.seed;
  $('rep').value = state.rep;
  $('show').value = state.who ? 'served_frac' : state.show;
  $('show').disabled = state.who !== '';
  $('who').value = state.who;
}

function save(name, text) {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv' }));
  const a = html('a', { href: url, download: name });
  a.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function connectCompare() {
  $('compare').addEventListener('change', () => {
    state.hasB = $('compare').checked;
    const from = state.sides[0];
    state.sides[1] = { file: from.file, levers: new Set(from.levers), sets: new Map(from.sets) };
    editing = state.hasB ? 1 : 0;
    if (!state.hasB)
      state.told = 'a';
    showState();
    showSide();
    changed(true);
  });
  for (const radio of document.querySelectorAll('input[name=side]'))
    radio.addEventListener('change', () => { editing = Number(radio.value); showSide(); });
  $('file').addEventListener('change', () => {
    Object.assign(state.sides[editing], { file: $('file').value, sets: new Map() });
    showSide();
    changed(true);
  });
  $('reset').addEventListener('click', () => {
    Object.assign(state.sides[editing], { levers: new Set(), sets: new Map() });
    showSide();
    changed(true);
  });
}

function connectRun() {
  const number = (input, low, high, take) => input.addEventListener('change', () => {
    const value = Math.round(Number(input.value));
    const isGood = input.value !== '' && value >= low && value <= high;
    input.toggleAttribute('aria-invalid', !isGood);
    if (isGood)
      take(value);
    else
      complain(say.word('expected', input.value, say.whole(low), say.whole(high)));
  });
  number($('n'), 2, 1000, (v) => { state.n = v; changed(true); });
  number($('rep'), 0, 999999, (v) => { state.rep = v; remember(); tellStory(); });
  $('seed').addEventListener('change', () => {
    const text = $('seed').value.trim();
    if (!/^\d{0,19}$/.test(text)) {
      complain(say.word('not_number', '0', '9999999999999999999'));
      return;
    }
    state.seed = text;
    changed(true);
  });
  $('told').addEventListener('change', () => { state.told = $('told').value; remember(); tellStory(); });
  $('show').addEventListener('change', () => {
    state.show = $('show').value;
    remember();
    if (latest)
      redraw();
  });
  $('who').addEventListener('change', () => {
    state.who = $('who').value;
    showState();
    remember();
    if (latest)
      redraw();
  });
  $('cancel').addEventListener('click', cancel);
}

function connectDownloads() {
  $('copy').addEventListener('click', async () => {
    remember();
    try {
      await navigator.clipboard.writeText(location.href);
      $('copied').textContent = say.word('link_copied');
    } catch {
      $('copied').textContent = location.href;
    }
  });
  $('get-bands').addEventListener('click', () => latest && save('explored-bands.csv', bandsCsv(latest)));
  $('get-numbers').addEventListener('click', () => latest && save('explored-numbers.csv', numbersCsv(latest)));
  addEventListener('hashchange', () => { recall(); editing = state.hasB ? 1 : 0; showState(); showSide(); lastStory = ''; changed(true); });
}

function fill() {
  document.documentElement.lang = words.lang;
  document.documentElement.dir = words.dir;
  for (const e of document.querySelectorAll('[data-word]'))
    e.textContent = say.word(e.dataset.word);
  document.title = `${description.title} – Shortfall`;
  $('title').textContent = description.title;
  $('about').textContent = description.description;
  $('map-about').textContent = say.word('map_about');
  const names = { en: 'English', fr: 'Français' };
  $('language').replaceChildren(...words.languages.map((l) => html('option', { value: l, selected: l === words.lang }, names[l] || l)));
  $('language').addEventListener('change', () => {
    remember();
    location.search = `?lang=${$('language').value}`;
  });
  $('show').replaceChildren(...['served_frac', 'cover_days'].map((m) => html('option', { value: m }, say.word(m))));
  $('who').replaceChildren(html('option', { value: '' }, say.word('all_users')), ...description.classes.map((c) => html('option', { value: c.id }, say.sentence(c.title))));
  $('who-row').hidden = description.classes.length === 0;
  $('file').replaceChildren(...description.scenarios.map((f, i) => html('option', { value: i ? f.file : '' }, f.title)));
  $('file-row').hidden = description.scenarios.length < 2;
}

async function start() {
  const lang = new URLSearchParams(location.search).get('lang');
  const inLang = lang ? `&lang=${encodeURIComponent(lang)}` : '';
  words = await read(`words?${inLang.slice(1)}`);
  say = speaker(words.lang, words.words);
  description = await describe('');
  recall();
  editing = state.hasB ? 1 : 0;
  fill();
  charts = new Charts($('charts'), say, description.commodities);
  controls = new Controls(say, changed);
  replay = new Replay(say, description, (day, isAtRest) => {
    state.day = day;
    if (isAtRest)
      remember();
  });
  showState();
  showSide();
  connectCompare();
  connectRun();
  connectDownloads();
  listen();
}

start().catch((error) => complain(error.message));
