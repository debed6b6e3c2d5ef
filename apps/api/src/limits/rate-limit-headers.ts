import type { TurnQuota } from '@dramatis/contracts/quota';
import type { RateState } from '@dramatis/limits/rate';
import type { TurnAdmission } from '@dramatis/limits/turn-ledger';
import type { ServerResponse } from 'node:http';

export interface RateLimitHeaders {
  RateLimit: string;
  'RateLimit-Policy': string;
}

const daySeconds = 86_400;
const seconds = (ms: number): number => Math.ceil(ms / 1_000);

/** What rates allow and what is left of them, as in draft-ietf-httpapi-ratelimit-headers. */
export function rateHeaders(states: readonly RateState[]): RateLimitHeaders {
  return { RateLimit: states.map(left).join(', '), 'RateLimit-Policy': states.map(policy).join(', ') };
}

/** The same of a turn: its rates, turns at once, and tokens of the day. A limit that there is not is not named. */
export function turnHeaders(admission: TurnAdmission, quota: TurnQuota): RateLimitHeaders {
  const { rates, turnsRunning, tokensToday, resetsInMs } = admission;
  const { turnsAtOnce, tokensADay } = quota;
  const headers = rateHeaders(rates);
  const join = (parts: (string | null)[]): string => parts.filter((part) => part !== null && part !== '').join(', ');
  return {
    RateLimit: join([
      headers.RateLimit,
      turnsAtOnce === null ? null : `"turns-at-once";r=${Math.max(0, turnsAtOnce - turnsRunning)}`,
      tokensADay === null ? null : `"tokens-a-day";r=${Math.max(0, tokensADay - tokensToday)};t=${seconds(resetsInMs)}`,
    ]),
    'RateLimit-Policy': join([
      headers['RateLimit-Policy'],
      turnsAtOnce === null ? null : `"turns-at-once";q=${turnsAtOnce};qu="concurrent-requests"`,
      tokensADay === null ? null : `"tokens-a-day";q=${tokensADay};w=${daySeconds};qu="tokens"`,
    ]),
  };
}

/** Puts the headers on the answer, where there is something to tell. */
export function tellLimits(response: ServerResponse, headers: RateLimitHeaders): void {
  if (headers.RateLimit === '') return;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value as string);
}

function policy({ name, rate }: RateState): string {
  return `"${name}";q=${rate.limit};w=${seconds(rate.windowMs)}`;
}

function left({ name, remaining, resetMs }: RateState): string {
  return `"${name}";r=${remaining};t=${seconds(resetMs)}`;
}
