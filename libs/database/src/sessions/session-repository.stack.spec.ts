import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { AccountRepository } from '../accounts/account-repository.js';
import { SessionCache, sessionChangesChannel } from './session-cache.js';
import { type LiveSession, SessionRepository } from './session-repository.js';

let connection: Connection;
let redis: Redis;
let sessions: SessionRepository;
let accounts: AccountRepository;

const account = (): Promise<{ _id: string }> =>
  accounts.create({ email: `${randomUUID()}@example.org`, displayName: 'Ada', locale: null, passwordHash: null });
const begin = (accountId: string): Promise<{ token: string; sessionId: string }> =>
  sessions.create({ ownerId: accountId, accountId, userAgent: null, address: null });
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  redis = new Redis(process.env['REDIS_URL']!);
  sessions = new SessionRepository(connection, redis);
  accounts = new AccountRepository(connection);
  await createIndexes(connection);
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
  redis.disconnect();
});

describe('SessionRepository', () => {
  it('keeps no token that could be used', async () => {
    const { token, sessionId } = await begin((await account())._id);
    const record = await connection.collection('sessions').findOne({ sessionId });
    expect(JSON.stringify(record)).not.toContain(token);
    expect(await sessions.find(hashOf(token))).toBeNull();
  });

  it('gives the role of now, also to who had a copy of before', async () => {
    const { _id: accountId } = await account();
    const { token } = await begin(accountId);
    await sessions.find(token);
    await accounts.govern(accountId, { role: 'curator' });
    await sessions.accountChanged(accountId);
    expect((await sessions.find(token))?.account?.role).toBe('curator');
  });

  it('is not given back an ended session by a reader that was on its way', async () => {
    const { _id: accountId } = await account();
    const { token, sessionId } = await begin(accountId);
    const read: LiveSession = { sessionId, ownerId: accountId, account: { accountId, role: 'user' } };
    await sessions.end(sessionId, accountId);
    const late = new SessionCache<LiveSession>(redis, () => undefined);
    await late.set(hashOf(token), read);
    expect(await sessions.find(token)).toBeNull();
  });

  it('tells of what ended, and only of that', async () => {
    const subscriber = new Redis(process.env['REDIS_URL']!);
    const told: string[] = [];
    subscriber.on('message', (_channel: string, message: string) => told.push(...(JSON.parse(message) as string[])));
    await subscriber.subscribe(sessionChangesChannel);
    const { _id: accountId } = await account();
    const [first, second, third] = [await begin(accountId), await begin(accountId), await begin(accountId)];
    await sessions.endAll(accountId, { except: second.sessionId });
    await sessions.end(second.sessionId, randomUUID());
    // What is told last comes last.
    await sessions.end(second.sessionId, accountId);
    while (!told.includes(second.sessionId)) await new Promise((resolve) => subscriber.once('message', resolve));
    subscriber.disconnect();
    expect(told.slice(0, -1).sort()).toEqual([first.sessionId, third.sessionId].sort());
  });

  it('does without Redis, and tells of the change once Redis is back', async () => {
    const { _id: accountId } = await account();
    const { token, sessionId } = await begin(accountId);
    await sessions.find(token);
    const flaky = new Redis(process.env['REDIS_URL']!, { enableOfflineQueue: false });
    await once(flaky, 'ready');
    flaky.disconnect();
    await once(flaky, 'end');
    const errors: Error[] = [];
    const cutOff = new SessionRepository(connection, flaky, (error) => errors.push(error));
    expect(await cutOff.find(token)).toMatchObject({ sessionId });
    expect(await cutOff.end(sessionId, accountId)).toBe(true);
    expect(errors.length).toBeGreaterThan(0);
    expect(await sessions.find(token)).toMatchObject({ sessionId });
    await flaky.connect();
    while ((await sessions.find(token)) !== null) await new Promise((resolve) => setTimeout(resolve, 100));
    flaky.disconnect();
  });

  it('knows of no account that is disabled or being removed', async () => {
    for (const close of [(id: string) => accounts.govern(id, { disabled: true }), (id: string) => accounts.beginRemoval(id)]) {
      const { _id: accountId } = await account();
      const { token, sessionId } = await begin(accountId);
      await close(accountId);
      expect(await sessions.find(token)).toBeNull();
      expect(await sessions.findLive([sessionId])).toEqual([]);
    }
  });
});
