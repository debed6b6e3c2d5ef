import { DomainError, type ProblemDocument } from '@dramatis/contracts/errors';
import type { Logger } from '@nestjs/common';
import type { Socket } from 'socket.io';
import { problemOf } from '../http/problem-of.js';
import { whenTaken } from './socket-backpressure.js';

export interface SocketSubscriptionsOptions {
  /** How many things one socket may follow at once. */
  most: number;
  logger: Logger;
}

export type Acknowledged<T extends object> = ({ ok: true } & T) | { ok: false; problem: ProblemDocument };

type AnySocket = Pick<Socket, 'disconnected' | 'conn'>;

/** What sockets follow: each thing until its events end, it is let go, or the socket leaves. */
export class SocketSubscriptions<S extends AnySocket> {
  private readonly ofSockets = new WeakMap<S, Map<string, AbortController>>();

  constructor(private readonly options: SocketSubscriptionsOptions) {}

  /**
   * Hands the socket the events of a thing, as fast as it takes them. A repeated subscription replaces the former: the client knows best
   * what it has seen. @throws DomainError too_many_requests
   */
  begin<E>(socket: S, id: string, follow: (signal: AbortSignal) => AsyncIterable<E>, emit: (event: E) => void): void {
    if (socket.disconnected) return;
    this.end(socket, id);
    const { most } = this.options;
    const subscriptions = this.ofSockets.get(socket) ?? new Map<string, AbortController>();
    this.ofSockets.set(socket, subscriptions);
    if (subscriptions.size >= most) {
      throw new DomainError('too_many_requests.subscriptions', { most });
    }
    const abort = new AbortController();
    subscriptions.set(id, abort);
    void this.send(socket, id, follow(abort.signal), emit, abort.signal).finally(() => {
      if (subscriptions.get(id) === abort) subscriptions.delete(id);
    });
  }

  end(socket: S, id: string): void {
    this.ofSockets.get(socket)?.get(id)?.abort();
    this.ofSockets.get(socket)?.delete(id);
  }

  endAll(socket: S): void {
    for (const abort of this.ofSockets.get(socket)?.values() ?? []) abort.abort();
    this.ofSockets.delete(socket);
  }

  /** What the action gives, or its error as a problem: every request ends in an acknowledgement, and none can end the process. */
  async acknowledge<T extends object>(action: () => Promise<T> | T): Promise<Acknowledged<T>> {
    try {
      return { ok: true, ...(await action()) };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.options.logger.error({ err: error, code: problem.code }, 'socket request failed');
      return { ok: false, problem };
    }
  }

  private async send<E>(socket: S, id: string, events: AsyncIterable<E>, emit: (event: E) => void, signal: AbortSignal): Promise<void> {
    try {
      for await (const event of events) {
        if (signal.aborted) break;
        emit(event);
        await whenTaken(socket.conn, signal);
      }
    } catch (error) {
      this.options.logger.error({ err: error, id }, 'a subscription ended early');
      // The client connects again and asks for what it has not seen.
      socket.conn.close();
    }
  }
}
