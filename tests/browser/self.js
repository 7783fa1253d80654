// self.js - the tools of browser tests can fail. SPDX-License-Identifier: GPL-3.0-or-later
'use strict';

const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');
const { scratch, open, nothingWrong, accessible, fitsWidth, suite } = require('./common');

const folder = scratch();

async function show(browser, html) {
  const file = path.join(folder, 'page.html');
  fs.writeFileSync(file, `<!DOCTYPE html><html lang="en"><title>t</title><main><h1>t</h1>${html}</main></html>`);
  const context = await browser.newContext({ viewport: { width: 360, height: 640 } });
  return open(context, `file://${file}`);
}

suite({
  'a tidy page passes': async (browser) => {
    const page = await show(browser, '<p>text</p>');
    await accessible(page);
    await fitsWidth(page);
    nothingWrong(page);
  },
  'an error on the console is seen': async (browser) => {
    const page = await show(browser, '<script>console.error("x")</script>');
    assert.throws(() => nothingWrong(page));
  },
  'an exception is seen': async (browser) => {
    const page = await show(browser, '<script>throw new Error("x")</script>');
    assert.throws(() => nothingWrong(page));
  },
  'a request that leaves the machine is seen': async (browser) => {
    const page = await show(browser, '<img alt="x" src="http://192.0.2.1:9/x.png">');
    assert.throws(() => nothingWrong(page));
  },
  'a picture without a text is seen': async (browser) => {
    const page = await show(browser, '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">');
    await assert.rejects(() => accessible(page));
  },
  'a page that is too wide is seen': async (browser) => {
    const page = await show(browser, '<div style="width:1000px">x</div>');
    await assert.rejects(() => fitsWidth(page));
  },
});
