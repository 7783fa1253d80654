// common.js - what browser tests share. SPDX-License-Identifier: GPL-3.0-or-later
//
// A test file calls suite() with named tests; each gets a fresh browser
// context. Pages are watched: an error on the console, an exception, or a
// request that leaves the machine fails the test.
'use strict';

const assert = require('node:assert');
const child = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { chromium } = require('playwright-core');

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// A folder that goes when the process ends.
function scratch() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shortfall-browser-'));
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

// Runs the program to its end and returns what it printed; a status other than
// 0 fails.
function shortfall(...words) {
  return child.execFileSync(process.env.SHORTFALL, words,
    { cwd: process.env.ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

// A page on which anything wrong is remembered in page.wrongs.
async function open(context, address) {
  const page = await context.newPage();
  page.wrongs = [];
  page.on('console', (m) => {
    if (m.type() === 'error' || m.type() === 'warning')
      page.wrongs.push(`console: ${m.text()}`);
  });
  page.on('pageerror', (e) => page.wrongs.push(`exception: ${e.message}`));
  page.on('request', (r) => {
    const url = new URL(r.url());
    const isHere = ['file:', 'data:', 'blob:', 'about:'].includes(url.protocol)
      || ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    if (!isHere)
      page.wrongs.push(`request to ${url.origin}`);
  });
  await page.goto(address);
  return page;
}

// Fails when something went wrong on the page so far.
function nothingWrong(page) {
  assert.deepStrictEqual(page.wrongs, []);
}

// Fails when axe-core finds an issue that is serious or critical. The page must
// allow scripts.
async function accessible(page) {
  await page.evaluate(fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
  const serious = found.violations
    .filter((v) => ['serious', 'critical'].includes(v.impact))
    .map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html).join(' | ')}`);
  assert.deepStrictEqual(serious, []);
}

// Fails when the page as a whole can be scrolled sideways.
async function fitsWidth(page) {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth)
      return [];
    return [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5).map((e) => e.outerHTML.slice(0, 100));
  });
  assert.deepStrictEqual(wide, []);
}

// Runs the tests one by one and ends the process: { 'what holds': async (browser) => ... }.
// Words on the command line choose tests whose name holds them.
async function suite(tests) {
  const words = process.argv.slice(2);
  const browser = await chromium.launch(
    { executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: FLAGS });
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    if (words.length > 0 && !words.some((w) => name.includes(w)))
      continue;
    try {
      await test(browser);
      console.log(`ok - ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok - ${name}\n${error.stack}`);
    }
  }
  await browser.close();
  process.exit(failed === 0 ? 0 : 1);
}

// A page in a window of its own; of a report, with all its readers.
async function show(browser, address, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await open(context, address);
  if (options.javaScriptEnabled !== false)
    await page.waitForFunction(() => {
      const main = document.getElementById('main');
      return !main?.dataset.band || main.dataset.ready !== undefined;
    });
  return page;
}

// Opens all that is folded.
const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));

// The first key leads past what is on every page.
async function skips(page) {
  await page.keyboard.press('Tab');
  assert.strictEqual(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.strictEqual(await page.evaluate(() => document.activeElement.id), 'main');
}

module.exports = { scratch, shortfall, open, show, unfold, skips, nothingWrong, accessible, fitsWidth, suite };
