import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import { ApiClient } from '../../../core/api-client';
import { staying } from '../../../core/staying';

/** A curator's preview of a persona: the one there is, or a new one. */
@Injectable()
export class PreviewStarter {
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);

  /** The conversation's id. @throws Problem */
  async find(personaId: string): Promise<string> {
    const { items } = await this.api.conversations({ personaId, preview: true, limit: 1 });
    const { conversationId } = items[0] ?? (await this.api.createConversation({ personaId, preview: true }));
    return conversationId;
  }

  /** Goes to the conversation's page. @throws Problem */
  async open(personaId: string): Promise<void> {
    const stays = staying(this.router);
    const conversationId = await this.find(personaId);
    if (stays()) await this.router.navigate(['/conversations', conversationId]);
  }
}
