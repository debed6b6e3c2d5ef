import { Component, DestroyRef, computed, effect, inject, input, output, signal, untracked } from '@angular/core';
import type { Conversation } from '@dramatis/contracts/conversation';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { ConversationStore } from './conversation-store';
import { previewedPersona } from './previewed-persona';

/** How often an open preview looks whether the draft was changed. */
const watchMs = 10_000;

/** Says that the conversation is a curator's preview, with which version of the persona it goes on, and when that has changed. Content: ways to elsewhere. */
@Component({
  selector: 'dr-preview-mark',
  host: { class: 'no-print' },
  template: `
    <p role="status">
      @if (!titled()) {
        <strong>{{ isDraft() ? t('conversation.previewOfTheDraft') : t('conversation.preview') }}</strong>
      }
      <span>{{ explanation() }}</span>
    </p>
    <p class="act">
      <ng-content />
      <button type="button" class="text-button" [disabled]="busy()" (click)="beginAnew()">{{ t('conversation.beginAnew') }}</button>
    </p>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: var(--s1) var(--s5);
      margin-bottom: var(--s5);
      padding: var(--s2) var(--s4);
      border: 1px dashed var(--persona-ring);
      background: var(--persona-wash);
      font-size: var(--size-small);
    }

    strong {
      margin-right: 0.5em;
      color: var(--persona-ink);
    }

    .act {
      display: flex;
      gap: var(--s4);
    }
  `,
})
export class PreviewMark {
  protected readonly t = injectTranslate();
  readonly conversation = input.required<Conversation>();
  /** Whether a heading says already that it is a preview. */
  readonly titled = input(false);
  /** Changes whenever the draft may have, for those who know; all others look from time to time. */
  readonly draftVersion = input<number | null>(null);
  /** The id of the preview that takes the place of this one, whose words are gone. */
  readonly begun = output<string>();

  private readonly api = inject(ApiClient);
  private readonly notifier = inject(Notifier);
  private readonly store = inject(ConversationStore);
  protected readonly isDraft = signal(true);
  protected readonly busy = signal(false);
  /** The version by which the next reply is made. */
  private readonly version = computed(() => this.store.persona()?.version ?? null);
  /** The version of the last reply. */
  private readonly lastVersion = computed(() => this.store.views().findLast(({ state }) => state?.turn.provenance)?.state?.turn.provenance?.personaVersion ?? null);
  protected readonly explanation = computed(() => {
    const [version, last] = [this.version(), this.lastVersion()];
    if (version === null) return '';
    const which = this.t(this.isDraft() ? 'conversation.talksWithDraft' : 'conversation.talksWithPublished', { version });
    return last !== null && last !== version ? `${this.t('conversation.changedSinceLastReply', { last })} ${which}` : which;
  });

  constructor() {
    const lookAgain = (): void => void this.look(this.conversation().personaId, this.conversation().conversationId);
    const watch = setInterval(lookAgain, watchMs);
    document.addEventListener('visibilitychange', lookAgain);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(watch);
      document.removeEventListener('visibilitychange', lookAgain);
    });
    effect(() => {
      const { personaId, conversationId } = this.conversation();
      this.draftVersion();
      untracked(() => void this.look(personaId, conversationId));
    });
  }

  /** What was said so far is removed, and a new preview begins. */
  protected async beginAnew(): Promise<void> {
    const { conversationId, personaId } = this.conversation();
    this.busy.set(true);
    try {
      await this.api.deleteConversation(conversationId);
      const next = await this.api.createConversation({ personaId, preview: true });
      this.begun.emit(next.conversationId);
    } catch (error) {
      this.notifier.tell(asProblem(error).words(this.t));
    } finally {
      this.busy.set(false);
    }
  }

  private async look(personaId: string, conversationId: string): Promise<void> {
    if (document.hidden) return;
    try {
      const { persona, isDraft } = await previewedPersona(this.api, personaId);
      if (this.conversation().conversationId !== conversationId) return;
      this.isDraft.set(isDraft);
      this.store.persona.set(persona);
    } catch {
      // What is known stands until the next look.
    }
  }
}
