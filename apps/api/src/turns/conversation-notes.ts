import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import type { TurnRecord } from '@dramatis/database/conversations/turn-model';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { titleOf } from '../conversations/conversation-title.js';

/** Long enough for the first words of most replies, so that these writes slow down no reply's beginning. */
const delayMs = 100;

/** Lets conversations remember when and how they were last used, and names new ones, shortly after a turn began. */
@Injectable()
export class ConversationNotes implements BeforeApplicationShutdown {
  private readonly logger = new Logger(ConversationNotes.name);
  private readonly waiting = new Map<NodeJS.Timeout, TurnRecord>();

  constructor(private readonly conversations: ConversationRepository) {}

  noteUse(turn: TurnRecord): void {
    const timer = setTimeout(() => {
      this.waiting.delete(timer);
      void this.write(turn);
    }, delayMs);
    this.waiting.set(timer, turn);
  }

  async beforeApplicationShutdown(): Promise<void> {
    const turns = [...this.waiting.values()];
    for (const timer of this.waiting.keys()) clearTimeout(timer);
    this.waiting.clear();
    await Promise.all(turns.map((turn) => this.write(turn)));
  }

  /** A note that is lost costs a title or an order in a list; the next turn writes it again. */
  private async write({ _id: turnId, conversationId, mode, format, userText }: TurnRecord): Promise<void> {
    try {
      await this.conversations.touch(conversationId, { mode, format, title: titleOf(userText) });
    } catch (error) {
      this.logger.warn({ err: error, turnId }, 'the conversation could not be told of its turn');
    }
  }
}
