import { DomainError, type ProblemDocument } from '@dramatis/contracts/errors';
import { type IngestionEvent, ingestionSocketEvents, ingestionSubscribe, ingestionUnsubscribe } from '@dramatis/contracts/ingestion';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { IngestionEventFollower } from '@dramatis/turn-events/ingestion-event-follower';
import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayDisconnect, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { problemOf } from '../http/problem-of.js';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { whenTaken } from '../turn-events/socket-backpressure.js';

/** How many ingestions one socket may follow at once. */
const maxSubscriptions = 10;

type Acknowledgement = { ok: true } | { ok: false; problem: ProblemDocument };
type IngestionSocket = Socket<Record<string, never>, { [ingestionSocketEvents.event]: (event: IngestionEvent) => void }>;

/** How ingestions get on, over Socket.IO, for curators. */
@WebSocketGateway()
export class IngestionEventsGateway implements OnGatewayDisconnect<IngestionSocket> {
  private readonly logger = new Logger(IngestionEventsGateway.name);
  private readonly subscriptions = new WeakMap<IngestionSocket, Map<string, AbortController>>();

  constructor(
    private readonly ingestions: IngestionRepository,
    private readonly follower: IngestionEventFollower,
  ) {}

  handleDisconnect(socket: IngestionSocket): void {
    for (const abort of this.subscriptions.get(socket)?.values() ?? []) abort.abort();
    this.subscriptions.delete(socket);
  }

  @SubscribeMessage(ingestionSocketEvents.subscribe)
  subscribe(@ConnectedSocket() socket: IngestionSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.acknowledge(async () => {
      const { ingestionId, after } = parseOrThrow(ingestionSubscribe, message, { where: 'message' });
      await this.ingestions.getRecord(ingestionId);
      if (socket.disconnected) return;
      const subscriptions = this.subscriptionsOf(socket);
      // A repeated subscription replaces the former: the client knows best what it has seen.
      subscriptions.get(ingestionId)?.abort();
      subscriptions.delete(ingestionId);
      if (subscriptions.size >= maxSubscriptions) {
        throw new DomainError('too_many_requests', `One socket may follow ${maxSubscriptions} ingestions at once; unsubscribe from one first.`);
      }
      const abort = new AbortController();
      subscriptions.set(ingestionId, abort);
      void this.send(socket, ingestionId, after, abort);
    });
  }

  @SubscribeMessage(ingestionSocketEvents.unsubscribe)
  unsubscribe(@ConnectedSocket() socket: IngestionSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.acknowledge(() => {
      const { ingestionId } = parseOrThrow(ingestionUnsubscribe, message, { where: 'message' });
      this.subscriptionsOf(socket).get(ingestionId)?.abort();
      this.subscriptionsOf(socket).delete(ingestionId);
      return Promise.resolve();
    });
  }

  private subscriptionsOf(socket: IngestionSocket): Map<string, AbortController> {
    const subscriptions = this.subscriptions.get(socket) ?? new Map<string, AbortController>();
    this.subscriptions.set(socket, subscriptions);
    return subscriptions;
  }

  private async send(socket: IngestionSocket, ingestionId: string, after: number, abort: AbortController): Promise<void> {
    const { signal } = abort;
    try {
      for await (const event of this.follower.follow(ingestionId, after, signal)) {
        if (signal.aborted) break;
        socket.emit(ingestionSocketEvents.event, event);
        await whenTaken(socket.conn, signal);
      }
    } catch (error) {
      this.logger.error({ err: error, ingestionId }, 'a subscription ended early');
      // The client connects again and asks for what it has not seen.
      socket.conn.close();
    } finally {
      const subscriptions = this.subscriptionsOf(socket);
      if (subscriptions.get(ingestionId) === abort) subscriptions.delete(ingestionId);
    }
  }

  private async acknowledge(action: () => Promise<void>): Promise<Acknowledgement> {
    try {
      await action();
      return { ok: true };
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'socket request failed');
      return { ok: false, problem };
    }
  }
}
