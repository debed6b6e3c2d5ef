import type { ProblemDocument } from '@dramatis/contracts/errors';
import { Injectable, Logger } from '@nestjs/common';
import type { Event, Server, Socket } from 'socket.io';
import { problemOf } from '../http/problem-of.js';
import { type Access, nobody } from './access.js';
import { AccessReader } from './access-reader.js';
import { bearer, credentialsOf } from './credential-reader.js';
import { OpenAccesses } from './open-accesses.js';
import { requireRule } from './require-rule.js';
import { socketEventTable } from './route-table.js';

type Acknowledge = (answer: { ok: false; problem: ProblemDocument }) => void;

/**
 * Who a socket speaks for, found out once when it opens, and what it may say. A browser cannot send a header with its socket: a token comes
 * in the handshake's `auth`, or with the message that needs it.
 */
@Injectable()
export class SocketAccess {
  private readonly logger = new Logger(SocketAccess.name);

  constructor(
    private readonly reader: AccessReader,
    private readonly open: OpenAccesses,
  ) {}

  /** Sets `socket.data.access` of every socket, and stands between it and every event. */
  protect(server: Server): void {
    server.use((socket, next) => {
      this.reader.read(credentialsOf({ ...socket.handshake.headers, ...tokenOf(socket.handshake.auth) })).then(
        (access) => {
          this.admit(socket, access);
          next();
        },
        (error: unknown) => {
          const problem = problemOf(error);
          if (problem.status >= 500) this.logger.warn({ err: error }, 'socket refused');
          else this.logger.log({ code: problem.code }, 'socket refused');
          next(Object.assign(new Error('unavailable'), { data: problem }));
        },
      );
    });
  }

  private admit(socket: Socket, access: Access): void {
    (socket.data as { access: Access }).access = access;
    // The client connects again, as whoever it is then.
    const unwatch = this.open.watch(access, () => socket.conn.close());
    socket.once('disconnect', unwatch);
    const shown = new ShownTokens((given) => this.open.watch(given, () => socket.conn.close()));
    socket.once('disconnect', () => shown.forget());
    socket.use((event, next) => void this.check(socket, event, shown).then((allowed) => allowed && next()));
  }

  private async check(socket: Socket, [name, ...rest]: Event, shown: ShownTokens): Promise<boolean> {
    try {
      const token = tokenOf(rest[0]);
      const access = 'authorization' in token ? await this.reader.read(credentialsOf({ ...socket.handshake.headers, ...token })) : accessOf(socket);
      requireRule(socketEventTable.get(name), access);
      if ('authorization' in token) shown.add(access);
      return true;
    } catch (error) {
      const acknowledge: unknown = rest.at(-1);
      if (typeof acknowledge === 'function') (acknowledge as Acknowledge)({ ok: false, problem: problemOf(error) });
      return false;
    }
  }
}

/** What a socket was let do by tokens that came with its messages: it ends with the first of them that holds no more. */
class ShownTokens {
  private readonly unwatch = new Map<string, () => void>();

  constructor(private readonly watch: (access: Access) => () => void) {}

  add(access: Access): void {
    const { credential, program, sessionId } = access;
    const key = JSON.stringify([credential, program?.id, sessionId, access.token?.expiresAt]);
    if (!this.unwatch.has(key)) this.unwatch.set(key, this.watch(access));
  }

  forget(): void {
    for (const stop of this.unwatch.values()) stop();
    this.unwatch.clear();
  }
}

/** Who the socket speaks for. */
export function accessOf(socket: Pick<Socket, 'data'>): Access {
  return (socket.data as { access?: Access }).access ?? nobody;
}

function tokenOf(value: unknown): { authorization: string } | Record<string, never> {
  const token = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['token'] : undefined;
  return typeof token === 'string' ? { authorization: bearer(token) } : {};
}
