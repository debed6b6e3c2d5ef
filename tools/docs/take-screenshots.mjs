#!/usr/bin/env node
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { prepareStage } from './stage.mjs';
import { pages, settled } from './pages.mjs';
import { galleryOf } from './screenshot-index.mjs';

const help = `npm run screenshots -- [--url http://localhost:3000] [--only <part of a page's name>]

Takes pictures of every page, wide and narrow, light and dark, into docs/screenshots, and writes their index. The product
must run on data that is fresh, as after \`DRAMATIS_DATA=<an empty folder> npm start\`: the script makes its first account,
which is the admin, and all that the pages show. CHROMIUM_PATH names the browser.`;

const { values: options } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:3000' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  console.log(help);
  process.exit();
}

const folder = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
/** @type {readonly { name: string, viewport: { width: number, height: number }, colorScheme: 'light' | 'dark' }[]} */
const looks = [
  { name: 'wide-light', viewport: { width: 1280, height: 800 }, colorScheme: 'light' },
  { name: 'wide-dark', viewport: { width: 1280, height: 800 }, colorScheme: 'dark' },
  { name: 'narrow-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'narrow-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
];

await mkdir(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
/** @type {string[]} */
const failures = [];
try {
  const stage = await prepareStage(options.url);
  for (const { name: look, ...context } of looks) {
    /** @type {import('playwright-core').BrowserContextOptions} */
    const circumstances = { baseURL: options.url, reducedMotion: 'reduce', locale: 'en', ...context };
    const visitor = await browser.newContext(circumstances);
    const signedIn = await browser.newContext(circumstances);
    await signedIn.addCookies(stage.cookies);
    for (const page of pages) {
      if (!page.name.includes(options.only)) continue;
      const tab = await (page.visitor ? visitor : signedIn).newPage();
      tab.setDefaultTimeout(15_000);
      try {
        await tab.goto(typeof page.path === 'function' ? page.path(stage) : page.path);
        await settled(tab);
        await page.ready?.(tab, stage);
        await writeFile(join(folder, `${page.name}-${look}.webp`), await picture(tab));
        console.error(`${page.name}-${look}`);
      } catch (error) {
        const failure = `${page.name}-${look}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
        failures.push(failure);
        console.error(failure);
      } finally {
        await tab.close();
      }
    }
    await visitor.close();
    await signedIn.close();
  }
  await writeFile(join(folder, 'README.md'), galleryOf(pages, looks));
} finally {
  await browser.close();
}
if (failures.length > 0) process.exitCode = 1;

/**
 * What the tab shows, as WebP: a fraction of a PNG's size.
 *
 * @param {import('playwright-core').Page} tab
 */
async function picture(tab) {
  const session = await tab.context().newCDPSession(tab);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 72 });
  return Buffer.from(data, 'base64');
}
