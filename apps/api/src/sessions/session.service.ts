import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { randomUUID } from 'node:crypto';
import { type Access, nobody } from '../access/access.js';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { limitedAddress } from '../limits/client-address.js';
import { Limits } from '../limits/limits.js';
import { readSessionCookie, writeSessionCookie } from './session-cookie.js';

const maxUserAgentCharacters = 300;

/** Sessions as requests carry them: a cookie that names a session, and nothing of a person. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly limits: Limits,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Who a request's or handshake's `Cookie` header belongs to. */
  async read(cookieHeader: string | undefined): Promise<Access> {
    const token = readSessionCookie(cookieHeader, this.env);
    const session = token === null ? null : await this.sessions.find(token);
    return session === null ? nobody : { ...session, credential: 'session' };
  }

  /** The owner that the request has, or a new guest whose cookie goes out with the response. @throws DomainError rate_limited */
  async ensureOwner(ownerId: string | null, response: Response): Promise<string> {
    if (ownerId !== null) return ownerId;
    await this.limits.takeGuestSession(limitedAddress(response.req.ip));
    return (await this.begin({ ownerId: randomUUID(), accountId: null }, response)).ownerId;
  }

  /** Begins a session, whose cookie takes the place of the one that the browser has. */
  async begin(owner: { ownerId: string; accountId: string | null }, response: Response): Promise<{ ownerId: string; sessionId: string }> {
    const request = response.req;
    const userAgent = request.get('user-agent')?.slice(0, maxUserAgentCharacters) ?? null;
    const { token, sessionId, maxAgeSeconds } = await this.sessions.create({ ...owner, userAgent, address: request.ip ?? null });
    response.append('Set-Cookie', writeSessionCookie(token, { secure: this.env.secure, maxAgeSeconds }));
    return { ownerId: owner.ownerId, sessionId };
  }

  /** Lets the browser forget the cookie. */
  forget(response: Response): void {
    response.append('Set-Cookie', writeSessionCookie('', { secure: this.env.secure, maxAgeSeconds: 0 }));
  }
}
