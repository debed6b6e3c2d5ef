import { setTimeout as delay } from 'node:timers/promises';

/** A good mobile network and a machine half as fast as this one: what a page's first sight is measured on. */
export const throttle = { latencyMs: 40, downloadKilobitsPerSecond: 10_000, uploadKilobitsPerSecond: 5_000, slowerProcessor: 2 };

/**
 * Opens the address in a browser that has seen nothing yet.
 * @param {import('playwright-core').Browser} browser
 * @returns {Promise<{ lcpMs: number, cls: number, scriptBytes: number }>} time of the largest contentful paint, shift of the layout, bytes of JavaScript as sent
 */
export async function loadPage(browser, url, { cookies = [], ready }) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
  try {
    await context.addCookies(cookies);
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let scriptBytes = 0;
    const scripts = new Set();
    session.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => scripts.has(requestId) && (scriptBytes += encodedDataLength));
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: throttle.latencyMs,
      downloadThroughput: (throttle.downloadKilobitsPerSecond * 1_000) / 8,
      uploadThroughput: (throttle.uploadKilobitsPerSecond * 1_000) / 8,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: throttle.slowerProcessor });
    await page.addInitScript(watchPaints);
    await page.goto(url);
    await page.locator(ready).first().waitFor();
    // What comes later may be larger.
    await delay(1_500);
    const { lcpMs, cls } = await page.evaluate(() => globalThis.seen);
    return { lcpMs, cls, scriptBytes };
  } finally {
    await context.close();
  }
}

function watchPaints() {
  globalThis.seen = { lcpMs: 0, cls: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.seen.lcpMs = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}
