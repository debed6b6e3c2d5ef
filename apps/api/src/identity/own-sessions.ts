import { DomainError } from '@dramatis/contracts/errors';
import type { Session } from '@dramatis/contracts/identity/session';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import { SecurityLog } from '../audit/security-log.js';
import type { Visit } from './visit.js';

/** The sessions of who asks. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly log: SecurityLog,
  ) {}

  /** The one last used first. */
  async list(ownerId: string, currentId: string | null): Promise<Session[]> {
    const records = await this.sessions.list(ownerId);
    return records.map(({ sessionId, userAgent, address, createdAt, lastSeenAt, expiresAt }) => ({
      sessionId,
      current: sessionId === currentId,
      userAgent,
      address,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
    }));
  }

  /** @throws DomainError session_not_found, also for those of others */
  async end(sessionId: string, visit: Visit): Promise<void> {
    const { ownerId } = visit.access;
    if (ownerId === null) throw notFound();
    await this.log.attempt('sessions.end', visit, async () => {
      if (!(await this.sessions.end(sessionId, ownerId))) throw notFound();
      return { subject: sessionId, result: undefined };
    });
  }

  /** Ends all but the one that asks; returns how many. */
  async endOthers(visit: Visit): Promise<number> {
    const { ownerId, sessionId } = visit.access;
    if (ownerId === null) return 0;
    return this.log.attempt('sessions.endOthers', visit, async () => {
      const ended = await this.sessions.endAll(ownerId, { except: sessionId });
      return { detail: { ended }, result: ended };
    });
  }
}

function notFound(): DomainError {
  return new DomainError('session_not_found');
}
