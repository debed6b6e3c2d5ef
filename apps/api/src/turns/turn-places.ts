import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

const remembered = 50_000;

/**
 * In which conversation a turn is, of those that this process has lately started or shown. Who sends a message says which turn it
 * follows, and has mostly just read that turn here: then nobody waits for the database to say that it is one of the conversation.
 */
@Injectable()
export class TurnPlaces {
  private readonly conversations = new LRUCache<string, string>({ max: remembered });

  note(turnId: string, conversationId: string): void {
    this.conversations.set(turnId, conversationId);
  }

  conversationOf(turnId: string): string | undefined {
    return this.conversations.get(turnId);
  }
}
