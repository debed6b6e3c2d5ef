import { Component, ElementRef, computed, effect, inject, input, linkedSignal, model, resource, untracked, viewChild } from '@angular/core';
import type { Conversation } from '@dramatis/contracts/conversation';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { Installation } from '../../core/installation';
import { Notifier } from '../../core/notifier';
import { Shortcuts } from '../../core/shortcuts';
import { Icon } from '../../shared/icon';
import { Manners } from '../../shared/manners';
import { dayKey, dayName } from '../../shared/relative-time';
import { Announcements } from './announcements';
import { Composer } from './composer';
import { conversationShortcuts } from './conversation-shortcuts';
import { ConversationStore } from './conversation-store';
import { Drafts } from './drafts';
import type { Manner, TurnView } from './exchange';
import { ExchangeView } from './exchange-view';
import { FollowEnd } from './follow-end';
import { PassagePeek } from './passage-peek';
import { providerChoices } from './provider-choices';
import { withQuotation } from './quotation';
import { QuoteButton } from './quote-button';

interface ScriptEntry {
  view: TurnView;
  /** The same for all that is said in one place, so that turning between branches keeps the place and its focus. */
  key: string;
  /** Name of the day, on its first exchange. */
  day: string | null;
  mannerBefore: Manner | null;
}

/**
 * What is said in a conversation, set as a script, and the composer below it. Whoever shows it provides the store, the sheets and the peek, and a
 * container called `conversation`, by whose width it is laid out.
 */
@Component({
  selector: 'dr-conversation-script',
  imports: [Announcements, Composer, ExchangeView, FollowEnd, Icon, QuoteButton],
  templateUrl: './conversation-script.html',
  styleUrl: './conversation-script.css',
})
export class ConversationScript {
  protected readonly t = injectTranslate();
  readonly conversation = input.required<Conversation>();
  /** What scrolls, where it stands beside something else: its keys then act only in there. Null: the window. */
  readonly within = input<HTMLElement | null>(null);
  /** A question to begin with; taken once. */
  readonly question = model<string | null>(null);

  protected readonly store = inject(ConversationStore);
  private readonly drafts = inject(Drafts);
  private readonly installation = inject(Installation);
  private readonly manners = inject(Manners);
  private readonly notifier = inject(Notifier);
  private readonly api = inject(ApiClient);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly composer = viewChild(Composer);
  private readonly follow = viewChild(FollowEnd);
  private readonly quoteButton = viewChild(QuoteButton);
  private readonly conversationId = computed(() => this.conversation().conversationId);
  /** Asked for only where nothing was said yet and the persona's author wrote no questions to begin with. */
  private readonly knowledge = resource({
    params: () => {
      const persona = this.store.persona();
      return persona && persona.starterQuestions.length === 0 && this.store.views().length === 0 ? persona.personaId : undefined;
    },
    loader: ({ params, abortSignal }) => this.api.personaKnowledge(params, abortSignal),
  });
  protected readonly starters = computed(() => {
    const written = this.store.persona()?.starterQuestions ?? [];
    return written.length > 0 ? written : this.knowledge.hasValue() ? this.knowledge.value().starterQuestions : [];
  });

  protected readonly draft = linkedSignal(() => this.drafts.read(this.conversationId()));
  protected readonly modes = this.store.offer.modes;
  protected readonly formats = this.store.offer.formats;
  /** What is no longer offered, and what takes its place in the next reply. */
  protected readonly withdrawn = computed(() => {
    const { mode, format } = this.conversation();
    const next = this.store.manner();
    const notices: string[] = [];
    if (mode !== next.mode) {
      const customs = this.store.views().findLast((view) => view.mode === mode)?.customs;
      notices.push(this.t('conversation.modeWithdrawn', { former: this.manners.mode(mode, customs).title, phrase: this.manners.mode(next.mode).phrase }));
    }
    if (format !== next.format) {
      const customs = this.store.views().findLast((view) => view.format === format)?.customs;
      notices.push(this.t('conversation.formatWithdrawn', { former: this.manners.format(format, customs).title, phrase: this.manners.format(next.format).phrase }));
    }
    return notices.join(' ');
  });
  protected readonly providers = computed(() => providerChoices(this.store.persona(), this.installation.info()));
  protected readonly script = computed<ScriptEntry[]>(() => {
    const now = Date.now();
    let before: TurnView | null = null;
    const keys = new Set<string>();
    return this.store.views().map((view) => {
      const newDay = !before || dayKey(before.createdAt) !== dayKey(view.createdAt);
      // What was not sent and what is said after it stand in one place.
      const place = view.parentTurnId ?? 'beginning';
      const key = keys.has(place) ? view.requestId : place;
      keys.add(key);
      const entry = { view, key, day: newDay ? dayName(this.t, view.createdAt, now) : null, mannerBefore: before };
      before = view;
      return entry;
    });
  });
  /** The day is told only where there is more than one, or where it is not today. */
  protected readonly showsDays = computed(() => this.script().filter((entry) => entry.day).length > 1 || this.script()[0]?.day !== this.t('app.today'));

  constructor() {
    const peek = inject(PassagePeek);
    effect(() => {
      this.conversationId();
      untracked(() => this.begin());
    });
    effect(() => {
      const text = this.draft();
      this.drafts.write(untracked(this.conversationId), text);
    });
    conversationShortcuts(inject(Shortcuts), {
      page: this.host,
      acts: () => this.within()?.contains(document.activeElement) ?? true,
      focusComposer: () => this.focus(),
      quote: () => this.quoteButton()?.quote() ?? false,
      stop: () => {
        if (peek.hide()) return true;
        return this.store.running() ? void this.stop() : false;
      },
    });
  }

  /** To where the reader writes. */
  focus(): void {
    this.composer()?.focus();
  }

  protected async send(text: string): Promise<void> {
    this.draft.set('');
    this.follow()?.toEnd();
    await this.store.send(text);
  }

  protected askStarter(question: string): void {
    void this.send(question);
    this.focus();
  }

  protected async stop(): Promise<void> {
    const problem = await this.store.stop();
    if (problem) this.notifier.tell(problem.words(this.t));
  }

  protected quote(text: string): void {
    this.draft.update((draft) => withQuotation(draft, text));
    // The composer shows the draft first.
    setTimeout(() => this.focus());
  }

  protected takeBack(text: string): void {
    this.draft.update((draft) => (draft.trim() ? `${text}\n\n${draft}` : text));
    // The composer shows the draft first.
    setTimeout(() => this.focus());
  }

  /** Earlier turns come in above without moving what the reader looks at. */
  protected async showEarlier(): Promise<void> {
    const scroller = this.within() ?? document.documentElement;
    const { scrollHeight } = scroller;
    const first = this.host.querySelector<HTMLElement>('dr-exchange');
    try {
      await this.store.loadEarlier();
    } catch {
      this.notifier.tell(this.t('conversation.theEarlierPartCouldNotBeFetched'));
      return;
    }
    requestAnimationFrame(() => {
      scroller.scrollBy({ top: scroller.scrollHeight - scrollHeight, behavior: 'instant' });
      // Where all is shown the button is gone: one reads on from where one was.
      if (document.activeElement === document.body) first?.focus({ preventScroll: true });
    });
  }

  private begin(): void {
    const question = this.question();
    this.question.set(null);
    if (question && this.store.views().length === 0) void this.send(question);
    else if (matchMedia('(pointer: fine)').matches) setTimeout(() => this.focus());
  }
}
