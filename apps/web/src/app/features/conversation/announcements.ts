import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { ConversationStore } from './conversation-store';
import { interruptionWords } from './interruption-words';
import { troubleWords } from './provenance-words';

/** Tells screen readers when a reply begins and ends, and what happens between; never its words one by one. */
@Component({
  selector: 'dr-announcements',
  host: { class: 'visually-hidden', role: 'status' },
  template: `{{ words() }}`,
})
export class Announcements {
  protected readonly t = injectTranslate();
  readonly personaName = input.required<string>();

  private readonly store = inject(ConversationStore);
  protected readonly words = signal('');
  /** The turn that runs or ran last, and how far it is. */
  private readonly stage = computed(() => {
    const view = this.store.views().at(-1);
    if (!view || view.delivery === 'unsent' || view.delivery === 'sending') return null;
    const interruptions = view.state?.interruptions.length ?? 0;
    return `${view.requestId} ${view.state?.phase === 'ended' ? 'ended' : view.state?.text ? 'writing' : 'waiting'} ${interruptions}`;
  });
  private before: string | null = null;

  constructor() {
    effect(() => {
      const stage = this.stage();
      untracked(() => this.tell(stage));
    });
  }

  private tell(stage: string | null): void {
    const before = this.before;
    this.before = stage;
    const [requestId, phase, interruptions] = stage?.split(' ') ?? [];
    const [idBefore, , interruptionsBefore] = before?.split(' ') ?? [];
    const state = this.store.views().at(-1)?.state;
    // A conversation that is opened with everything said is announced by its title alone.
    if (!state || (phase === 'ended' && requestId !== idBefore)) return;
    const name = this.personaName();
    if (phase === 'ended') {
      switch (state.turn.status) {
        case 'completed':
          this.words.set([this.t('conversation.hasAnswered', { name }), ...troubleWords(this.t, state.turn)].join(' '));
          break;
        case 'cancelled':
          this.words.set(this.t('conversation.replyStopped'));
          break;
        default:
          this.words.set(this.t('conversation.thereIsNoReply'));
      }
    } else if (interruptions !== interruptionsBefore && Number(interruptions) > 0) {
      const last = state.interruptions.at(-1);
      if (last) this.words.set(interruptionWords(this.t, last));
    } else if (phase === 'writing') {
      this.words.set(this.t('conversation.isAnswering', { name }));
    }
  }
}
