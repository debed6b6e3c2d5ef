import { turnIdOf } from '@dramatis/database/conversations/turn-id';
import mongoose from 'mongoose';
import { randomUUID } from 'node:crypto';

/** How far one turn of the wheel goes, and how often it turns. */
const step = { pixels: 400, everyMs: 40 };

/**
 * Makes a conversation longer, by copies of its only turn: straight in the database, since to have them said would take an hour.
 * @param {string} mongodbUri
 */
export async function lengthen(mongodbUri, conversationId, count) {
  const connection = await mongoose.createConnection(mongodbUri).asPromise();
  try {
    const turns = connection.collection('turns');
    const [model] = await turns.find({ conversationId }).toArray();
    let parentTurnId = model._id;
    const copies = Array.from({ length: count - 1 }, (_, index) => {
      const requestId = randomUUID();
      const _id = turnIdOf(conversationId, requestId);
      const at = model.createdAt.getTime() + (index + 1) * 10;
      const copy = { ...model, _id, requestId, workflowId: `copy-${_id}`, parentTurnId, userText: `${index + 2}. ${model.userText}`, createdAt: new Date(at), endedAt: new Date(at + 5) };
      parentTurnId = _id;
      return copy;
    });
    await turns.insertMany(copies);
  } finally {
    await connection.close();
  }
}

/** Opens all of the conversation in the page. @param {import('playwright-core').Page} page */
export async function showAll(page, count) {
  while ((await page.locator('dr-exchange').count()) < count) {
    await page.evaluate(() => globalThis.document.querySelector('.earlier button:not(:disabled)')?.click());
    await page.waitForTimeout(100);
  }
}

/**
 * Scrolls up and down through the page while a reply is being written, and tells of the long tasks meanwhile.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ count: number, longestMs: number, frames: number }>}
 */
export async function scrollWhileStreaming(page, { forMs }) {
  await page.evaluate(() => {
    globalThis.longTasks = [];
    globalThis.frames = 0;
    globalThis.observer = new PerformanceObserver((list) => globalThis.longTasks.push(...list.getEntries().map(({ duration }) => duration)));
    globalThis.observer.observe({ type: 'longtask' });
    const count = () => {
      globalThis.frames += 1;
      globalThis.requestAnimationFrame(count);
    };
    globalThis.requestAnimationFrame(count);
  });
  await page.mouse.move(400, 400);
  const end = Date.now() + forMs;
  for (let turned = 0; Date.now() < end; turned += 1) {
    // Up for two seconds, down for one, so that it is far from the end and near it too.
    const up = turned % 75 < 50;
    await page.mouse.wheel(0, up ? -step.pixels : step.pixels);
    await page.waitForTimeout(step.everyMs);
  }
  return page.evaluate(() => {
    globalThis.observer.disconnect();
    return { count: globalThis.longTasks.length, longestMs: Math.max(0, ...globalThis.longTasks), frames: globalThis.frames };
  });
}
