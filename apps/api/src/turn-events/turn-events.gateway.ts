import { DomainError, type ProblemDocument } from '@dramatis/contracts/errors';
import { socketEvents, turnSubscribe, turnUnsubscribe, type TurnEvent } from '@dramatis/contracts/turn-event';
import type { TurnStatus } from '@dramatis/contracts/turn';
import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayConnection, type OnGatewayDisconnect, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { accessOf } from '../access/socket-access.js';
import { problemOf } from '../http/problem-of.js';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { TurnSubscriptions } from './turn-subscriptions.js';
import { whenTaken } from './socket-backpressure.js';

/** How many turns one socket may follow at once. */
const maxSubscriptions = 20;

export type Acknowledgement = { ok: true; status?: TurnStatus } | { ok: false; problem: ProblemDocument };

interface SocketData {
  subscriptions: Map<string, AbortController>;
}

type TurnSocket = Socket<Record<string, never>, { [socketEvents.event]: (event: TurnEvent) => void }, Record<string, never>, SocketData>;

/** The turns' events over Socket.IO. Every request ends in an acknowledgement; none of them can end the process. */
@WebSocketGateway()
export class TurnEventsGateway implements OnGatewayConnection<TurnSocket>, OnGatewayDisconnect<TurnSocket> {
  private readonly logger = new Logger(TurnEventsGateway.name);

  constructor(private readonly subscriptions: TurnSubscriptions) {}

  handleConnection(socket: TurnSocket): void {
    socket.data.subscriptions = new Map();
  }

  handleDisconnect(socket: TurnSocket): void {
    for (const abort of socket.data.subscriptions?.values() ?? []) abort.abort();
    socket.data.subscriptions?.clear();
  }

  @SubscribeMessage(socketEvents.subscribe)
  subscribe(@ConnectedSocket() socket: TurnSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.acknowledge(async () => {
      const { turnId, after } = parseOrThrow(turnSubscribe, message, { where: 'message' });
      const { subscriptions } = socket.data;
      const status = await this.subscriptions.open(turnId, accessOf(socket).ownerId, after);
      if (socket.disconnected) return { ok: true, status };
      // A repeated subscription replaces the former: the client knows best what it has seen.
      subscriptions.get(turnId)?.abort();
      subscriptions.delete(turnId);
      if (subscriptions.size >= maxSubscriptions) {
        throw new DomainError('too_many_requests', `One socket may follow ${maxSubscriptions} turns at once; unsubscribe from one first.`);
      }
      const abort = new AbortController();
      subscriptions.set(turnId, abort);
      void this.send(socket, turnId, after, abort);
      return { ok: true, status };
    });
  }

  @SubscribeMessage(socketEvents.unsubscribe)
  unsubscribe(@ConnectedSocket() socket: TurnSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.acknowledge(() => {
      const { turnId } = parseOrThrow(turnUnsubscribe, message, { where: 'message' });
      socket.data.subscriptions.get(turnId)?.abort();
      socket.data.subscriptions.delete(turnId);
      return Promise.resolve({ ok: true });
    });
  }

  private async send(socket: TurnSocket, turnId: string, after: number, abort: AbortController): Promise<void> {
    const { signal } = abort;
    try {
      for await (const event of this.subscriptions.follow(turnId, { after, signal, way: 'socket' })) {
        if (signal.aborted) break;
        socket.emit(socketEvents.event, event);
        await whenTaken(socket.conn, signal);
      }
    } catch (error) {
      this.logger.error({ err: error, turnId }, 'a subscription ended early');
      // The client connects again and asks for what it has not seen.
      socket.conn.close();
    } finally {
      if (socket.data.subscriptions.get(turnId) === abort) socket.data.subscriptions.delete(turnId);
    }
  }

  private async acknowledge(action: () => Promise<Acknowledgement>): Promise<Acknowledgement> {
    try {
      return await action();
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status >= 500) this.logger.error({ err: error, code: problem.code }, 'socket request failed');
      return { ok: false, problem };
    }
  }
}
