import type { ConversationChanged } from '@dramatis/contracts/conversation-event';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { EventEmitter, on } from 'node:events';
import { REDIS, REDIS_SUBSCRIBER } from '../infrastructure/tokens.js';

const channelPrefix = 'dramatis:conversation-changed:';
const channelOf = (conversationId: string): string => channelPrefix + conversationId;

/**
 * Tells pages on other devices that something happened in a conversation that they show, through whichever instance they are connected to.
 * It is a bell and no record: what rings while nobody hears it is found by the next look at the conversation.
 */
@Injectable()
export class ConversationChanges {
  private readonly logger = new Logger(ConversationChanges.name);
  /** Conversation ids as events; those who follow are its listeners. */
  private readonly bell = new EventEmitter().setMaxListeners(0);

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(REDIS_SUBSCRIBER) private readonly subscriber: Redis,
  ) {
    subscriber.on('message', (channel: string) => {
      if (channel.startsWith(channelPrefix)) this.bell.emit(channel.slice(channelPrefix.length));
    });
  }

  /** Nobody waits for it, and nothing is lost if it fails. */
  tell(conversationId: string): void {
    this.redis.publish(channelOf(conversationId), '').catch((error: unknown) => {
      this.logger.debug({ err: error, conversationId }, 'other pages hear of a change later');
    });
  }

  /**
   * Resolves when every later change is heard by those who follow; at once while Redis is away, which the subscription then waits for. Where
   * nobody follows any more, since a socket left meanwhile, there is nobody who would end a subscription.
   */
  async listen(conversationId: string): Promise<void> {
    if (this.bell.listenerCount(conversationId) === 0) return;
    const subscribing = this.subscriber.subscribe(channelOf(conversationId)).catch(() => undefined);
    if (this.subscriber.status === 'ready') await subscribing;
  }

  /** One event for each change, until aborted. */
  async *follow(conversationId: string, signal: AbortSignal): AsyncGenerator<ConversationChanged, void, undefined> {
    try {
      for await (const _ of on(this.bell, conversationId, { signal })) yield { conversationId };
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      if (this.bell.listenerCount(conversationId) === 0) void this.subscriber.unsubscribe(channelOf(conversationId)).catch(() => undefined);
    }
  }
}
