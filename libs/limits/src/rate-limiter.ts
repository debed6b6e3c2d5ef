import type { Redis } from 'ioredis';
import type { Clock, RateBucket, RateState } from './rate.js';
import { rateArguments, rateStates, takeScript } from './rate-script.js';

type ScriptedRedis = Redis & { takeRates(keyCount: number, ...args: (string | number)[]): Promise<number[]> };

export interface RateAnswer {
  /** The bucket that is full; null where the request was let through and counted. */
  full: RateState | null;
  states: RateState[];
}

/** Counts requests in Redis, all buckets of a request in one round trip and all or none. */
export class RateLimiter {
  private readonly redis: ScriptedRedis;

  constructor(
    redis: Redis,
    private readonly clock?: Clock,
  ) {
    redis.defineCommand('takeRates', { lua: takeScript });
    this.redis = redis as ScriptedRedis;
  }

  /** @throws what the client throws where Redis is out of reach: the caller knows whether to go on without. */
  async take(buckets: readonly RateBucket[]): Promise<RateAnswer> {
    if (buckets.length === 0) return { full: null, states: [] };
    const keys = buckets.map(({ key }) => key);
    const [full, ...told] = await this.redis.takeRates(keys.length, ...keys, this.clock?.() ?? '', ...rateArguments(buckets));
    const states = rateStates(buckets, told);
    return { full: full ? states[full - 1]! : null, states };
  }

  /** Empties the buckets, for example of the failed sign-ins of somebody who then signed in. */
  async forget(keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.redis.del(...keys);
  }
}
