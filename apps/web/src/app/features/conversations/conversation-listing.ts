import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { Conversation } from '@dramatis/contracts/conversation';
import { ApiClient } from '../../core/api-client';
import { Problem } from '../../core/problem';
import { PagedList } from '../../shared/paged-list';
import { PersonaShelf } from '../../shared/personas';

const pageSize = 30;
/** How often a list is read again while a reply is being written in one of its conversations. */
const watchMs = 4_000;
const deleteTries = 12;
const deletePauseMs = 250;

/** One's own conversations, the one spoken in last first. Provided by the page that shows them. */
@Injectable()
export class ConversationListing {
  private readonly api = inject(ApiClient);
  private readonly shelf = inject(PersonaShelf);
  private readonly asked = new Set<string>();
  private readonly watched = signal(0);

  readonly list = new PagedList<Conversation>((conversation) => conversation.conversationId, pageSize);
  private readonly running = computed(() => this.list.items()?.some(({ runningTurnId }) => runningTurnId !== null) ?? false);

  constructor() {
    effect((onCleanup) => {
      this.watched();
      if (!this.running()) return;
      const timer = setTimeout(() => void this.watch(), watchMs);
      onCleanup(() => clearTimeout(timer));
    });
    effect(() => {
      const personaIds = new Set(this.list.items()?.map(({ personaId }) => personaId));
      untracked(() => personaIds.forEach((personaId) => void this.meet(personaId)));
    });
    inject(DestroyRef).onDestroy(() => this.list.close());
  }

  open(): Promise<void> {
    return this.list.open((range, signal) => this.api.conversations(range, signal));
  }

  /** Shows the new title at once, and the old one again if the server does not take it. @throws Problem */
  async rename(conversation: Conversation, title: string): Promise<void> {
    this.list.replace({ ...conversation, title });
    try {
      await this.api.updateConversation(conversation.conversationId, { title });
    } catch (error) {
      this.list.replace(conversation);
      throw error;
    }
  }

  /** Stops the reply that is being written in it, then deletes it. @throws Problem */
  async remove({ conversationId, runningTurnId }: Conversation): Promise<void> {
    if (runningTurnId) await this.stop(runningTurnId);
    for (let triesLeft = deleteTries; ; triesLeft -= 1) {
      try {
        await this.api.deleteConversation(conversationId);
        break;
      } catch (error) {
        // A reply that was told to stop takes a moment to do so.
        if (codeOf(error) !== 'turn_in_progress' || !runningTurnId || triesLeft <= 1) throw error;
        await new Promise((resolve) => setTimeout(resolve, deletePauseMs));
      }
    }
    this.list.remove(conversationId);
  }

  private async stop(turnId: string): Promise<void> {
    try {
      await this.api.cancelTurn(turnId);
    } catch (error) {
      if (codeOf(error) !== 'turn_finished') throw error;
    }
  }

  private async watch(): Promise<void> {
    if (!document.hidden) await this.list.refresh();
    this.watched.update((times) => times + 1);
  }

  /** Reads a persona for its portrait and hue; without it the initials stand. */
  private async meet(personaId: string): Promise<void> {
    if (this.asked.has(personaId) || this.shelf.known(personaId)) return;
    this.asked.add(personaId);
    try {
      await this.shelf.load(personaId);
    } catch {
      // Withdrawn, or out of reach: the conversation carries the name.
    }
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Problem ? error.code : undefined;
}
