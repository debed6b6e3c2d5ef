import { socketEvents, turnSubscribe, turnUnsubscribe, type TurnEvent } from '@dramatis/contracts/turn-event';
import type { TurnStatus } from '@dramatis/contracts/turn';
import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayDisconnect, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { accessOf } from '../access/socket-access.js';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { type Acknowledged, SocketSubscriptions } from './socket-subscriptions.js';
import { TurnSubscriptions } from './turn-subscriptions.js';

export type Acknowledgement = Acknowledged<{ status?: TurnStatus }>;

type TurnSocket = Socket<Record<string, never>, { [socketEvents.event]: (event: TurnEvent) => void }>;

/** The turns' events over Socket.IO. */
@WebSocketGateway()
export class TurnEventsGateway implements OnGatewayDisconnect<TurnSocket> {
  private readonly followed = new SocketSubscriptions<TurnSocket>({ most: 20, logger: new Logger(TurnEventsGateway.name) });

  constructor(private readonly subscriptions: TurnSubscriptions) {}

  handleDisconnect(socket: TurnSocket): void {
    this.followed.endAll(socket);
  }

  @SubscribeMessage(socketEvents.subscribe)
  subscribe(@ConnectedSocket() socket: TurnSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.followed.acknowledge(async () => {
      const { turnId, after } = parseOrThrow(turnSubscribe, message, { where: 'message' });
      const status = await this.subscriptions.open(turnId, accessOf(socket), after);
      this.followed.begin(
        socket,
        turnId,
        (signal) => this.subscriptions.follow(turnId, { after, signal, way: 'socket' }),
        (event) => socket.emit(socketEvents.event, event),
      );
      return { status };
    });
  }

  @SubscribeMessage(socketEvents.unsubscribe)
  unsubscribe(@ConnectedSocket() socket: TurnSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.followed.acknowledge(() => {
      const { turnId } = parseOrThrow(turnUnsubscribe, message, { where: 'message' });
      this.followed.end(socket, turnId);
      return {};
    });
  }
}
