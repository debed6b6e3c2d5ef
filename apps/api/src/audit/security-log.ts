import type { AuditEntry } from '@dramatis/contracts/audit';
import { AuditRepository } from '@dramatis/database/audit/audit-repository';
import { Injectable, Logger } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Access } from '../access/access.js';
import { problemOf } from '../http/problem-of.js';

interface About {
  /** Id of what it is done to. */
  subject?: string | null;
  /** Names and numbers; never what is secret. */
  detail?: AuditEntry['detail'];
}

interface Visit {
  access: Access;
  response: Response;
}

/** Records what concerns security: who did or tried what, and from where. */
@Injectable()
export class SecurityLog {
  private readonly logger = new Logger(SecurityLog.name);

  constructor(private readonly audit: AuditRepository) {}

  /** Does the act and records how it ended. What is known of it only on the way is put into `about`. */
  async attempt<T>(action: string, visit: Visit, act: (about: About) => Promise<About & { result: T }>): Promise<T> {
    const about: About = {};
    try {
      const { result, ...known } = await act(about);
      await this.record(action, visit, { ...about, ...known }, null);
      return result;
    } catch (error) {
      await this.record(action, visit, about, problemOf(error).code);
      throw error;
    }
  }

  /** What was done is done: a log that cannot be written must not say otherwise. */
  private async record(action: string, { access, response }: Visit, { subject = null, detail = {} }: About, code: string | null): Promise<void> {
    const { req } = response;
    try {
      await this.audit.add({
        actor: actorOf(access),
        from: whence(req),
        security: true,
        action,
        outcome: code === null ? 'done' : 'refused',
        code,
        personaId: null,
        subject,
        detail,
        requestId: requestIdOf(req),
      });
    } catch (error) {
      this.logger.error({ err: error, action }, 'an action is missing in the audit log');
    }
  }
}

/** Whom the audit log names for a request. */
export function actorOf({ credential, account, ownerId }: Access): AuditEntry['actor'] {
  if (credential === 'operator-token') return { kind: 'operator', id: null };
  if (account !== null) return { kind: 'account', id: account.accountId };
  return ownerId === null ? { kind: 'anonymous', id: null } : { kind: 'guest', id: ownerId };
}

const maxUserAgentCharacters = 300;

export function whence(request: Request): NonNullable<AuditEntry['from']> {
  return { address: request.ip ?? null, userAgent: request.get('user-agent')?.slice(0, maxUserAgentCharacters) ?? null };
}

function requestIdOf(request: Request & { id?: unknown }): string | null {
  return typeof request.id === 'string' ? request.id : null;
}
