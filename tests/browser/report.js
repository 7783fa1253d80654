// report.js - the report in a real browser. SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const assert = require('node:assert');
const child = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { scratch, shortfall, show, unfold, skips, nothingWrong, accessible, fitsWidth, suite } = require('./common');

const MB = 1e6;
const OPENS_MS = 1000;
const A4 = [595, 842]; // points
const folder = scratch();
const results = path.join(folder, 'bamako');
const small = path.join(folder, 'small');
const pages = {
  en: `file://${results}/report.html`,
  fr: `file://${folder}/fr.html`,
  small: `file://${small}/report.html`,
};

shortfall('run', 'scenarios/bamako-2025.json', '-n', '50', '-q', '-o', results);
shortfall('report', results, '--lang', 'fr', '-q', '-o', path.join(folder, 'fr.html'));
shortfall('run', 'scenarios/two-roads.json', '-n', '20', '-q', '-o', small);


// What can be read of a page but for the notes of a scenario, which speak the
// language of who wrote it.
const words = (page) => page.evaluate(() =>
  [...document.querySelectorAll('main section:not(#assumptions)')].map((s) => s.textContent).join(' '));
const headings = (page) => page.evaluate(() =>
  [...document.querySelectorAll('h1, h2')].map((h) => h.textContent));

// Pages of a PDF with their sizes in points.
function sizes(file) {
  const pdf = fs.readFileSync(file, 'latin1');
  return [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)]
    .map((m) => [Math.round(m[1]), Math.round(m[2])]);
}

suite({
  'the page of Bamako is small and opens fast': async (browser) => {
    const size = fs.statSync(path.join(results, 'report.html')).size;
    assert.ok(size < 3 * MB, `${size} bytes`);
    const took = [];
    for (let i = 0; i < 5; i++) {
      const page = await show(browser, pages.en);
      took.push(await page.evaluate(() => performance.getEntriesByType('navigation')[0].loadEventEnd));
      await page.context().close();
    }
    console.log(`# ${(size / MB).toFixed(2)} MB, opened in ${took.map(Math.round)} ms`);
    assert.ok(Math.min(...took) < OPENS_MS, `${took} ms`);
  },
  'nothing goes wrong and nothing is asked for': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address);
      nothingWrong(page);
      await page.context().close();
    }
  },
  'it is accessible': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address);
      await accessible(page);
      await page.context().close();
    }
  },
  'on a phone it fits the width': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address, { viewport: { width: 360, height: 740 }, isMobile: true });
      await unfold(page);
      await fitsWidth(page);
      await accessible(page);
      await page.context().close();
    }
  },
  'without JavaScript all of it can be read': async (browser) => {
    const page = await show(browser, pages.en, { javaScriptEnabled: false });
    const main = page.locator('main');
    for (const text of ['Hospitals \u2013 Diesel', 'Person-days without', 'Ban on fuel', 'Do the goods add up', 'SHA-256'])
      assert.ok((await main.textContent()).includes(text), text);
    assert.strictEqual(await page.locator('main svg[role=img]').count(), 5);
    assert.strictEqual(await page.locator('.reader').count(), 0);
    const details = page.locator('details').first();
    await details.locator('summary').click();
    assert.ok(await details.locator('table').isVisible());
    nothingWrong(page);
    await page.context().close();
  },
  'the data of a figure are one click away': async (browser) => {
    const page = await show(browser, pages.en, { acceptDownloads: true });
    const [download] = await Promise.all([page.waitForEvent('download'),
      page.locator('#figure-shortage a.data').click()]);
    const text = fs.readFileSync(await download.path(), 'utf8');
    assert.strictEqual(download.suggestedFilename(), 'shortage.csv');
    assert.ok(text.startsWith('panel,label,hue,date,p05,p25,p50,p75,p95\r\n1,Petrol,1,2025-07-01,'));
    nothingWrong(page);
    await page.context().close();
  },
  'a day is read with the pointer and the keyboard': async (browser) => {
    const page = await show(browser, pages.en);
    const figure = page.locator('#figure-shortage');
    const output = figure.locator('output');
    await figure.locator('svg').hover();
    const middle = await output.textContent();
    assert.match(middle, /^\d+ \w+ 2025 \u2014 Petrol: \d/);
    await figure.locator('input[type=range]').focus();
    await page.keyboard.press('Home');
    assert.match(await output.textContent(), /^1 July 2025 \u2014 Petrol: 100/);
    await page.keyboard.press('ArrowRight');
    assert.match(await output.textContent(), /^2 July 2025/);
    await page.keyboard.press('End');
    assert.match(await output.textContent(), /^28 February 2026/);
    assert.strictEqual(await figure.locator('svg .guide').count(), 1);
    await page.context().close();
  },
  'a band is hidden and shown': async (browser) => {
    const page = await show(browser, pages.en);
    const figure = page.locator('#figure-shortage');
    const band = figure.locator('svg [data-part=wide]').first();
    const tick = figure.locator('input[data-part=wide]');
    assert.ok(await band.isVisible());
    await tick.uncheck();
    assert.ok(!await band.isVisible());
    await tick.check();
    assert.ok(await band.isVisible());
    await page.context().close();
  },
  'the skip link leads to the text': async (browser) => {
    const page = await show(browser, pages.en);
    await skips(page);
    await page.context().close();
  },
  'the French page is French': async (browser) => {
    const [english, french] = [await show(browser, pages.en), await show(browser, pages.fr)];
    const [en, fr] = [await headings(english), await headings(french)];
    assert.strictEqual(en.length, 13);
    assert.strictEqual(fr.length, 13);
    en.forEach((heading, i) => assert.notStrictEqual(heading, fr[i]));
    assert.strictEqual(fr[2], 'En bref');
    const text = await words(french);
    for (const word of ['Hospitals', 'Petrol', 'shortage', 'median', 'September', 'replications', 'runs'])
      assert.ok(!text.split(/[^A-Za-z]+/).includes(word), word);
    assert.match(text, /3 septembre 2025/);
    await english.context().close();
    await french.context().close();
  },
  'printed it is a tidy A4 file': async (browser) => {
    for (const [name, address] of Object.entries(pages)) {
      const page = await show(browser, address);
      const file = path.join(folder, `${name}.pdf`);
      await page.pdf({ path: file, preferCSSPageSize: true });
      const all = sizes(file);
      assert.ok(all.length >= 5 && all.length <= 16, `${all.length} pages`);
      for (const size of all)
        size.forEach((s, i) => assert.ok(Math.abs(s - A4[i]) <= 2, `${size}`));
      await page.emulateMedia({ media: 'print' });
      for (const gone of ['nav', '.reader', '.data', '.skip'])
        assert.ok(!await page.locator(gone).first().isVisible(), gone);
      await page.context().close();
    }
  },
  'printed text is there to be found': async (browser) => {
    if (child.spawnSync('pdftotext', ['-v']).error)
      return console.log('# no pdftotext here');
    const page = await show(browser, pages.en);
    const file = path.join(folder, 'text.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const text = child.execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
    assert.match(text, /In short/);
    assert.match(text, /\b1 ?\/ ?\d+/); // numbers of pages
    await page.context().close();
    return undefined;
  },
});
