import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What the pictures show.
 *
 * @typedef {object} Stage
 * @property {{ name: string, value: string, url: string }[]} cookies of the admin
 * @property {string} conversationId
 * @property {string} shareToken
 * @property {string} ingestionId a run that has ended
 * @property {string} passageId a passage that a reply cites
 */

const email = 'curator@example.org';
const password = 'seven quiet lanterns';
const patienceMs = 120_000;

/** Text that makes a second version of a corpus, so that there is something to compare. */
const notes = `# On punched cards

A card has no opinion of what it carries. The loom reads a hole and lifts a thread; the engine reads a hole and takes up a number.
What is woven follows from the order of the cards, and so it is with what is computed.

# On repeating a set of cards

A group of cards may be passed through again and again. With that a short script can stand for a long calculation.`;

/**
 * Makes the first account, conversations, a link, another version of a corpus and two more accounts.
 *
 * @param {string} url of the product, on fresh data
 * @returns {Promise<Stage>}
 */
export async function prepareStage(url) {
  const admin = new Caller(url);
  await admin.call('POST', '/api/auth/register', { email, password });
  const { role } = await admin.call('GET', '/api/auth/me').then((me) => me.account ?? {});
  if (role !== 'admin') throw new Error('The first account was made before: start on fresh data.');
  for (const name of ['reader', 'teacher']) await new Caller(url).call('POST', '/api/auth/register', { email: `${name}@example.org`, password });

  const main = await converse(admin, 'ada-lovelace', { mode: 'educator', format: 'bullet_points' }, [
    'What can the Analytical Engine do that a calculator cannot?',
    'Could it compose music?',
  ]);
  await converse(admin, 'charles-darwin', { mode: 'lecturer', format: 'essay' }, ['What did the finches of the Galapagos show you?']);
  await converse(admin, 'marcus-aurelius', { mode: 'educator', format: 'socratic_dialogue' }, ['How should one meet what one cannot change?']);
  const { token } = await admin.call('POST', `/api/conversations/${main.conversationId}/share`);
  const { turns } = await admin.call('GET', `/api/conversations/${main.conversationId}`);

  const source = await admin.call('POST', '/api/admin/sources', {
    personaId: 'ada-lovelace',
    kind: 'text',
    name: 'Notes on the cards',
    documents: [{ title: 'Notes on the cards', contentType: 'text/markdown', text: notes }],
  });
  const { ingestionId } = await admin.call('POST', `/api/admin/sources/${source.sourceId}/ingest`);
  await until('the run to end', async () => (await admin.call('GET', `/api/admin/ingestions/${ingestionId}`)).endedAt);
  await admin.call('POST', '/api/auth/api-keys', { name: 'Reading list', scopes: ['read'] }).catch(() => null);

  return {
    cookies: [...admin.cookies].map(([name, value]) => ({ name, value, url })),
    conversationId: main.conversationId,
    shareToken: token,
    ingestionId,
    passageId: turns[0].citations[0].passageId,
  };
}

/**
 * @param {Caller} caller
 * @param {string} personaId
 * @param {{ mode: string, format: string }} choices
 * @param {string[]} messages
 */
async function converse(caller, personaId, choices, messages) {
  const { conversationId } = await caller.call('POST', '/api/conversations', { personaId, ...choices });
  for (const text of messages) {
    const { turnId } = await caller.call('POST', `/api/conversations/${conversationId}/turns`, { requestId: randomUUID(), text });
    await until('the reply', async () => (await caller.call('GET', `/api/turns/${turnId}`)).status === 'completed');
  }
  return { conversationId };
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} isSo
 */
async function until(what, isSo) {
  for (const end = Date.now() + patienceMs; Date.now() < end; await delay(500)) if (await isSo()) return;
  throw new Error(`Waited ${patienceMs / 1_000} s for ${what}.`);
}

/** Calls the API as one browser does. */
class Caller {
  /** @type {Map<string, string>} */
  cookies = new Map();

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<any>} the body of the answer
   */
  async call(method, path, body) {
    const response = await fetch(new URL(path, this.url), {
      method,
      headers: { 'content-type': 'application/json', cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=', 2);
      this.cookies.set(name, value);
    }
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  }
}
