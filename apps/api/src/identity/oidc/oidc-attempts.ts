import { DomainError } from '@dramatis/contracts/errors';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Redis } from 'ioredis';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Env } from '../../env.js';
import { ENV, REDIS } from '../../infrastructure/tokens.js';

/** How long somebody may take at the provider. */
const lifeSeconds = 600;

const attempt = z.object({ provider: z.string(), verifier: z.string(), nonce: z.string(), returnTo: z.string(), redirectUri: z.string(), browser: z.string() });
export type OidcAttempt = Omit<z.infer<typeof attempt>, 'browser'>;

/**
 * Sign-ins that have gone to a provider and are to come back: each once, within ten minutes, to the browser that began it. What it must come
 * back with is kept in Redis under the hash of its state; that it is the same browser, a cookie of each attempt says, so that two windows
 * do not disturb each other.
 */
@Injectable()
export class OidcAttempts {
  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws DomainError broker_unavailable */
  async begin(state: string, values: OidcAttempt, response: Response): Promise<void> {
    const browser = randomBytes(32).toString('base64url');
    const stored = JSON.stringify({ ...values, browser: hashOf(browser) });
    await this.orClosed(this.redis.set(keyOf(state), stored, 'EX', lifeSeconds));
    response.append('Set-Cookie', this.cookie(state, browser, lifeSeconds));
  }

  /** What was kept, once. @throws DomainError sign_in_failed, broker_unavailable */
  async finish(state: string, provider: string, response: Response): Promise<OidcAttempt> {
    const name = this.cookieName(state);
    const browser = cookieOf(response.req.headers.cookie, name);
    if (browser !== null) response.append('Set-Cookie', this.cookie(state, '', 0));
    // Who does not hold the cookie must not be able to use up what another browser waits for.
    const stored = browser === null ? null : await this.orClosed(this.redis.getdel(keyOf(state)));
    const found = stored === null ? null : attempt.parse(JSON.parse(stored));
    if (found === null || browser === null || found.provider !== provider || !timingSafeEqual(Buffer.from(found.browser), Buffer.from(hashOf(browser)))) {
      throw new DomainError('sign_in_failed.attempt_over');
    }
    return found;
  }

  private async orClosed<T>(kept: Promise<T>): Promise<T> {
    return kept.catch((cause: unknown) => {
      throw new DomainError('broker_unavailable.not_remembered', {}, { cause });
    });
  }

  private cookie(state: string, value: string, maxAgeSeconds: number): string {
    // Lax: it comes along when the provider sends the browser back.
    const attributes = [`${this.cookieName(state)}=${value}`, `Max-Age=${maxAgeSeconds}`, 'Path=/', 'HttpOnly', 'SameSite=Lax'];
    return [...attributes, ...(this.env.secure ? ['Secure'] : [])].join('; ');
  }

  private cookieName(state: string): string {
    return `${this.env.secure ? '__Host-' : ''}dramatis_oidc_${hashOf(state).slice(0, 12)}`;
  }
}

const hashOf = (value: string): string => createHash('sha256').update(value).digest('hex');
const keyOf = (state: string): string => `dramatis:oidc:${hashOf(state)}`;

function cookieOf(header: string | undefined, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const [key, value = ''] = pair.trim().split('=', 2);
    if (key === name && value !== '') return value;
  }
  return null;
}
