import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { readSessionCookie, writeSessionCookie } from './session-cookie.js';

/** Guests and their sessions: a cookie that names a guest, and nothing else of a person. */
@Injectable()
export class SessionService {
  constructor(
    private readonly sessions: SessionRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** The guest that a request's or handshake's `Cookie` header belongs to, or null. */
  async guestOf(cookieHeader: string | undefined): Promise<string | null> {
    const token = readSessionCookie(cookieHeader);
    return token === null ? null : this.sessions.find(token);
  }

  /** The guest of the request, or a new one whose cookie goes out with the response. */
  async ensureGuest(guestId: string | null, response: Response): Promise<string> {
    if (guestId !== null) return guestId;
    const session = await this.sessions.create();
    const { maxAgeSeconds } = session;
    response.append('Set-Cookie', writeSessionCookie(session.token, { secure: this.env.secure, maxAgeSeconds }));
    return session.guestId;
  }
}
