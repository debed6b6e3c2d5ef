import type { TurnEvent } from '@dramatis/contracts/turn-event';
import { toTurn, TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { randomUUID } from 'node:crypto';
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { ApiHarness, nowhere, type ApiClient } from '../../test/api-harness.js';
import { eventually } from '../../test/temporal-namespace.js';
import type { Acknowledgement } from './turn-events.gateway.js';

/** Server-sent events as a reader gets them: ids and data of each, until the stream ends or was read far enough. */
async function readEvents(
  response: Response,
  upTo: (event: TurnEvent) => boolean = () => false,
): Promise<{ lastEventId: string; event: TurnEvent }[]> {
  const received: { lastEventId: string; event: TurnEvent }[] = [];
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop()!;
    for (const block of blocks) {
      const match = /^id: (\d+)\ndata: (.*)$/.exec(block);
      if (!match) continue;
      const event = JSON.parse(match[2]!) as TurnEvent;
      received.push({ lastEventId: match[1]!, event });
      if (upTo(event)) return received;
    }
  }
  return received;
}

describe('events of a turn', () => {
  let api: ApiHarness;
  let guest: ApiClient;
  let personaId: string;
  let turnId: string;
  let turns: TurnRepository;
  let stream: TurnEventStream;

  /** What the worker would do. */
  const speak = async (...texts: string[]): Promise<void> => {
    for (const text of texts) await stream.publishDelta(turnId, 1, text);
  };
  const beginAttempt = (): Promise<number> =>
    stream.beginAttempt(turnId, { provider: 'built-in', model: 'extractive-1', builtIn: true, discard: { code: 'worker_lost', reason: '' } });
  const complete = async (replyText: string, options: { publish: boolean } = { publish: true }): Promise<void> => {
    const turn = toTurn(await turns.finish(turnId, { status: 'completed', replyText, citations: [], failure: null, provenance: null }));
    if (options.publish) await stream.publish(turnId, { type: 'completed', turn });
  };
  const follow = (path = '', headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${api.baseUrl}/api/turns/${turnId}/events${path}`, { headers: { cookie: guest.cookie!, ...headers } });

  beforeAll(async () => {
    // The workflow service is not needed here: turns are kept, and nobody else works on them.
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    turns = api.app.get(TurnRepository);
    stream = api.app.get(TurnEventStream);
    personaId = (await api.createPersona()).personaId;
  });
  beforeEach(async () => {
    guest = api.client();
    ({ turnId } = await guest.startTurn((await guest.beginConversation(personaId)).conversationId));
    await eventually(async () => expect(await stream.read(turnId, 0)).toHaveLength(1));
  });
  afterAll(() => api.stop());

  describe('as server-sent events', () => {
    it('come from the first to the last, as they happen, and the stream ends', async () => {
      await beginAttempt();
      const response = await follow();
      expect(response.headers.get('content-type')).toContain('text/event-stream');
      expect(response.headers.get('content-encoding')).toBeNull();
      const reading = readEvents(response);
      await speak('I ', 'wrote ', 'notes.\n\nWith lines.');
      await complete('I wrote notes.\n\nWith lines.');
      const received = await reading;
      expect(received.map(({ event }) => event.type)).toEqual(['accepted', 'attempt', 'delta', 'delta', 'delta', 'completed']);
      expect(received.map(({ lastEventId }) => lastEventId)).toEqual(['1', '2', '3', '4', '5', '6']);
      expect(received.at(-1)!.event).toMatchObject({ turn: { replyText: 'I wrote notes.\n\nWith lines.' } });
    });

    it('go on after the last one seen, by header or query, the header first', async () => {
      await beginAttempt();
      await speak('a', 'b', 'c');
      const first = await readEvents(await follow(), (event) => event.id === 3);
      await complete('abc');
      const ids = async (...args: Parameters<typeof follow>): Promise<number[]> =>
        (await readEvents(await follow(...args))).map(({ event }) => event.id);
      expect(await ids('', { 'last-event-id': first.at(-1)!.lastEventId })).toEqual([4, 5, 6]);
      expect(await ids('?after=4')).toEqual([5, 6]);
      expect(await ids('?after=1', { 'last-event-id': '5' })).toEqual([6]);
      expect((await follow('', { 'last-event-id': '6' })).status).toBe(204);
    });

    it.each(['x', '-1', '1.5', '99999999999'])('are refused after %s', async (id) => {
      const response = await follow('', { 'last-event-id': id });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 'invalid_request', issues: [{ path: 'Last-Event-ID' }] });
    });

    it('end with what the database knows when the stream has lost its end', async () => {
      await complete('From the database.', { publish: false });
      const received = await readEvents(await follow('?after=1'));
      expect(received.map(({ event }) => event)).toMatchObject([{ id: 2, type: 'completed', turn: { replyText: 'From the database.' } }]);
    });

    it('wait for a reader that takes nothing, and lose nothing meanwhile', async () => {
      await beginAttempt();
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        const url = new URL(`${api.baseUrl}/api/turns/${turnId}/events`);
        request(url, { headers: { cookie: guest.cookie! } }, resolve).on('error', reject).end();
      });
      const response = await answered;
      response.pause();
      const piece = 'x'.repeat(20_000);
      const pieces = 400;
      for (let sent = 0; sent < pieces; sent += 1) await speak(piece);
      await complete('done');
      let text = '';
      for await (const chunk of response) text += String(chunk);
      const ids = [...text.matchAll(/^id: (\d+)$/gm)].map((match) => Number(match[1]));
      expect(ids).toEqual(Array.from({ length: pieces + 3 }, (_, index) => index + 1));
    });
  });

  describe('over Socket.IO', () => {
    const sockets: Socket[] = [];

    const connect = async (options: { cookie?: string | null; origin?: string } = {}): Promise<Socket> => {
      const { cookie = guest.cookie, origin } = options;
      const socket = io(api.baseUrl, {
        transports: ['websocket'],
        reconnection: false,
        extraHeaders: { ...(cookie ? { cookie } : {}), ...(origin ? { origin } : {}) },
      });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
      return socket;
    };
    const ask = (socket: Socket, event: string, ...args: unknown[]): Promise<Acknowledgement> => socket.timeout(5_000).emitWithAck(event, ...args);
    const collect = (socket: Socket): TurnEvent[] => {
      const events: TurnEvent[] = [];
      socket.on('turn:event', (event: TurnEvent) => events.push(event));
      return events;
    };

    afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

    it('come after a subscription, each once and in order, to that socket only', async () => {
      const [mine, bystander] = await Promise.all([connect(), connect()]);
      const events = collect(mine);
      const seenByBystander = collect(bystander);
      await beginAttempt();
      expect(await ask(mine, 'turn:subscribe', { turnId })).toEqual({ ok: true, status: 'running' });
      await speak('a', 'b');
      await complete('ab');
      await eventually(() => expect(events.at(-1)?.type).toBe('completed'));
      expect(events.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
      expect(seenByBystander).toEqual([]);
    });

    it('go on where another connection ended', async () => {
      await beginAttempt();
      await speak('a', 'b');
      await complete('ab');
      const socket = await connect();
      const events = collect(socket);
      expect(await ask(socket, 'turn:subscribe', { turnId, after: 3 })).toEqual({ ok: true, status: 'completed' });
      await eventually(() => expect(events.map(({ id }) => id)).toEqual([4, 5]));
    });

    it('come once, from the newer place, when subscribed twice', async () => {
      await beginAttempt();
      const socket = await connect();
      const events = collect(socket);
      await ask(socket, 'turn:subscribe', { turnId, after: 2 });
      await ask(socket, 'turn:subscribe', { turnId, after: 2 });
      await speak('a');
      await complete('a');
      await eventually(() => expect(events.at(-1)?.type).toBe('completed'));
      expect(events.map(({ id }) => id)).toEqual([3, 4]);
    });

    it('stop when unsubscribed', async () => {
      await beginAttempt();
      const socket = await connect();
      const events = collect(socket);
      await ask(socket, 'turn:subscribe', { turnId, after: 2 });
      expect(await ask(socket, 'turn:unsubscribe', { turnId })).toEqual({ ok: true });
      await speak('a');
      await complete('a');
      // Another subscription that runs to the end shows that the first would have come by now.
      await ask(socket, 'turn:subscribe', { turnId, after: 3 });
      await eventually(() => expect(events.map(({ id }) => id)).toEqual([4]));
    });

    it('do not exist for others', async () => {
      const stranger = api.client();
      await stranger.post('/api/auth/guest');
      for (const cookie of [stranger.cookie, null, 'dramatis_session=forgedforgedforgedforged']) {
        const socket = await connect({ cookie });
        expect(await ask(socket, 'turn:subscribe', { turnId })).toMatchObject({
          ok: false,
          problem: { code: 'turn_not_found', status: 404 },
        });
      }
    });

    it('are refused to pages of other sites', async () => {
      await expect(connect({ origin: 'https://evil.example' })).rejects.toThrow();
      await connect({ origin: api.baseUrl });
    });

    it.each([
      [[]],
      [[null]],
      [['turn']],
      [[{ turnId: { $ne: null } }]],
      [[{ turnId: 'x' }]],
      [[{ turnId: randomUUID(), after: -1 }]],
      [[{ turnId: randomUUID(), extra: 1 }]],
      [[{ turnId: randomUUID() }, 'second argument']],
      [[[[[[]]]]]],
    ])('are refused to the malformed subscription %j', async (args) => {
      const socket = await connect();
      for (const event of ['turn:subscribe', 'turn:unsubscribe']) {
        const answer = await ask(socket, event, ...args);
        if (event === 'turn:unsubscribe' && answer.ok) continue;
        expect(answer).toMatchObject({ ok: false, problem: { code: 'invalid_request' } });
      }
    });

    it('come to no harm from unknown events, missing acknowledgements and a frame of 10 MB', async () => {
      const [rude, polite] = await Promise.all([connect(), connect()]);
      const events = collect(polite);
      await ask(polite, 'turn:subscribe', { turnId });
      rude.emit('no:such:event', { a: 1 });
      rude.emit('turn:subscribe');
      rude.emit('turn:subscribe', { turnId: 7 });
      rude.emit('turn:unsubscribe', null);
      expect(await ask(rude, 'turn:subscribe', { turnId })).toMatchObject({ ok: true });
      const closed = new Promise<string>((resolve) => rude.once('disconnect', resolve));
      rude.emit('turn:subscribe', { turnId: 'x'.repeat(10 * 1024 * 1024) });
      expect(await closed).toBe('transport close');
      await beginAttempt();
      await complete('still here');
      await eventually(() => expect(events.at(-1)?.type).toBe('completed'));
      expect((await api.client().get('/health/live')).status).toBe(200);
    });

    it('are bounded a socket', async () => {
      const socket = await connect();
      const started: string[] = [turnId];
      for (let count = 0; count < 20; count += 1) {
        const { conversationId } = await guest.beginConversation(personaId);
        const { record } = await turns.start({
          ...(({ ownerId, corpusVersion, personaVersion, mode, format }) => ({ ownerId, corpusVersion, personaVersion, mode, format }))(
            await turns.get(turnId),
          ),
          conversationId,
          personaId,
          requestId: randomUUID(),
          regenerationOf: null,
          userText: 'x',
        });
        started.push(record._id);
      }
      const answers = [];
      for (const id of started) answers.push(await ask(socket, 'turn:subscribe', { turnId: id }));
      expect(answers.slice(0, 20).every(({ ok }) => ok)).toBe(true);
      expect(answers[20]).toMatchObject({ ok: false, problem: { code: 'too_many_requests' } });
      await ask(socket, 'turn:unsubscribe', { turnId });
      expect(await ask(socket, 'turn:subscribe', { turnId: started[20] })).toMatchObject({ ok: true });
    });
  });

  it('end for readers when the process stops, so that they connect again elsewhere', async () => {
    const other = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: api.env.mongodbUri });
    const response = await fetch(`${other.baseUrl}/api/turns/${turnId}/events`, { headers: { cookie: guest.cookie! } });
    const socket = io(other.baseUrl, { transports: ['websocket'], reconnection: false, extraHeaders: { cookie: guest.cookie! } });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    const disconnected = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    const reading = readEvents(response);
    await other.app.close();
    expect((await reading).map(({ event }) => event.type)).toEqual(['accepted']);
    expect(await disconnected).toBe('transport close');
    await delay(0);
  });
});
