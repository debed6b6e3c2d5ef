import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';

const finalTypes = new Set(['completed', 'cancelled', 'failed']);
const turnTimeoutMs = 120_000;

/** One guest with one socket, as a browser would be. Times are in milliseconds. */
export class ProductClient {
  #cookie = '';
  #socket;
  #listeners = new Map();

  constructor(apiUrl) {
    this.apiUrl = apiUrl;
  }

  static async connect(apiUrl) {
    const client = new ProductClient(apiUrl);
    const response = await client.#fetch('POST', '/api/auth/guest', {});
    client.#cookie = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
    client.#socket = io(apiUrl, { transports: ['websocket'], extraHeaders: { cookie: client.#cookie }, forceNew: true });
    client.#socket.on('turn:event', (event) => client.#listeners.get(event.turnId)?.(event));
    await new Promise((resolve, reject) => client.#socket.once('connect', resolve).once('connect_error', reject));
    return client;
  }

  async createConversation(personaId, settings = {}) {
    const { conversationId } = await this.#json('POST', '/api/conversations', { personaId, ...settings });
    return conversationId;
  }

  /**
   * Sends a message and follows the reply to its end.
   * `firstDeltaMs` and `totalMs` count from just before the POST. `onEvent` sees each event as it arrives.
   */
  async turn(conversationId, text, settings = {}, onEvent = () => {}) {
    const start = performance.now();
    const { turnId } = await this.#json('POST', `/api/conversations/${conversationId}/turns`, { requestId: randomUUID(), text, ...settings });
    const postedMs = performance.now() - start;
    let firstDeltaMs = null;
    const last = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Turn ${turnId} did not end within ${turnTimeoutMs} ms.`)), turnTimeoutMs);
      this.#listeners.set(turnId, (event) => {
        if (event.type === 'delta') firstDeltaMs ??= performance.now() - start;
        onEvent(event);
        if (!finalTypes.has(event.type)) return;
        clearTimeout(timer);
        resolve(event);
      });
      this.#socket.emit('turn:subscribe', { turnId, after: 0 }, (answer) => {
        if (!answer.ok) reject(new Error(answer.problem.detail));
      });
    });
    this.#listeners.delete(turnId);
    if (last.type !== 'completed') throw new Error(`Turn ${turnId} ended as ${last.type}: ${JSON.stringify(last.turn.failure)}`);
    return { turn: last.turn, postedMs, firstDeltaMs, totalMs: performance.now() - start };
  }

  close() {
    this.#socket?.disconnect();
  }

  async #json(method, path, body) {
    const response = await this.#fetch(method, path, body);
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${answer.detail}`);
    return answer;
  }

  #fetch(method, path, body) {
    return fetch(this.apiUrl + path, {
      method,
      headers: { 'content-type': 'application/json', ...(this.#cookie ? { cookie: this.#cookie } : {}) },
      body: JSON.stringify(body),
    });
  }
}
