// story.js - the story of one replication in a real browser. SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const assert = require('node:assert');
const path = require('node:path');
const { scratch, shortfall, show, unfold, skips, nothingWrong, accessible, fitsWidth, suite } = require('./common');

const folder = scratch();
const pages = {};
for (const [name, file, lang] of [['en', 'bamako-2025', 'en'], ['fr', 'bamako-2025', 'fr'], ['small', 'two-roads', 'en']]) {
  const page = path.join(folder, `${name}.html`);
  shortfall('trace', `scenarios/${file}.json`, '--lang', lang, '-o', page);
  pages[name] = `file://${page}`;
}


suite({
  'nothing goes wrong, and it is accessible': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address);
      await unfold(page);
      await accessible(page);
      nothingWrong(page);
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
  'it needs no JavaScript': async (browser) => {
    const page = await show(browser, pages.small, { javaScriptEnabled: false });
    const main = page.locator('main');
    assert.ok((await main.textContent()).includes('Fuel is banned on both roads.'));
    assert.ok(await main.locator('.story > li').count() > 5);
    assert.strictEqual(await main.locator('svg[role=img]').count(), 1);
    await page.locator('summary').click();
    assert.ok(await page.locator('details table').isVisible());
    nothingWrong(page);
    await page.context().close();
  },
  'it looks as the report does': async (browser) => {
    shortfall('run', 'scenarios/two-roads.json', '-n', '2', '-q', '-o', path.join(folder, 'run'));
    const look = (page) => page.evaluate(() => ['h1', 'h2', 'header p', 'footer', 'table th'].map((e) => {
      const style = getComputedStyle(document.querySelector(e));
      return [style.fontFamily, style.fontSize, style.color, style.borderTopWidth];
    }));
    const [story, report] = [await show(browser, pages.small), await show(browser, `file://${folder}/run/report.html`)];
    assert.deepStrictEqual(await look(story), await look(report));
    await story.context().close();
    await report.context().close();
  },
  'the French page is French': async (browser) => {
    const page = await show(browser, pages.fr);
    await unfold(page);
    assert.strictEqual(await page.getAttribute('html', 'lang'), 'fr');
    const text = await page.innerText('body');
    for (const word of ['Day', 'convoy', 'frontier', 'served', 'trucks', 'Petrol'])
      assert.ok(!text.split(/[^A-Za-z]+/).includes(word), word);
    await page.context().close();
  },
  'the skip link leads to the text': async (browser) => {
    const page = await show(browser, pages.en);
    await skips(page);
    await page.context().close();
  },
});
