import type { TurnQuota } from '@dramatis/contracts/quota';
import { connectRedis, whenReady } from '@dramatis/turn-events/redis';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import type { RateBucket } from './rate.js';
import { type TurnAdmission, TurnLedger, turnLeaseMs } from './turn-ledger.js';

const free: TurnQuota = { turnsAMinute: null, turnsAtOnce: null, tokensADay: null };
const noon = Date.UTC(2030, 0, 1, 12);

describe('TurnLedger', () => {
  let redis: Redis;
  let now: number;
  let ledger: TurnLedger;
  let ownerId: string;

  const admit = (quota: Partial<TurnQuota>, turnId: string = randomUUID(), buckets: RateBucket[] = []): Promise<TurnAdmission> =>
    ledger.admit({ ownerId, turnId, quota: { ...free, ...quota }, buckets });
  const settle = (turnId: string, tokens: number, endedAt = new Date(now)): Promise<void> => ledger.settle({ ownerId, turnId, tokens, endedAt });

  beforeAll(async () => {
    redis = connectRedis({ url: process.env['REDIS_URL']! });
    await whenReady(redis, 5_000);
  });
  beforeEach(() => {
    now = noon;
    ledger = new TurnLedger(redis, () => now);
    ownerId = randomUUID();
  });
  afterAll(() => redis.disconnect());

  describe('turns at once', () => {
    it('are refused beyond the quota, and let in when one ends', async () => {
      const [first, second] = [randomUUID(), randomUUID()];
      expect(await admit({ turnsAtOnce: 2 }, first)).toMatchObject({ refused: null, turnsRunning: 1 });
      expect(await admit({ turnsAtOnce: 2 }, second)).toMatchObject({ refused: null, turnsRunning: 2 });
      expect(await admit({ turnsAtOnce: 2 })).toMatchObject({ refused: 'at_once', turnsRunning: 2 });
      await settle(first, 0);
      expect((await admit({ turnsAtOnce: 2 })).refused).toBeNull();
      expect((await admit({ turnsAtOnce: 2 })).refused).toBe('at_once');
      await ledger.release(ownerId, second);
      expect((await admit({ turnsAtOnce: 2 })).refused).toBeNull();
    });

    it('count a repeated request once', async () => {
      const turnId = randomUUID();
      await admit({ turnsAtOnce: 1, turnsAMinute: 1 }, turnId);
      expect(await admit({ turnsAtOnce: 1, turnsAMinute: 1 }, turnId)).toMatchObject({ refused: null, repeated: true, turnsRunning: 1 });
    });

    it('never exceed the quota when many begin at the same moment', async () => {
      const admissions = await Promise.all(Array.from({ length: 30 }, () => admit({ turnsAtOnce: 4 })));
      expect(admissions.filter(({ refused }) => refused === null)).toHaveLength(4);
    });

    it('forget a turn of which nobody told the end', async () => {
      await admit({ turnsAtOnce: 1 });
      now += turnLeaseMs - 1;
      expect((await admit({ turnsAtOnce: 1 })).refused).toBe('at_once');
      now += 1;
      expect((await admit({ turnsAtOnce: 1 })).refused).toBeNull();
    });

    it('keep a turn that is seen to run, and bring back none that has ended', async () => {
      const [runs, ended] = [randomUUID(), randomUUID()];
      await admit({}, runs);
      await admit({}, ended);
      await settle(ended, 0);
      now += turnLeaseMs / 2;
      await ledger.renew(ownerId, [runs, ended]);
      now += turnLeaseMs - 1;
      expect(await ledger.usage(ownerId)).toMatchObject({ turnsRunning: 1 });
      now += 1;
      expect(await ledger.usage(ownerId)).toMatchObject({ turnsRunning: 0 });
    });
  });

  describe('tokens a day', () => {
    it('are counted once a turn, however often its end is told', async () => {
      const turnId = randomUUID();
      await admit({}, turnId);
      await Promise.all([settle(turnId, 700), settle(turnId, 700)]);
      await settle(turnId, 700);
      await settle(randomUUID(), 300);
      expect(await ledger.usage(ownerId)).toEqual({ tokensToday: 1_000, turnsRunning: 0, resetsAt: new Date('2030-01-02T00:00:00Z') });
    });

    it('let the last turn end above the quota, then refuse until midnight', async () => {
      await settle(randomUUID(), 999);
      expect((await admit({ tokensADay: 1_000 })).refused).toBeNull();
      await settle(randomUUID(), 500);
      expect(await admit({ tokensADay: 1_000 })).toMatchObject({ refused: 'tokens', tokensToday: 1_499, retryAfterMs: 12 * 3_600_000 });
      now = Date.UTC(2030, 0, 1, 23, 59, 59, 999);
      expect(await admit({ tokensADay: 1_000 })).toMatchObject({ refused: 'tokens', retryAfterMs: 1 });
      now += 1;
      expect(await admit({ tokensADay: 1_000 })).toMatchObject({ refused: null, tokensToday: 0 });
    });

    it('belong to the day in which the turn ended, also when that is told again the day after', async () => {
      const turnId = randomUUID();
      const endedAt = new Date('2030-01-01T23:59:59Z');
      await settle(turnId, 400, endedAt);
      now = Date.UTC(2030, 0, 2, 0, 0, 5);
      await settle(turnId, 400, endedAt);
      expect((await ledger.usage(ownerId)).tokensToday).toBe(0);
      now = endedAt.getTime();
      expect((await ledger.usage(ownerId)).tokensToday).toBe(400);
    });
  });

  it('counts turns a minute, its owner’s and of others, and a refused one nowhere', async () => {
    const address: RateBucket = { name: 'turns-of-address', key: `spec:address:${randomUUID()}`, rate: { limit: 4, windowMs: 60_000 } };
    const quota = { turnsAMinute: 3, turnsAtOnce: 10 };
    for (let index = 0; index < 3; index += 1) expect((await admit(quota, randomUUID(), [address])).refused).toBeNull();
    const refused = await admit(quota, randomUUID(), [address]);
    expect(refused).toMatchObject({ refused: 'rate', retryAfterMs: 20_000, turnsRunning: 3, rates: [{ name: 'turns', remaining: 0 }, { remaining: 1 }] });
    ownerId = randomUUID();
    expect((await admit(quota, randomUUID(), [address])).refused).toBeNull();
    const byAddress = await admit(quota, randomUUID(), [address]);
    expect(byAddress).toMatchObject({ refused: 'rate', turnsRunning: 1, rates: [{ name: 'turns', remaining: 2 }, { name: 'turns-of-address', remaining: 0 }] });
    now += 20_000;
    expect((await admit(quota, randomUUID(), [address])).refused).toBeNull();
  });
});
