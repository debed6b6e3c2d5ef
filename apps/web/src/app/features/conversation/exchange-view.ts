import { Component, ElementRef, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import type { Persona } from '@dramatis/contracts/persona';
import type { Citation } from '@dramatis/contracts/turn';
import { Notifier } from '../../core/notifier';
import { Icon } from '../../shared/icon';
import { clockTime, exactTime } from '../../shared/relative-time';
import { type CitationMark, Reply } from '../../shared/reply/reply';
import { formatWords, modeWords } from '../../shared/words';
import { ConversationStore } from './conversation-store';
import { type Exchange, type Manner, isRunning } from './exchange';
import { MarginNotes } from './margin-notes';
import { PassagePeek } from './passage-peek';
import { failureWords, troubleWords } from './provenance-words';
import { ReplyActions } from './reply-actions';
import { Sheets } from './sheets';

/** A message and the reply to it, set as in a script: the name, then the speech. */
@Component({
  selector: 'dr-exchange',
  imports: [Reply, MarginNotes, ReplyActions, Icon],
  templateUrl: './exchange-view.html',
  styleUrl: './exchange-view.css',
})
export class ExchangeView {
  readonly exchange = input.required<Exchange>();
  readonly personaName = input.required<string>();
  readonly persona = input.required<Persona | null>();
  /** The manner of the reply before, so that it is told only where it changes. */
  readonly mannerBefore = input.required<Manner | null>();
  /** A message that was given up, for the composer. */
  readonly takenBack = output<string>();

  protected readonly store = inject(ConversationStore);
  private readonly peek = inject(PassagePeek);
  private readonly sheets = inject(Sheets);
  private readonly notifier = inject(Notifier);

  private readonly count = computed(() => this.exchange().variants.length);
  /** Which try is shown: the newest, until the reader turns back. */
  protected readonly shown = linkedSignal(() => this.count() - 1);
  protected readonly variant = computed(() => {
    const { variants } = this.exchange();
    return variants[Math.min(this.shown(), variants.length - 1)] ?? variants[0]!;
  });
  protected readonly running = computed(() => isRunning(this.variant()));
  protected readonly replyElement = viewChild<unknown, ElementRef<HTMLElement>>('replyElement', { read: ElementRef });
  protected readonly activeCitation = signal<number | null>(null);
  protected readonly failure = computed(() => {
    const failure = this.variant().state?.turn.failure;
    return failure ? failureWords[failure.code] : null;
  });
  protected readonly trouble = computed(() => {
    const state = this.variant().state;
    return state?.phase === 'ended' && state.turn.status !== 'failed' ? troubleWords(state.turn) : [];
  });
  /** What a finished reply cites, for screens without a margin. */
  protected readonly sources = computed(() => {
    const state = this.variant().state;
    return state?.phase === 'ended' ? state.citations.filter((citation) => citation.cited) : [];
  });
  protected readonly manner = computed(() => {
    const { mode, format } = this.variant();
    const before = this.mannerBefore();
    if (before?.mode === mode && before.format === format) return null;
    return `as ${modeWords[mode].phrase}, in ${formatWords[format].phrase}`;
  });
  protected readonly waiting = computed(() => {
    const { delivery, state } = this.variant();
    if (delivery === 'waiting') return 'the service that writes replies is out of reach; the message is kept, and the reply begins when it is back';
    if (!state || state.phase === 'ended' || state.text !== '') return null;
    const passages = state.citations.length;
    const from = passages > 0 ? ` from ${passages} ${passages === 1 ? 'passage' : 'passages'}` : '';
    switch (state.phase) {
      case 'waiting':
        return 'looking through the sources';
      case 'retrieved':
        return passages > 0 ? `${passages} ${passages === 1 ? 'passage' : 'passages'} found` : 'nothing found in the sources';
      default:
        return `composing${from}`;
    }
  });

  protected readonly clockTime = clockTime;
  protected readonly exactTime = exactTime;

  protected point({ citation, element }: CitationMark): void {
    this.activeCitation.set(citation.number);
    this.peek.show({ citation, element }, this.persona()?.hue ?? 250);
  }

  protected leave(): void {
    this.activeCitation.set(null);
    this.peek.hide();
  }

  protected openPassage(citation: Citation): void {
    this.peek.hide();
    this.sheets.openDocument(citation, this.persona()?.hue ?? 250);
  }

  protected turn(step: number): void {
    const { length } = this.exchange().variants;
    this.shown.update((shown) => Math.min(length - 1, Math.max(0, shown + step)));
  }

  protected async tryAgain(): Promise<void> {
    await this.store.regenerate(this.variant());
  }

  protected takeBack(): void {
    const { regenerationOf } = this.variant();
    const text = this.store.discard(this.variant());
    if (regenerationOf === null) this.takenBack.emit(text);
  }

  protected async rate(rating: 'up' | 'down' | null): Promise<void> {
    const problem = await this.store.rate(this.variant(), rating);
    this.notifier.tell(problem ? problem.message : rating ? 'Thank you, your rating is kept with the reply.' : 'Your rating is withdrawn.');
  }
}
