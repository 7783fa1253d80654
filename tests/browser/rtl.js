// rtl.js - pages in a language that is written from right to left. SPDX-License-Identifier: GPL-3.0-or-later
//
// ar.po holds a handful of texts; a scenario with Arabic titles is run with it.
'use strict';

const assert = require('node:assert');
const child = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { scratch, shortfall, show, unfold, nothingWrong, accessible, fitsWidth, suite } = require('./common');

const SCENARIO = 'tests/golden/arabic.json';
const folder = scratch();
const catalogues = path.join(folder, 'po');
const pages = { report: `file://${folder}/run/report.html`, story: `file://${folder}/story.html` };

fs.mkdirSync(catalogues);
child.execFileSync('msgfmt', ['--check-format', '-o', path.join(catalogues, 'ar.mo'), path.join(__dirname, 'ar.po')]);
process.env.G_RESOURCE_OVERLAYS = `/shortfall/po=${catalogues}`;
shortfall('run', SCENARIO, '-n', '8', '-q', '--lang', 'ar', '-o', path.join(folder, 'run'));
shortfall('trace', SCENARIO, '--lang', 'ar', '-o', path.join(folder, 'story.html'));


// How far an element's text begins from the right edge of the page's column.
const fromRight = (page, selector) => page.evaluate((s) => {
  const range = document.createRange();
  range.selectNodeContents(document.querySelector(s));
  return document.body.getBoundingClientRect().right - range.getBoundingClientRect().right;
}, selector);
const left = (page, selector) => page.locator(selector).first().evaluate((e) => e.getBoundingClientRect().left);

suite({
  'the page says its language and direction': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address);
      assert.strictEqual(await page.getAttribute('html', 'lang'), 'ar');
      assert.strictEqual(await page.getAttribute('html', 'dir'), 'rtl');
      nothingWrong(page);
      await page.context().close();
    }
  },
  'text begins at the right': async (browser) => {
    for (const [address, heading] of [[pages.report, '#headline h2'], [pages.story, '#chain h2']]) {
      const page = await show(browser, address);
      for (const selector of ['h1', heading])
        assert.ok(await fromRight(page, selector) < 40, selector);
      await page.context().close();
    }
  },
  'the first column is at the right': async (browser) => {
    const page = await show(browser, pages.report);
    const row = '#service thead th';
    assert.strictEqual(await page.locator(row).first().textContent(), 'من');
    assert.ok(await left(page, `${row}:first-child`) > await left(page, `${row}:nth-child(2)`));
    await page.context().close();
  },
  'curves run from left to right, and so does their slider': async (browser) => {
    const page = await show(browser, pages.report);
    const figure = page.locator('#figure-shortage');
    const guide = async () => Number(await figure.locator('.guide').getAttribute('x1'));
    await figure.locator('input[type=range]').focus();
    await page.keyboard.press('End');
    const last = await guide();
    await page.keyboard.press('Home');
    assert.ok(await guide() < last);
    assert.strictEqual(await figure.locator('input[type=range]').evaluate((e) => getComputedStyle(e).direction), 'ltr');
    await page.context().close();
  },
  'labels of figures are Arabic and stand where they should': async (browser) => {
    const page = await show(browser, pages.report);
    const figure = page.locator('#figure-shortage svg');
    assert.match(await figure.textContent(), /حصة الطلب الملبى، مدينة كيسا/);
    const label = figure.locator('text', { hasText: /^\s*وقود\s*$/ }).first();
    const [picture, box] = [await figure.boundingBox(), await label.boundingBox()];
    assert.ok(box.x > picture.x && box.x + box.width < picture.x + picture.width / 2, 'a panel\'s name is above its left end');
    await page.context().close();
  },
  'it is accessible, and fits a phone': async (browser) => {
    for (const address of Object.values(pages)) {
      const page = await show(browser, address, { viewport: { width: 360, height: 740 }, isMobile: true });
      await unfold(page);
      await accessible(page);
      await fitsWidth(page);
      await page.context().close();
    }
  },
});
