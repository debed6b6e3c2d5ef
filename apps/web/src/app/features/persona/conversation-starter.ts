import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { CreateConversation } from '@dramatis/contracts/conversation';
import { ApiClient } from '../../core/api-client';
import { staying } from '../../core/staying';

/** Begins conversations. */
@Injectable({ providedIn: 'root' })
export class ConversationStarter {
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);

  /** Makes a conversation and opens its page, which asks `question` at once when there is one. Who went elsewhere meanwhile stays there. @throws Problem */
  async begin(choice: CreateConversation, question?: string): Promise<void> {
    const stays = staying(this.router);
    const { conversationId } = await this.api.createConversation(choice);
    if (!stays()) return;
    await this.router.navigate(['/conversations', conversationId], { state: question ? { ask: question } : {} });
  }
}
