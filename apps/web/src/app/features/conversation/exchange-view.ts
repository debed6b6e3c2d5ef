import { Component, ElementRef, Injector, afterNextRender, computed, inject, input, linkedSignal, output, signal, viewChild } from '@angular/core';
import { MatTooltip } from '@angular/material/tooltip';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { Persona } from '@dramatis/contracts/persona';
import type { Citation } from '@dramatis/contracts/turn';
import { injectTranslate } from '../../../i18n/language';
import { Notifier } from '../../core/notifier';
import { Icon } from '../../shared/icon';
import { MessageText } from '../../shared/message-text';
import { PrintedSources } from '../../shared/printed-sources';
import { clockTime, exactTime } from '../../shared/relative-time';
import { type CitationMark, Reply } from '../../shared/reply/reply';
import { Manners } from '../../shared/manners';
import { BranchSwitcher } from './branch-switcher';
import { ConversationStore } from './conversation-store';
import { type Manner, type TurnView, isRunning, placesOf } from './exchange';
import { interruptionWords } from './interruption-words';
import { MarginNotes } from './margin-notes';
import { MessageEditor } from './message-editor';
import { PassagePeek } from './passage-peek';
import { failureWords, troubleWords } from './provenance-words';
import type { ProviderChoice } from './provider-choices';
import { ReplyActions } from './reply-actions';
import { Sheets } from './sheets';

/** A message and the reply to it, set as in a script: the name, then the speech. */
@Component({
  selector: 'dr-exchange',
  imports: [Reply, MarginNotes, ReplyActions, Icon, MatTooltip, BranchSwitcher, MessageEditor, MessageText, PrintedSources],
  templateUrl: './exchange-view.html',
  styleUrl: './exchange-view.css',
})
export class ExchangeView {
  protected readonly t = injectTranslate();
  readonly view = input.required<TurnView>();
  readonly personaName = input.required<string>();
  readonly persona = input.required<Persona | null>();
  readonly modes = input.required<readonly ModeId[]>();
  readonly formats = input.required<readonly FormatId[]>();
  /** Language models to choose from; none where there is no choice. */
  readonly providers = input.required<readonly ProviderChoice[]>();
  /** The manner of the reply before, so that it is told only where it changes. */
  readonly mannerBefore = input.required<Manner | null>();
  /** A message that was given up, for the composer. */
  readonly takenBack = output<string>();

  protected readonly store = inject(ConversationStore);
  private readonly manners = inject(Manners);
  private readonly peek = inject(PassagePeek);
  private readonly sheets = inject(Sheets);
  private readonly notifier = inject(Notifier);

  private readonly injector = inject(Injector);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly editButton = viewChild<ElementRef<HTMLButtonElement>>('editButton');

  protected readonly places = computed(() => placesOf(this.view()));
  /** Whether the message is being written anew; over when another one comes in its place. */
  protected readonly editing = linkedSignal({ source: () => this.view().requestId, computation: () => false });
  protected readonly running = computed(() => isRunning(this.view()));
  protected readonly replyElement = viewChild<unknown, ElementRef<HTMLElement>>('replyElement', { read: ElementRef });
  protected readonly activeCitation = signal<number | null>(null);
  protected readonly failure = computed(() => {
    const failure = this.view().state?.turn.failure;
    return failure ? failureWords(this.t, failure.code) : null;
  });
  protected readonly trouble = computed(() => {
    const state = this.view().state;
    return state?.phase === 'ended' && state.turn.status !== 'failed' ? troubleWords(this.t, state.turn) : [];
  });
  /** What a finished reply cites, for screens without a margin. */
  protected readonly sources = computed(() => {
    const state = this.view().state;
    return state?.phase === 'ended' ? state.citations.filter((citation) => citation.cited) : [];
  });
  protected readonly manner = computed(() => {
    const { mode, format } = this.view();
    const before = this.mannerBefore();
    if (before?.mode === mode && before.format === format) return null;
    return this.manners.phrase(this.view());
  });
  protected readonly grammar = computed(() => this.manners.grammar(this.view().format, this.view().customs));
  protected readonly waiting = computed(() => {
    const { delivery, state } = this.view();
    if (delivery === 'waiting') return this.t('conversation.theServiceThatWritesRepliesIsOut');
    if (!state || state.phase === 'ended' || state.text !== '') return null;
    const passages = state.citations.length;
    switch (state.phase) {
      case 'waiting':
        return this.t('conversation.lookingThroughTheSources');
      case 'retrieved':
        return this.t('conversation.passagesFound', { count: passages });
      default:
        return this.t('conversation.composing', { count: passages });
    }
  });

  protected readonly clockTime = clockTime;
  protected readonly exactTime = exactTime;
  protected readonly interruptionWords = interruptionWords;

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

  protected async moveTo(turnId: string): Promise<void> {
    if (!this.free()) return;
    const problem = await this.store.moveTo(turnId);
    if (problem) this.notifier.tell(this.t('conversation.theOtherBranchCannotBeShown', { message: problem.words(this.t) }));
  }

  protected async edit(text: string): Promise<void> {
    if (text === this.view().userText) {
      this.stopEditing();
      return;
    }
    this.keepFocus();
    await this.store.edit(this.view(), text);
  }

  protected stopEditing(): void {
    this.editing.set(false);
    afterNextRender(() => this.editButton()?.nativeElement.focus(), { injector: this.injector });
  }

  protected async answerAgain(ways: Partial<Manner> & { provider?: string } = {}): Promise<void> {
    if (!this.free()) return;
    this.keepFocus();
    await this.store.regenerate(this.view(), ways);
  }

  /**
   * Whether a branch can begin or be moved to; says so where none can. Asked when it is wanted, rather than shown by disabled buttons:
   * in a long conversation all of them would have to be changed whenever a reply begins or ends.
   */
  private free(): boolean {
    const free = !this.store.engaged();
    if (!free) this.notifier.tell(this.t('conversation.aReplyIsUnderWay'));
    return free;
  }

  protected async sendAgain(): Promise<void> {
    this.keepFocus();
    await this.store.retry(this.view());
  }

  protected followAgain(): void {
    this.keepFocus();
    this.store.followAgain(this.view());
  }

  protected takeBack(): void {
    const { regenerationOf, replaces } = this.view();
    this.keepFocus();
    const text = this.store.discard(this.view());
    if (regenerationOf === null && replaces.length === 0) this.takenBack.emit(text);
  }

  /** What was pressed goes with what it stood on: the focus stays with the exchange. */
  private keepFocus(): void {
    const stay = (): void => {
      const { activeElement } = document;
      if (activeElement === document.body || activeElement?.closest('.mat-mdc-menu-panel')) this.host.focus({ preventScroll: true });
    };
    afterNextRender(stay, { injector: this.injector });
  }

  protected async rate(rating: 'up' | 'down' | null): Promise<void> {
    const problem = await this.store.rate(this.view(), rating);
    this.notifier.tell(problem ? problem.words(this.t) : rating ? this.t('conversation.thankYouYourRatingIsKeptWith') : this.t('conversation.yourRatingIsWithdrawn'));
  }
}
