// explore.js - the page of "shortfall explore" in a browser. SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const assert = require('node:assert');
const child = require('node:child_process');
const { open, nothingWrong, accessible, fitsWidth, suite } = require('./common');

const BANS = '/models/drivers/announcement_risk';

// Starts the program, runs a test on its page, ends the program. The page is
// the answer to `address` with what stands behind it.
async function serve(browser, test, options = {}) {
  const program = child.spawn(process.env.SHORTFALL, ['explore', options.file || 'scenarios/two-roads.json'],
    { cwd: process.env.ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => program.on('exit', done));
  try {
    const address = await new Promise((done) => program.stdout.on('data', (d) => {
      const found = String(d).match(/http:\S+/);
      if (found)
        done(found[0]);
    }));
    const context = await browser.newContext({ viewport: options.viewport || { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await test({ address, context, program });
    await context.close();
  } finally {
    program.kill('SIGINT');
    assert.strictEqual(await ended, 0);
  }
}

const over = (page) => page.waitForSelector('#status[data-total-ms]', { timeout: 120000 });
const curve = (page) => page.getAttribute('#charts > .good:first-child .wide', 'd');
const numbers = (page) => page.innerText('#key');

// Moves a slider as a hand does, to a share of its width.
async function drag(page, pointer, share, isReleased = true) {
  const slider = page.locator(`input[data-pointer="${pointer}"]`);
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 5 });
  if (isReleased)
    await page.mouse.up();
}

suite({
  'a slider moves the bands': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, address);
    await over(page);
    const before = await curve(page);
    await drag(page, BANS, 0.02);
    await page.waitForFunction((old) => document.querySelector('#charts > .good:first-child .wide').getAttribute('d') !== old, before);
    await over(page);
    assert.notStrictEqual(await curve(page), before);
    assert.match(page.url(), /#.*as=\/models\/drivers\/announcement_risk=/);
    await accessible(page);
    nothingWrong(page);
  }),
  'a slider that rests runs already, and is not run again when it is let go': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#n=1000`);
    await page.waitForSelector('#status[data-first-ms]');
    let runs = 0;
    page.on('request', (r) => { runs += /\/run\?/.test(r.url()); });
    await drag(page, BANS, 0.9, false);
    await page.waitForRequest(/\/run\?/);
    await page.mouse.up();
    await over(page);
    assert.strictEqual(runs, 1);
    assert.match(page.url(), /#.*as=\/models\/drivers\/announcement_risk=/);
    const was = await numbers(page);
    await page.reload();
    await over(page);
    assert.strictEqual(await numbers(page), was);
    nothingWrong(page);
  }),
  'a run can be cancelled, and a change cancels it': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#n=1000`);
    await page.waitForSelector('#status[data-first-ms]');
    await page.click('#cancel');
    assert.match(await page.innerText('#progress-text'), /Cancelled/);
    assert.ok(await page.isDisabled('#cancel'));
    await page.waitForTimeout(400);
    assert.strictEqual(await page.getAttribute('#status', 'data-total-ms'), null);
    await drag(page, BANS, 0.9);
    await page.waitForSelector('#status[data-first-ms]');
    await page.fill('#n', '20');
    await page.press('#n', 'Enter');
    await over(page);
    assert.strictEqual(await page.getAttribute('#status', 'data-done'), '20');
    nothingWrong(page);
  }),
  'a link brings the same numbers back, in a second tab too': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#as=${BANS}=5.5&n=40&seed=7&show=cover_days&day=12`);
    await over(page);
    const [was, drawn] = [await numbers(page), await curve(page)];
    assert.strictEqual(await page.inputValue(`input[data-pointer="${BANS}"]`), '5.5');
    const link = page.url();
    await page.reload();
    await over(page);
    assert.strictEqual(await numbers(page), was);
    assert.strictEqual(await curve(page), drawn);
    const other = await open(context, link);
    await over(other);
    assert.strictEqual(await numbers(other), was);
    await drag(other, BANS, 0.02);
    await over(other);
    assert.notStrictEqual(await numbers(other), was);
    assert.strictEqual(await numbers(page), was);
    nothingWrong(page);
    nothingWrong(other);
  }),
  'one class of users can be looked at, hospitals first': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#n=40&seed=7`);
    await over(page);
    const [all, drawn] = [await numbers(page), await curve(page)];
    const ids = await page.$$eval('#who option', (options) => options.map((o) => o.value));
    assert.deepStrictEqual(ids.slice(0, 2), ['', 'hospital']);
    assert.ok(ids.length > 2);
    await page.selectOption('#who', 'hospital');
    assert.notStrictEqual(await curve(page), drawn);
    const hospital = await numbers(page);
    assert.notStrictEqual(hospital, all);
    assert.ok(!hospital.includes('The whole country'));
    assert.ok(!await page.isVisible('#dashes-about'));
    assert.ok(await page.isDisabled('#show'));
    assert.match(page.url(), /&who=hospital/);
    await page.reload();
    await over(page);
    assert.strictEqual(await page.inputValue('#who'), 'hospital');
    assert.strictEqual(await numbers(page), hospital);
    await drag(page, BANS, 0.02);
    await over(page);
    assert.notStrictEqual(await numbers(page), hospital);
    await accessible(page);
    await page.selectOption('#who', '');
    assert.match(await numbers(page), /The whole country/);
    nothingWrong(page);
  }),
  'bands of the class that is looked at come in while runs are made': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#n=300&who=hospital`);
    const early = await page.waitForFunction(() => {
      const { firstMs, totalMs } = document.getElementById('status').dataset;
      const drawn = document.querySelector('#charts > .good .wide');
      return firstMs && (totalMs ? 'all runs were made first' : drawn.getAttribute('d'));
    });
    assert.match(await early.jsonValue(), /^M\d/);
    assert.strictEqual(await page.locator('.is-pending').count(), 0);
    await page.selectOption('#who', (await page.$$eval('#who option', (options) => options.at(-1).value)));
    assert.strictEqual(await page.locator('.is-pending').count(), 2);
    await over(page);
    assert.strictEqual(await page.locator('.is-pending').count(), 0);
    nothingWrong(page);
  }, { file: 'scenarios/bamako-2025.json' }),
  'two scenarios stand side by side': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, address);
    await over(page);
    await page.check('#compare');
    await over(page);
    assert.match(await numbers(page), /the same in every run/);
    await drag(page, BANS, 0.02);
    await over(page);
    assert.match(await numbers(page), /(fewer|more) by/);
    assert.strictEqual(await page.locator('#charts > .good:first-child svg').count(), 2);
    assert.ok(await page.isVisible('#dashes-about'));
    assert.match(page.url(), /b=&bs=/);
    await page.locator('#charts > .good:first-child svg').first().focus();
    await page.keyboard.press('End');
    assert.match(await page.locator('#charts > .good:first-child .readout').first().innerText(), /30 April 2030 \(day 119\): median/);
    await accessible(page);
    nothingWrong(page);
  }),
  'what is out of range says what was expected': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#as=${BANS}=99`);
    await page.waitForSelector('#trouble:not([hidden])');
    assert.match(await page.innerText('#trouble'), /99 is out of range; expected 0 to 20/);
    const box = page.locator('.number', { has: page.locator(`input[data-pointer="${BANS}"]`) });
    await box.locator('input[type=number]').fill('-3');
    await box.locator('input[type=number]').press('Enter');
    assert.match(await box.locator('.wrong').innerText(), /Expected: 0 to 20/);
    await box.locator('input[type=number]').fill('3');
    await box.locator('input[type=number]').press('Enter');
    await over(page);
    nothingWrong(page);
  }),
  'the map goes day by day with its story': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, address);
    await over(page);
    await page.waitForSelector('#story li.event');
    const before = await page.innerText('#day-text');
    await page.click('#forth');
    assert.notStrictEqual(await page.innerText('#day-text'), before);
    await page.click('#play');
    await page.waitForFunction(() => Number(document.getElementById('day').value) > 40);
    await page.click('#play');
    assert.match(page.url(), /day=\d+/);
    await page.locator('#day').focus();
    await page.keyboard.press('Home');
    assert.match(await page.innerText('#map-text'), /1 January 2030: \d+ loaded trucks entered the roads into Kessa/);
    nothingWrong(page);
  }),
  'in French, on a phone': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}?lang=fr#b=&bs=${BANS}=5.2`);
    await over(page);
    assert.strictEqual(await page.getAttribute('html', 'lang'), 'fr');
    assert.match(await page.innerText('#bands-title'), /Jour par jour/);
    await page.waitForSelector('#story li');
    await fitsWidth(page);
    await accessible(page);
    nothingWrong(page);
  }, { viewport: { width: 360, height: 740 } }),
  'files can be kept, and are read by the program': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, `${address}#as=${BANS}=5.5&n=10`);
    await over(page);
    const wait = page.waitForEvent('download');
    await page.click('#get-bands');
    const csv = require('node:fs').readFileSync(await (await wait).path(), 'utf8');
    assert.match(csv, /scenario,date,day,place,commodity,class,measure,p05/);
    const file = await page.evaluate(async () => (await fetch(document.getElementById('get-scenario').href)).json());
    assert.strictEqual(file.extends, 'two-roads.json');
    assert.strictEqual(file.models.drivers.announcement_risk, 5.5);
    nothingWrong(page);
  }),
  'a runner that is killed is replaced': async (browser) => serve(browser, async ({ address, context, program }) => {
    const page = await open(context, `${address}#n=20`);
    await over(page);
    const below = (pid) => require('node:fs').readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0];
    process.kill(Number(below(below(program.pid))), 'SIGKILL');
    await page.waitForSelector('#trouble:not([hidden])');
    assert.match(await page.innerText('#trouble'), /signal 9.*calculating again/i);
    await over(page);
    nothingWrong(page);
  }),
  'Bamako: how long new bands take': async (browser) => serve(browser, async ({ address, context }) => {
    const page = await open(context, address);
    await over(page);
    for (const share of [0.3, 0.6, 0.8]) {
      await drag(page, '/models/willingness/announcement_risk', share);
      await over(page);
      const d = await page.evaluate(() => ({ ...document.getElementById('status').dataset }));
      console.log(`# first bands after ${d.firstMs} ms, ${d.done} runs after ${d.totalMs} ms`);
    }
    nothingWrong(page);
  }, { file: 'scenarios/bamako-2025.json' }),
});
