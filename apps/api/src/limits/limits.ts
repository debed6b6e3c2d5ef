import { DomainError } from '@dramatis/contracts/errors';
import type { ProblemKey } from '@dramatis/contracts/problem-texts';
import type { RateBucket, RateState } from '@dramatis/limits/rate';
import { RateLimiter } from '@dramatis/limits/rate-limiter';
import type { Logger } from '@dramatis/telemetry/logger';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../env.js';
import { OutageLog } from '../infrastructure/outage-log.js';
import { ENV, LOGGER } from '../infrastructure/tokens.js';
import { Metrics } from '../metrics/metrics.js';
import { bucketsOf, type GuardedAct, type Subject } from './limited.js';

const keyOf = {
  signIn: 'rate_limited.sign_in',
  signUp: 'rate_limited.sign_up',
  passwordReset: 'rate_limited.password_reset',
} as const satisfies Record<GuardedAct, ProblemKey>;

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
      throw new DomainError('broker_unavailable.not_counted', {}, { cause });
    });
    tell(states);
    if (full) throw this.refusal(full, keyOf[act]);
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
    if (full) throw this.refusal(full, 'rate_limited.guests');
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

  private refusal(full: RateState, key: (typeof keyOf)[GuardedAct] | 'rate_limited.guests'): DomainError {
    this.metrics.limitsReached.inc({ limit: full.name });
    const retryAfterSeconds = Math.ceil(full.retryAfterMs / 1_000);
    return new DomainError(key, { waiting: retryAfterSeconds }, { retryAfterSeconds });
  }
}
