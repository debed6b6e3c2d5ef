import { DomainError } from '@dramatis/contracts/errors';
import type { TurnQuota } from '@dramatis/contracts/quota';
import type { Rate, RateBucket } from '@dramatis/limits/rate';
import { type TurnAdmission, TurnLedger } from '@dramatis/limits/turn-ledger';
import { Inject, Injectable } from '@nestjs/common';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { Metrics } from '../metrics/metrics.js';
import type { Caller } from './caller.js';
import { Limits } from './limits.js';
import { QuotaBook } from './quota-book.js';
import { quotaRoleOf } from './quota-role.js';
import { turnHeaders } from './rate-limit-headers.js';

/** Decides whether a turn may begin: one round trip to Redis, and none where that is away. */
@Injectable()
export class TurnAdmissions {
  constructor(
    private readonly ledger: TurnLedger,
    private readonly limits: Limits,
    private readonly quotas: QuotaBook,
    private readonly metrics: Metrics,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * Counts the turn among those that run, and tells the caller what is left. Returns whether it is counted only now: such a turn must be
   * released where it does not begin after all. @throws DomainError rate_limited, too_many_turns, quota_exceeded
   */
  async admit(ownerId: string, turnId: string, caller: Caller): Promise<boolean> {
    const quota = this.quotas.current()[quotaRoleOf(caller.access)];
    const buckets = this.bucketsOf(caller);
    const admission = await this.limits.orGoOn('turns', () => this.ledger.admit({ ownerId, turnId, quota, buckets }));
    if (admission === null) return false;
    caller.tellLimits(turnHeaders(admission, quota));
    if (admission.refused === null) return !admission.repeated;
    this.metrics.limitsReached.inc({ limit: admission.refused });
    throw refusal(admission, quota);
  }

  /** Frees the place of a turn that did not begin. Should that fail, its lease runs out. */
  async release(ownerId: string, turnId: string): Promise<void> {
    await this.limits.orGoOn('turns', () => this.ledger.release(ownerId, turnId));
  }

  /** Turns that were seen to run keep their places. */
  async renew(turns: readonly { ownerId: string; _id: string }[]): Promise<void> {
    const byOwner = Map.groupBy(turns, ({ ownerId }) => ownerId);
    await this.limits.orGoOn('turns', () => Promise.all([...byOwner].map(([ownerId, own]) => this.ledger.renew(ownerId, own.map(({ _id }) => _id)))));
  }

  /** A turn ended outside of its workflow. */
  async settle(turn: { ownerId: string; _id: string; endedAt: Date | null }): Promise<void> {
    const { ownerId, _id: turnId, endedAt } = turn;
    await this.limits.orGoOn('turns', () => this.ledger.settle({ ownerId, turnId, tokens: 0, endedAt: endedAt ?? new Date() }));
  }

  /** Beside those of the owner: a program that has run wild leaves its account something to talk with, and the account's other programs too. */
  private bucketsOf({ address, access: { program } }: Caller): RateBucket[] {
    const { turnsOfAddress, turnsOfProgram } = this.env.limits;
    const bucket = (name: string, subject: string, rate: Rate | null): RateBucket[] => (rate === null ? [] : [{ name, key: `dramatis:limits:${name}:${subject}`, rate }]);
    return [...(program === undefined ? [] : bucket('turns-of-program', program.id, turnsOfProgram)), ...bucket('turns-of-address', address, turnsOfAddress)];
  }
}

function refusal(admission: TurnAdmission, quota: TurnQuota): DomainError {
  const retryAfterSeconds = Math.max(1, Math.ceil(admission.retryAfterMs / 1_000));
  switch (admission.refused) {
    case 'tokens':
      return new DomainError('quota_exceeded', { tokens: quota.tokensADay ?? 0, waiting: Math.ceil(admission.resetsInMs / 1_000) }, { retryAfterSeconds });
    case 'at_once':
      return new DomainError('too_many_turns', { most: quota.turnsAtOnce ?? 1 });
    default:
      return new DomainError('rate_limited', { waiting: retryAfterSeconds }, { retryAfterSeconds });
  }
}
