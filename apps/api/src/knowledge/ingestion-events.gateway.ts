import { type IngestionEvent, ingestionSocketEvents, ingestionSubscribe, ingestionUnsubscribe } from '@dramatis/contracts/ingestion';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { IngestionEventFollower } from '@dramatis/turn-events/ingestion-event-follower';
import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayDisconnect, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { type Acknowledged, SocketSubscriptions } from '../turn-events/socket-subscriptions.js';

type Acknowledgement = Acknowledged<object>;
type IngestionSocket = Socket<Record<string, never>, { [ingestionSocketEvents.event]: (event: IngestionEvent) => void }>;

/** How ingestions get on, over Socket.IO, for curators. */
@WebSocketGateway()
export class IngestionEventsGateway implements OnGatewayDisconnect<IngestionSocket> {
  private readonly followed = new SocketSubscriptions<IngestionSocket>({ most: 10, logger: new Logger(IngestionEventsGateway.name) });

  constructor(
    private readonly ingestions: IngestionRepository,
    private readonly follower: IngestionEventFollower,
  ) {}

  handleDisconnect(socket: IngestionSocket): void {
    this.followed.endAll(socket);
  }

  @SubscribeMessage(ingestionSocketEvents.subscribe)
  subscribe(@ConnectedSocket() socket: IngestionSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.followed.acknowledge(async () => {
      const { ingestionId, after } = parseOrThrow(ingestionSubscribe, message, { where: 'message' });
      await this.ingestions.getRecord(ingestionId);
      this.followed.begin(
        socket,
        ingestionId,
        (signal) => this.follower.follow(ingestionId, after, signal),
        (event) => socket.emit(ingestionSocketEvents.event, event),
      );
      return {};
    });
  }

  @SubscribeMessage(ingestionSocketEvents.unsubscribe)
  unsubscribe(@ConnectedSocket() socket: IngestionSocket, @MessageBody() message: unknown): Promise<Acknowledgement> {
    return this.followed.acknowledge(() => {
      const { ingestionId } = parseOrThrow(ingestionUnsubscribe, message, { where: 'message' });
      this.followed.end(socket, ingestionId);
      return {};
    });
  }
}
