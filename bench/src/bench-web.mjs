import { startModelServer } from '@dramatis/testing/model-server/model-server';
import { get } from 'node:http';
import { chromium } from 'playwright-core';
import { findChromium } from '../../tools/test/run/chromium.mjs';
import { BenchEnvironment, say } from './environment.mjs';
import { report } from './report.mjs';
import { median, round } from './statistics.mjs';
import { lengthen, scrollWhileStreaming, showAll } from './web/long-conversation.mjs';
import { loadPage } from './web/page-loads.mjs';

const loads = 7;
const rounds = 3;
const turns = 500;
const question = 'What is the Analytical Engine, and what can it not do?';
/** As long as a good answer, with what answers have in them. */
const reply = `The Engine *weaves algebraic patterns* [1], just as the loom weaves flowers and leaves.

- It has **no pretensions** to originate anything [2];
- it can do whatever we know how to order it to perform.

| part | what it does |
|---|---|
| mill | works on numbers |
| store | keeps them |

${'Supposing, for instance, that the fundamental relations of pitched sounds were susceptible of such expression, the engine might compose elaborate pieces of music. '.repeat(6)}`;

const modelServer = await startModelServer({ behaviour: { text: reply, chunks: 8 } });
const environment = await BenchEnvironment.start({
  worker: { OPENAI_BASE_URL: modelServer.openaiBaseUrl, OPENAI_API_KEY: 'bench-key-of-no-vendor', OPENAI_MODEL: 'stand-in', OPENAI_CONTEXT_WINDOW_TOKENS: '128000' },
});
const executablePath = await findChromium({ signal: AbortSignal.timeout(600_000), report: say });
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
try {
  const context = await browser.newContext({ baseURL: environment.apiUrl, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto('/personas/ada-lovelace');
  await page.getByRole('button', { name: 'Begin a conversation' }).click();
  await page.getByRole('textbox').fill(question);
  await page.keyboard.press('Enter');
  const made = page.getByRole('button', { name: 'How this answer was made' });
  await made.waitFor();
  const address = page.url();
  const cookies = await context.cookies();
  const first = { gallery: [], conversation: [] };
  for (let load = 0; load <= loads; load += 1) {
    const gallery = await loadPage(browser, environment.apiUrl, { cookies, ready: 'dr-cast-entry' });
    const conversation = await loadPage(browser, address, { cookies, ready: 'dr-reply' });
    // The first load warms up the server.
    if (load > 0) first.gallery.push(gallery);
    if (load > 0) first.conversation.push(conversation);
  }
  say(`pages loaded ${loads} times each`);

  await lengthen(environment.env.MONGODB_URI, address.split('/').at(-1), turns);
  await page.reload();
  await showAll(page, turns);
  say(`${turns} turns are on the page`);
  const scrolls = [];
  for (let round = 0; round < rounds; round += 1) {
    modelServer.script({ text: reply.repeat(4), chunks: 300, delayMs: 30 });
    await page.getByRole('textbox').fill(question);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Stop the reply' }).waitFor();
    scrolls.push(await scrollWhileStreaming(page, { forMs: 8_000 }));
    await page.getByRole('button', { name: 'Stop the reply' }).waitFor({ state: 'detached' });
  }
  const initial = await initialScripts(environment.apiUrl);
  const of = (measured, what) => median(measured.map((one) => one[what]));
  report('web', [
    { name: 'initial JavaScript, compressed', value: round(initial / 1_000), unit: 'kB', target: { atMost: 220 } },
    { name: 'JavaScript of the gallery, as sent', value: round(of(first.gallery, 'scriptBytes') / 1_000), unit: 'kB' },
    { name: 'JavaScript of a conversation, as sent', value: round(of(first.conversation, 'scriptBytes') / 1_000), unit: 'kB' },
    { name: 'largest contentful paint, gallery', value: Math.round(of(first.gallery, 'lcpMs')), unit: 'ms', target: { atMost: 1_500 } },
    { name: 'largest contentful paint, conversation', value: Math.round(of(first.conversation, 'lcpMs')), unit: 'ms', target: { atMost: 1_500 } },
    { name: 'shift of the layout, gallery', value: round(of(first.gallery, 'cls'), 3), unit: '', target: { atMost: 0.1 } },
    { name: 'shift of the layout, conversation', value: round(of(first.conversation, 'cls'), 3), unit: '', target: { atMost: 0.1 } },
    { name: `long tasks while ${turns} turns scroll and a reply streams`, value: of(scrolls, 'count'), unit: '', target: { atMost: 0 } },
    { name: 'the longest of them', value: Math.round(of(scrolls, 'longestMs')), unit: 'ms' },
    { name: 'frames a second meanwhile', value: round(of(scrolls, 'frames') / 8), unit: '' },
  ]);
} finally {
  await browser.close();
  await modelServer.stop();
  await environment.stop();
}

/** Bytes, as sent, of the scripts that the page names: what is fetched before any route is. */
async function initialScripts(url) {
  const html = await (await fetch(url)).text();
  const names = new Set([...html.matchAll(/(?:<script[^>]+src|rel="modulepreload" href)="([^"]+\.js)"/g)].map(([, name]) => name));
  const sizes = await Promise.all([...names].map((name) => bytesOf(new URL(name, `${url}/`))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** `fetch` would unpack it. */
function bytesOf(url) {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br, gzip' } }, (response) => {
      let bytes = 0;
      response.on('data', (chunk) => (bytes += chunk.length)).on('end', () => resolve(bytes)).on('error', reject);
    }).on('error', reject);
  });
}
