import { DestroyRef, Injectable, computed, effect, inject, signal, untracked } from '@angular/core';
import type { ListedConversation } from '@dramatis/contracts/conversation';
import { ApiClient } from '../../core/api-client';
import { Problem } from '../../core/problem';
import { PagedList } from '../../shared/paged-list';
import { PersonaShelf } from '../../shared/personas';
import { type ListQuery, wanted } from './list-query';

const pageSize = 30;
/** How often a list is read again while a reply is being written in one of its conversations. */
const watchMs = 4_000;
const deleteTries = 12;
const deletePauseMs = 250;

/** A search that is not through with all conversations goes on after this. */
const searchPauseMs = 100;

/** One's own conversations. Provided by the page that shows them. */
@Injectable()
export class ConversationListing {
  private readonly api = inject(ApiClient);
  private readonly shelf = inject(PersonaShelf);
  private readonly asked = new Set<string>();
  private readonly watched = signal(0);

  readonly list = new PagedList<ListedConversation>((conversation) => conversation.conversationId, pageSize);
  private readonly running = computed(() => this.list.items()?.some(({ runningTurnId }) => runningTurnId !== null) ?? false);

  /** How many conversations the search has still to read. */
  readonly unsearched = signal(0);
  /** Those with whom there are conversations, of all that was listed, by name. */
  readonly personas = signal<readonly { personaId: string; name: string }[]>([]);

  constructor() {
    effect((onCleanup) => {
      if (this.unsearched() === 0) return;
      const timer = setTimeout(() => void this.list.refresh(), searchPauseMs);
      onCleanup(() => clearTimeout(timer));
    });
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

  open(query: ListQuery): Promise<void> {
    this.unsearched.set(0);
    return this.list.open(async (range, signal) => {
      const page = await this.api.conversations({ ...wanted(query), ...range }, signal);
      this.unsearched.set(page.unsearched);
      this.keepNames(page.items);
      return page;
    });
  }

  /** Shown at once, and as it was again if the server does not take it. @throws Problem */
  async pin(conversation: ListedConversation, pinned: boolean): Promise<void> {
    await this.change(conversation, { pinned });
    await this.list.refresh();
  }

  /** Takes it out of this list, into the archive or back from there. @throws Problem */
  async archive({ conversationId }: ListedConversation, archived: boolean): Promise<void> {
    await this.api.updateConversation(conversationId, { archived });
    this.list.remove(conversationId);
  }

  /** Undoes that. @throws Problem */
  async unarchive({ conversationId, archived }: ListedConversation): Promise<void> {
    await this.api.updateConversation(conversationId, { archived });
    await this.list.refresh();
  }

  /** Shows the new title at once, and the old one again if the server does not take it. @throws Problem */
  rename(conversation: ListedConversation, title: string): Promise<void> {
    return this.change(conversation, { title });
  }

  private async change(conversation: ListedConversation, change: { title: string } | { pinned: boolean }): Promise<void> {
    this.list.replace({ ...conversation, ...change });
    try {
      await this.api.updateConversation(conversation.conversationId, change);
    } catch (error) {
      this.list.replace(conversation);
      throw error;
    }
  }

  /** Stops the reply that is being written in it, then deletes it. @throws Problem */
  async remove({ conversationId, runningTurnId }: ListedConversation): Promise<void> {
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

  private keepNames(conversations: readonly ListedConversation[]): void {
    const names = new Map(this.personas().map(({ personaId, name }) => [personaId, name]));
    for (const { personaId, personaName } of conversations) names.set(personaId, personaName);
    if (names.size === this.personas().length) return;
    this.personas.set([...names].map(([personaId, name]) => ({ personaId, name })).sort((a, b) => a.name.localeCompare(b.name)));
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
