import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import { SessionService } from '../sessions/session.service.js';
import type { Access } from './access.js';
import type { CredentialReader, Credentials } from './credential-reader.js';

/** Guests and accounts, by the cookie of their session. */
@Injectable()
export class SessionReader implements CredentialReader {
  constructor(
    private readonly cookies: SessionService,
    private readonly sessions: SessionRepository,
  ) {}

  async read({ cookie }: Credentials): Promise<Access | null> {
    const access = await this.cookies.read(cookie);
    return access.sessionId === null ? null : access;
  }

  async lapsed(accesses: readonly Access[]): Promise<readonly Access[]> {
    const live = await this.sessions.findLive([...new Set(accesses.flatMap(({ sessionId }) => sessionId ?? []))]);
    const bySession = new Map(live.map((session) => [session.sessionId, session]));
    return accesses.filter((access) => {
      if (access.sessionId === null) return false;
      const now = bySession.get(access.sessionId);
      return now?.ownerId !== access.ownerId || now?.account?.role !== access.account?.role;
    });
  }
}
