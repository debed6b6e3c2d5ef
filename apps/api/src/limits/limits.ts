import { DomainError } from '@dramatis/contracts/errors';
import type { RateBucket, RateState } from '@dramatis/limits/rate';
import { RateLimiter } from '@dramatis/limits/rate-limiter';
import type { Logger } from '@dramatis/telemetry/logger';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../env.js';
import { OutageLog } from '../infrastructure/outage-log.js';
import { ENV, LOGGER } from '../infrastructure/tokens.js';
import { Metrics } from '../metrics/metrics.js';
import { bucketsOf, type GuardedAct, type Subject } from './limited.js';

const whatHappened: Record<GuardedAct, string> = {
  signIn: 'There were too many attempts to sign in',
  signUp: 'There were too many sign-ups from your network',
  passwordReset: 'Too many links for a new password were asked for',
};

/** Counts what has a limit, and says how to behave when it cannot be counted. */
@Injectable()
export class Limits {
  private readonly outage: OutageLog;

  constructor(
    private readonly limiter: RateLimiter,
    private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.outage = new OutageLog(logger, 'the count of limits');
  }

  /**
   * Counts an act that must not be tried uncounted, such as signing in, and tells how its counters stand.
   * @throws DomainError rate_limited; broker_unavailable while Redis is away: guessing must not be free then
   */
  async require(act: GuardedAct, subject: Subject, tell: (states: RateState[]) => void): Promise<void> {
    const { full, states } = await this.limiter.take(bucketsOf(act, subject, this.env.limits)).catch((cause: unknown) => {
      throw new DomainError('broker_unavailable', 'This is closed for a moment, since attempts cannot be counted; try again shortly.', { cause });
    });
    tell(states);
    if (full) throw this.refusal(full, `${whatHappened[act]}; wait ${waiting(full.retryAfterMs)}, then try again.`);
  }

  /** The act went well for this person: their failed attempts do not count against them any more. */
  async forgive(act: GuardedAct, subject: Subject): Promise<void> {
    const [own] = bucketsOf(act, subject, this.env.limits);
    if (own && subject.email !== null) await this.orGoOn(act, () => this.limiter.forget([own.key]));
  }

  /** Counts a new guest's session. Without Redis guests come in uncounted. @throws DomainError rate_limited */
  async takeGuestSession(address: string): Promise<void> {
    const rate = this.env.limits.guestSession;
    if (rate === null) return;
    const bucket: RateBucket = { name: 'guests', key: `dramatis:limits:guests:${address}`, rate };
    const answer = await this.orGoOn('guests', () => this.limiter.take([bucket]));
    const full = answer?.full;
    if (full) throw this.refusal(full, `Too many sessions were begun from your network; wait ${waiting(full.retryAfterMs)}, or sign in.`);
  }

  /** Does what can be done without as well: an outage of Redis is logged once, and each limit that is passed over is measured. */
  async orGoOn<T>(limit: string, count: () => Promise<T>): Promise<T | null> {
    try {
      const result = await count();
      this.outage.recovered();
      return result;
    } catch (error) {
      this.outage.failed(error as Error);
      this.metrics.limitsPassedOver.inc({ limit });
      return null;
    }
  }

  private refusal(full: RateState, message: string): DomainError {
    this.metrics.limitsReached.inc({ limit: full.name });
    return new DomainError('rate_limited', message, { retryAfterSeconds: Math.ceil(full.retryAfterMs / 1_000) });
  }
}

/** A waiting time as people say it. */
export function waiting(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  if (seconds < 100) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
