import { Injectable, inject } from '@angular/core';
import { Router } from '@angular/router';
import type { Conversation, ConversationWithTurns } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import { ApiClient } from '../../core/api-client';
import { previewedPersona } from './previewed-persona';

/** As many turns as are shown at first: a few screens, so that a long conversation is there as soon as a short one. */
export const latestTurns = 20;

/** How long what was asked for counts as new, in milliseconds. Whoever turned away while the code was coming may open the conversation much later. */
const newForMs = 15_000;

/** What a conversation's page asks the server for first. */
export interface OpeningConversation {
  conversation: Promise<ConversationWithTurns>;
  /** Null where the persona cannot be had: the conversation is shown all the same. Rejects with the conversation. */
  persona: Promise<Persona | null>;
}

export function openingConversation(api: ApiClient, conversationId: string): OpeningConversation {
  const conversation = api.conversation(conversationId, { limit: latestTurns });
  const persona = conversation.then((found) => personaOf(api, found).catch(() => null));
  // Whoever asked is told by the conversation.
  persona.catch(() => undefined);
  return { conversation, persona };
}

/** Whom a conversation is with: in a preview, as the draft has them. @throws Problem */
export async function personaOf(api: ApiClient, { personaId, preview }: Conversation): Promise<Persona> {
  return preview ? (await previewedPersona(api, personaId)).persona : api.persona(personaId);
}

/** Asks for the conversation that the page was loaded at while the code of its page is still on the way. */
@Injectable({ providedIn: 'root' })
export class EarlyConversation {
  private readonly api = inject(ApiClient);
  private readonly router = inject(Router);
  private asked: { conversationId: string; at: number; opening: OpeningConversation } | null = null;

  /** To be called where the code is asked for. */
  begin(): void {
    const address = this.router.currentNavigation()?.extractedUrl;
    const [first, second] = address?.root.children['primary']?.segments ?? [];
    if (first?.path !== 'conversations' || !second) return;
    const opening = openingConversation(this.api, second.path);
    // The page hears of it, if it comes to that.
    opening.conversation.catch(() => undefined);
    this.asked = { conversationId: second.path, at: Date.now(), opening };
  }

  /** What was asked for, once; null if it was another conversation, or long ago. */
  take(conversationId: string): OpeningConversation | null {
    const { asked } = this;
    this.asked = null;
    return asked?.conversationId === conversationId && Date.now() - asked.at < newForMs ? asked.opening : null;
  }
}
