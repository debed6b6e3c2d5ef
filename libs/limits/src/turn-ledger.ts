import type { TurnQuota } from '@dramatis/contracts/quota';
import type { Redis } from 'ioredis';
import type { Clock, RateBucket, RateState } from './rate.js';
import { rateArguments, rateStates } from './rate-script.js';
import { admitScript, alreadyCounted, noTokensLeft, renewScript, settleScript, tooManyAtOnce } from './turn-script.js';

/**
 * How long a turn counts as running without a word of it, in milliseconds. Whoever looks after running turns renews them well within;
 * one that was lost, and the end of which nobody told, is forgotten after that.
 */
export const turnLeaseMs = 60_000;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A turn's end may be told again, by a worker that takes over, until the day after. */
const keptSeconds = 2 * 86_400;

type ScriptedRedis = Redis & {
  admitTurn(keyCount: number, ...args: (string | number)[]): Promise<number[]>;
  settleTurn(running: string, tokens: string, ...args: (string | number)[]): Promise<null>;
  renewTurns(running: string, ...args: (string | number)[]): Promise<null>;
};

export interface TurnToAdmit {
  ownerId: string;
  turnId: string;
  quota: TurnQuota;
  /** Counted besides the owner's own rate, for example of a network address. */
  buckets?: readonly RateBucket[];
}

export interface TurnAdmission {
  refused: 'tokens' | 'at_once' | 'rate' | null;
  /** Whether this very turn was counted before: a request that came twice. */
  repeated: boolean;
  /** With the token quota: until it begins anew. With a rate: until one more fits. In milliseconds. */
  retryAfterMs: number;
  tokensToday: number;
  turnsRunning: number;
  resetsInMs: number;
  rates: RateState[];
}

/**
 * Who runs which turns, and what they have used today, in Redis. A turn is counted when it begins, in one round trip with the decision
 * whether it may, and settled when it ends, by whoever stores its end. Both are idempotent by the turn's id.
 */
export class TurnLedger {
  private readonly redis: ScriptedRedis;

  constructor(
    redis: Redis,
    private readonly clock?: Clock,
  ) {
    redis.defineCommand('admitTurn', { lua: admitScript });
    redis.defineCommand('settleTurn', { numberOfKeys: 2, lua: settleScript });
    redis.defineCommand('renewTurns', { numberOfKeys: 1, lua: renewScript });
    this.redis = redis as ScriptedRedis;
  }

  /** Lets the turn begin and counts it, or says why not. */
  async admit({ ownerId, turnId, quota, buckets = [] }: TurnToAdmit): Promise<TurnAdmission> {
    const now = this.now();
    const all = quota.turnsAMinute === null ? buckets : [ownRate(ownerId, quota.turnsAMinute), ...buckets];
    const keys = [runningKey(ownerId), tokensKey(ownerId, now), ...all.map(({ key }) => key)];
    const [verdict = 0, tokensToday = 0, turnsRunning = 0, ...told] = await this.redis.admitTurn(
      keys.length,
      ...keys,
      this.clock?.() ?? '',
      turnId,
      turnLeaseMs,
      quota.turnsAtOnce ?? -1,
      quota.tokensADay ?? -1,
      ...rateArguments(all),
    );
    const rates = rateStates(all, told);
    const resetsInMs = endOfDay(now) - now;
    const seen = { repeated: verdict === alreadyCounted, tokensToday, turnsRunning, resetsInMs, rates };
    if (verdict === noTokensLeft) return { ...seen, refused: 'tokens', retryAfterMs: resetsInMs };
    if (verdict === tooManyAtOnce) return { ...seen, refused: 'at_once', retryAfterMs: 0 };
    const full = rates[verdict - 1];
    return { ...seen, refused: full ? 'rate' : null, retryAfterMs: full?.retryAfterMs ?? 0 };
  }

  /** The turn did not begin after all. */
  async release(ownerId: string, turnId: string): Promise<void> {
    await this.redis.zrem(runningKey(ownerId), turnId);
  }

  /** The turn has ended, at a time that is the same however often this is said, and used so many tokens. */
  async settle({ ownerId, turnId, tokens, endedAt }: { ownerId: string; turnId: string; tokens: number; endedAt: Date }): Promise<void> {
    await this.redis.settleTurn(runningKey(ownerId), tokensKey(ownerId, endedAt.getTime()), turnId, tokens, keptSeconds);
  }

  /** The owner's turns run on. Those that are not counted, since they have just ended or Redis had lost them, stay so. */
  async renew(ownerId: string, turnIds: readonly string[]): Promise<void> {
    await this.redis.renewTurns(runningKey(ownerId), this.clock?.() ?? '', turnLeaseMs, ...turnIds);
  }

  async usage(ownerId: string): Promise<{ tokensToday: number; turnsRunning: number; resetsAt: Date }> {
    const now = this.now();
    const [tokens, turnsRunning] = await Promise.all([
      this.redis.hget(tokensKey(ownerId, now), 'total'),
      this.redis.zcount(runningKey(ownerId), `(${now}`, '+inf'),
    ]);
    return { tokensToday: Number(tokens ?? 0), turnsRunning, resetsAt: new Date(endOfDay(now)) };
  }

  private now(): number {
    return this.clock?.() ?? Date.now();
  }
}

function ownRate(ownerId: string, limit: number): RateBucket {
  return { name: 'turns', key: `dramatis:limits:turns:${ownerId}`, rate: { limit, windowMs: minuteMs } };
}

const runningKey = (ownerId: string): string => `dramatis:limits:running:${ownerId}`;
const tokensKey = (ownerId: string, at: number): string => `dramatis:limits:tokens:${ownerId}:${new Date(at).toISOString().slice(0, 10)}`;
const endOfDay = (at: number): number => (Math.floor(at / dayMs) + 1) * dayMs;
