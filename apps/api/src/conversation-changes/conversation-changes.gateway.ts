import { type ConversationChanged, conversationSocketEvents, conversationWatch } from '@dramatis/contracts/conversation-event';
import { DomainError } from '@dramatis/contracts/errors';
import { ConversationRepository, isForCurators } from '@dramatis/database/conversations/conversation-repository';
import { Logger } from '@nestjs/common';
import { ConnectedSocket, MessageBody, type OnGatewayDisconnect, SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import type { Socket } from 'socket.io';
import { type Access, mayCurate } from '../access/access.js';
import { accessOf } from '../access/socket-access.js';
import { parseOrThrow } from '../http/zod-validation.pipe.js';
import { type Acknowledged, SocketSubscriptions } from '../turn-events/socket-subscriptions.js';
import { ConversationChanges } from './conversation-changes.js';

type PageSocket = Socket<Record<string, never>, { [conversationSocketEvents.changed]: (change: ConversationChanged) => void }>;

/** Pages that show a conversation hear over Socket.IO that it went on elsewhere. */
@WebSocketGateway()
export class ConversationChangesGateway implements OnGatewayDisconnect<PageSocket> {
  private readonly watched = new SocketSubscriptions<PageSocket>({
    most: 10,
    logger: new Logger(ConversationChangesGateway.name),
  });

  constructor(
    private readonly conversations: ConversationRepository,
    private readonly changes: ConversationChanges,
  ) {}

  handleDisconnect(socket: PageSocket): void {
    this.watched.endAll(socket);
  }

  @SubscribeMessage(conversationSocketEvents.watch)
  watch(@ConnectedSocket() socket: PageSocket, @MessageBody() message: unknown): Promise<Acknowledged<object>> {
    return this.watched.acknowledge(async () => {
      const { conversationId } = parseOrThrow(conversationWatch, message, { where: 'message' });
      await this.requireOwn(conversationId, accessOf(socket));
      this.watched.begin(
        socket,
        conversationId,
        (signal) => this.changes.follow(conversationId, signal),
        (change) => socket.emit(conversationSocketEvents.changed, change),
      );
      await this.changes.listen(conversationId);
      return {};
    });
  }

  @SubscribeMessage(conversationSocketEvents.unwatch)
  unwatch(@ConnectedSocket() socket: PageSocket, @MessageBody() message: unknown): Promise<Acknowledged<object>> {
    return this.watched.acknowledge(() => {
      this.watched.end(socket, parseOrThrow(conversationWatch, message, { where: 'message' }).conversationId);
      return {};
    });
  }

  /** @throws DomainError conversation_not_found */
  private async requireOwn(conversationId: string, access: Access): Promise<void> {
    const conversation = access.ownerId === null ? null : await this.conversations.getOwn(conversationId, access.ownerId);
    if (conversation !== null && (!isForCurators(conversation) || mayCurate(access))) return;
    throw new DomainError('conversation_not_found');
  }
}
