import { connectRedis, whenReady } from '@dramatis/turn-events/redis';
import type { Redis } from 'ioredis';
import { randomUUID } from 'node:crypto';
import type { RateBucket } from './rate.js';
import { RateLimiter } from './rate-limiter.js';

describe('RateLimiter', () => {
  let redis: Redis;
  let now: number;
  let limiter: RateLimiter;
  let bucket: RateBucket;

  const take = async (): Promise<boolean> => (await limiter.take([bucket])).full === null;
  const takeMany = async (count: number): Promise<boolean[]> => {
    const taken = [];
    for (let index = 0; index < count; index += 1) taken.push(await take());
    return taken;
  };

  beforeAll(async () => {
    redis = connectRedis({ url: process.env['REDIS_URL']! });
    await whenReady(redis, 5_000);
  });
  beforeEach(() => {
    now = Date.UTC(2030, 0, 1, 12);
    limiter = new RateLimiter(redis, () => now);
    bucket = { name: 'sign-ins', key: `spec:rate:${randomUUID()}`, rate: { limit: 3, windowMs: 60_000 } };
  });
  afterAll(() => redis.disconnect());

  it('lets as many through as the limit, at once, and says what is left', async () => {
    const remaining = [];
    for (let index = 0; index < 3; index += 1) remaining.push((await limiter.take([bucket])).states[0]);
    expect(remaining).toMatchObject([
      { name: 'sign-ins', remaining: 2, resetMs: 20_000, retryAfterMs: 0 },
      { remaining: 1, resetMs: 40_000, retryAfterMs: 0 },
      { remaining: 0, resetMs: 60_000, retryAfterMs: 20_000 },
    ]);
    expect((await limiter.take([bucket])).full).toMatchObject({ name: 'sign-ins', remaining: 0, retryAfterMs: 20_000 });
  });

  it('gives back one by one as time goes by, and all after the window', async () => {
    expect(await takeMany(4)).toEqual([true, true, true, false]);
    now += 19_999;
    expect(await take()).toBe(false);
    now += 1;
    expect(await takeMany(2)).toEqual([true, false]);
    now += 40_000;
    expect(await takeMany(3)).toEqual([true, true, false]);
    now += 60_000;
    expect(await takeMany(4)).toEqual([true, true, true, false]);
  });

  it('does not count what it refuses', async () => {
    await takeMany(50);
    now += 20_000;
    expect(await take()).toBe(true);
  });

  it('counts in all buckets or in none', async () => {
    const wide: RateBucket = { name: 'of-address', key: `spec:rate:${randomUUID()}`, rate: { limit: 5, windowMs: 60_000 } };
    for (let index = 0; index < 3; index += 1) await limiter.take([bucket, wide]);
    const refused = await limiter.take([bucket, wide]);
    expect(refused.full?.name).toBe('sign-ins');
    expect(refused.states[1]).toMatchObject({ name: 'of-address', remaining: 2 });
    const other = { ...bucket, key: `spec:rate:${randomUUID()}` };
    expect((await limiter.take([other, wide])).full).toBeNull();
    expect((await limiter.take([other, wide])).full).toBeNull();
    expect((await limiter.take([other, wide])).full?.name).toBe('of-address');
  });

  it('lets no more through when many ask at the same moment, from several processes', async () => {
    const another = new RateLimiter(redis, () => now);
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? limiter : another).take([bucket])));
    expect(answers.filter(({ full }) => full === null)).toHaveLength(3);
  });

  it('forgets', async () => {
    await takeMany(4);
    await limiter.forget([bucket.key]);
    expect(await take()).toBe(true);
  });

  it('goes by the clock of Redis without one of its own, and leaves nothing behind', async () => {
    limiter = new RateLimiter(redis);
    expect(await takeMany(4)).toEqual([true, true, true, false]);
    const ttl = await redis.pttl(bucket.key);
    expect(ttl).toBeGreaterThan(0);
    expect(ttl).toBeLessThanOrEqual(60_000);
  });
});
