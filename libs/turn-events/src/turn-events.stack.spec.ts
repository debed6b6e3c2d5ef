import { randomUUID } from 'node:crypto';
import type { Turn } from '@dramatis/contracts/turn';
import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Redis } from 'ioredis';
import { connectRedis, connectRedisSubscriber, whenReady } from './redis.js';
import { TurnEventFollower } from './turn-event-follower.js';
import { AttemptReplacedError, TurnEventStream } from './turn-event-stream.js';

const url = process.env['REDIS_URL']!;
const start = {
  provider: 'anthropic',
  model: 'claude',
  builtIn: false,
  discard: { code: 'worker_lost' as const, reason: 'The worker was lost.' },
};

let redis: Redis;
let subscriber: Redis;
let stream: TurnEventStream;

beforeAll(async () => {
  redis = connectRedis({ url });
  subscriber = connectRedisSubscriber({ url });
  await Promise.all([whenReady(redis, 5_000), whenReady(subscriber, 5_000)]);
  stream = new TurnEventStream(redis);
});

afterAll(() => {
  redis.disconnect();
  subscriber.disconnect();
});

const endedTurn = (turnId: string): Turn =>
  ({ turnId, status: 'completed', replyText: 'Hello world', createdAt: new Date().toISOString(), endedAt: null }) as Turn;

function followerWith(loadEndedTurn: (turnId: string) => Promise<Turn | null>): TurnEventFollower {
  return new TurnEventFollower({ stream, subscriber, loadEndedTurn, silenceCheckMs: 50 });
}

async function collect(events: AsyncIterable<TurnEvent>): Promise<TurnEvent[]> {
  const collected: TurnEvent[] = [];
  for await (const event of events) collected.push(event);
  return collected;
}

describe('TurnEventStream', () => {
  it('numbers events from one without a gap, however many write at once', async () => {
    const turnId = randomUUID();
    const attempt = await stream.beginAttempt(turnId, start);
    await Promise.all(Array.from({ length: 50 }, (_, index) => stream.publishDelta(turnId, attempt, `${index} `)));
    const events = await stream.read(turnId, 0);
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 51 }, (_, index) => index + 1));
  });

  it('tells once what a turn was made from, also when another worker finds it again', async () => {
    const turnId = randomUUID();
    expect(await stream.publish(turnId, { type: 'retrieved', grounded: true, citations: [] })).toBe(1);
    await stream.beginAttempt(turnId, start);
    expect(await stream.publish(turnId, { type: 'retrieved', grounded: true, citations: [] })).toBeNull();
    expect((await stream.read(turnId, 0)).map(({ type }) => type)).toEqual(['retrieved', 'attempt']);
  });

  it('refuses text of an attempt that was replaced, and tells readers to discard what it had shown', async () => {
    const turnId = randomUUID();
    const first = await stream.beginAttempt(turnId, start);
    await stream.publishDelta(turnId, first, 'Half a sen');
    const second = await stream.beginAttempt(turnId, start);
    await expect(stream.publishDelta(turnId, first, 'tence')).rejects.toThrow(AttemptReplacedError);
    await stream.publishDelta(turnId, second, 'A whole sentence.');
    const events = await stream.read(turnId, 0);
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'delta', 'discard', 'attempt', 'delta']);
    expect(events[2]).toMatchObject({ attempt: first, code: 'worker_lost' });
    expect(await stream.visibleText(turnId)).toBe('A whole sentence.');
  });

  it('says nothing of a discard when the attempt before had shown nothing', async () => {
    const turnId = randomUUID();
    await stream.beginAttempt(turnId, start);
    await stream.beginAttempt(turnId, start);
    expect((await stream.read(turnId, 0)).map(({ type }) => type)).toEqual(['attempt', 'attempt']);
  });

  it('lets nothing follow the final event', async () => {
    const turnId = randomUUID();
    const attempt = await stream.beginAttempt(turnId, start);
    await stream.publish(turnId, { type: 'completed', turn: endedTurn(turnId) });
    expect(await stream.publish(turnId, { type: 'failed', turn: endedTurn(turnId) })).toBeNull();
    await expect(stream.publishDelta(turnId, attempt, 'more')).rejects.toThrow(AttemptReplacedError);
    await expect(stream.beginAttempt(turnId, start)).rejects.toThrow(AttemptReplacedError);
    expect(await stream.read(turnId, 0)).toHaveLength(2);
  });
});

describe('TurnEventFollower', () => {
  it('gives what was there and what comes, in order and once, to every reader wherever it begins', async () => {
    const turnId = randomUUID();
    const follower = followerWith(async () => null);
    const attempt = await stream.beginAttempt(turnId, start);
    for (let index = 0; index < 20; index += 1) await stream.publishDelta(turnId, attempt, `${index} `);
    const readers = [0, 5, 21].map((after) => collect(follower.follow(turnId, after)));
    for (let index = 20; index < 200; index += 1) await stream.publishDelta(turnId, attempt, `${index} `);
    await stream.publish(turnId, { type: 'completed', turn: endedTurn(turnId) });
    const all = await Promise.all(readers);
    expect(all.map((events) => events[0]!.id)).toEqual([1, 6, 22]);
    for (const events of all) {
      expect(events.at(-1)).toMatchObject({ id: 202, type: 'completed' });
      expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => events[0]!.id + index));
    }
  });

  it('goes on after its connection was cut', async () => {
    const turnId = randomUUID();
    const follower = followerWith(async () => null);
    const attempt = await stream.beginAttempt(turnId, start);
    const reader = collect(follower.follow(turnId, 0));
    await stream.publishDelta(turnId, attempt, 'before ');
    subscriber.disconnect(true);
    await stream.publishDelta(turnId, attempt, 'meanwhile ');
    await whenReady(subscriber, 5_000);
    await stream.publishDelta(turnId, attempt, 'after');
    await stream.publish(turnId, { type: 'completed', turn: endedTurn(turnId) });
    expect((await reader).map(({ type }) => type)).toEqual(['attempt', 'delta', 'delta', 'delta', 'completed']);
  });

  it('answers from the database when the stream has expired', async () => {
    const turnId = randomUUID();
    const follower = followerWith(async () => endedTurn(turnId));
    const events = await collect(follower.follow(turnId, 17));
    expect(events).toEqual([expect.objectContaining({ id: 18, type: 'completed' })]);
  });

  it('answers from the database when the end was never published', async () => {
    const turnId = randomUUID();
    let ended = false;
    const follower = followerWith(async () => (ended ? endedTurn(turnId) : null));
    await stream.beginAttempt(turnId, start);
    const reader = collect(follower.follow(turnId, 0));
    ended = true;
    expect((await reader).map(({ id, type }) => [id, type])).toEqual([
      [1, 'attempt'],
      [2, 'completed'],
    ]);
  });

  it('ends when the reader leaves', async () => {
    const turnId = randomUUID();
    const leaving = new AbortController();
    const reader = collect(followerWith(async () => null).follow(turnId, 0, leaving.signal));
    leaving.abort();
    expect(await reader).toEqual([]);
  });
});
