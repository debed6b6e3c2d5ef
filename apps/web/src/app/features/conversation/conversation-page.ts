import { Component, ElementRef, computed, effect, inject, input, resource, signal, untracked, viewChild } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { ApiClient } from '../../core/api-client';
import { Installation } from '../../core/installation';
import { Notifier } from '../../core/notifier';
import { Shortcuts } from '../../core/shortcuts';
import { PageTitle } from '../../shell/page-title';
import { Icon } from '../../shared/icon';
import { PageState } from '../../shared/page-state';
import { PersonaHue } from '../../shared/persona-hue';
import { Portrait } from '../../shared/portrait';
import { Printing } from '../../shared/printing';
import { dayKey, dayName } from '../../shared/relative-time';
import { Manners } from '../../shared/manners';
import { interactionModeOrder, responseFormatOrder } from '../../shared/words';
import { Announcements } from './announcements';
import { Composer } from './composer';
import { ConversationMenu } from './conversation-menu';
import { ConversationSkeleton } from './conversation-skeleton';
import { ConversationStore } from './conversation-store';
import { conversationShortcuts } from './conversation-shortcuts';
import { Drafts } from './drafts';
import type { Manner, TurnView } from './exchange';
import { ExchangeView } from './exchange-view';
import { FollowEnd } from './follow-end';
import { PassagePeek } from './passage-peek';
import { PreviewMark } from './preview-mark';
import { providerChoices } from './provider-choices';
import { withQuotation } from './quotation';
import { QuoteButton } from './quote-button';
import { Sheets } from './sheets';

interface ScriptEntry {
  view: TurnView;
  /** The same for all that is said in one place, so that turning between branches keeps the place and its focus. */
  key: string;
  /** Name of the day, on its first exchange. */
  day: string | null;
  mannerBefore: Manner | null;
}

/** A conversation, as a page of a script. */
@Component({
  selector: 'dr-conversation-page',
  imports: [Composer, ConversationMenu, ConversationSkeleton, ExchangeView, FollowEnd, Icon, PageState, PersonaHue, Portrait, PreviewMark, QuoteButton, RouterLink, Announcements],
  providers: [ConversationStore, PassagePeek, Sheets],
  templateUrl: './conversation-page.html',
  styleUrl: './conversation-page.css',
})
export class ConversationPage {
  protected readonly t = injectTranslate();
  /** From the route. */
  readonly conversationId = input.required<string>();

  protected readonly store = inject(ConversationStore);
  private readonly drafts = inject(Drafts);
  private readonly installation = inject(Installation);
  private readonly manners = inject(Manners);
  private readonly notifier = inject(Notifier);
  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly composer = viewChild(Composer);
  private readonly follow = viewChild(FollowEnd);
  private readonly quoteButton = viewChild(QuoteButton);
  protected readonly printing = inject(Printing);
  private readonly api = inject(ApiClient);
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
  /** A question to begin with, from the page that made the conversation. */
  private ask = questionOf(inject(Router).currentNavigation()?.extras.state);

  protected readonly draft = signal('');
  protected readonly hue = computed(() => this.store.persona()?.hue ?? 250);
  protected readonly modes = computed(() => {
    return this.manners.offeredModes(inUsualOrder(this.store.persona()?.defaultInteractionModes, interactionModeOrder));
  });
  protected readonly formats = computed(() => {
    return this.manners.offeredFormats(inUsualOrder(this.store.persona()?.supportedResponseFormats, responseFormatOrder));
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
    const title = inject(PageTitle);
    const peek = inject(PassagePeek);
    effect(() => {
      const id = this.conversationId();
      untracked(() => void this.enter(id));
    });
    effect(() => {
      const conversation = this.store.conversation();
      if (conversation) title.setSubject(conversation.title ? `${conversation.title} – ${conversation.personaName}` : conversation.personaName);
    });
    effect(() => {
      const text = this.draft();
      const id = untracked(this.conversationId);
      if (untracked(this.store.conversation)?.conversationId === id) this.drafts.write(id, text);
    });
    conversationShortcuts(inject(Shortcuts), {
      page: this.host,
      focusComposer: () => this.composer()?.focus(),
      quote: () => this.quoteButton()?.quote() ?? false,
      stop: () => {
        if (peek.hide()) return true;
        return this.store.running() ? void this.stop() : false;
      },
    });
  }

  protected lifeOf({ yearsOfLife, role }: Persona): string {
    return [yearsOfLife, role].filter(Boolean).join(' · ');
  }

  protected async send(text: string): Promise<void> {
    this.draft.set('');
    this.follow()?.toEnd();
    await this.store.send(text);
  }

  protected askStarter(question: string): void {
    void this.send(question);
    this.composer()?.focus();
  }

  protected async stop(): Promise<void> {
    const problem = await this.store.stop();
    if (problem) this.notifier.tell(problem.words(this.t));
  }

  protected quote(text: string): void {
    this.draft.update((draft) => withQuotation(draft, text));
    // The composer shows the draft first.
    setTimeout(() => this.composer()?.focus());
  }

  /** Paper has no button to fetch the rest. */
  protected async print(): Promise<void> {
    try {
      await this.store.loadAll();
    } catch {
      this.notifier.tell(this.t('conversation.theEarlierPartCouldNotBeFetched'));
      return;
    }
    setTimeout(() => this.printing.print());
  }

  protected takeBack(text: string): void {
    this.draft.update((draft) => (draft.trim() ? `${text}\n\n${draft}` : text));
    this.composer()?.focus();
  }

  /** Earlier turns come in above without moving what the reader looks at. */
  protected async showEarlier(): Promise<void> {
    const { scrollHeight } = document.documentElement;
    try {
      await this.store.loadEarlier();
    } catch {
      this.notifier.tell(this.t('conversation.theEarlierPartCouldNotBeFetched'));
      return;
    }
    requestAnimationFrame(() => window.scrollBy({ top: document.documentElement.scrollHeight - scrollHeight, behavior: 'instant' }));
  }

  private async enter(conversationId: string): Promise<void> {
    await this.store.open(conversationId);
    if (this.store.conversation()?.conversationId !== conversationId) return;
    this.draft.set(this.drafts.read(conversationId));
    const question = this.ask;
    this.ask = null;
    if (question && this.store.views().length === 0) await this.send(question);
    else if (matchMedia('(pointer: fine)').matches) setTimeout(() => this.composer()?.focus());
  }
}

/** Those that Dramatis brings first, whatever order the persona lists them in. */
function inUsualOrder<Id extends string>(offered: readonly Id[] | undefined, usual: readonly Id[]): readonly Id[] {
  if (!offered) return usual;
  return [...usual.filter((id) => offered.includes(id)), ...offered.filter((id) => !usual.includes(id))];
}

function questionOf(state: Record<string, unknown> | undefined): string | null {
  const question = state?.['ask'];
  return typeof question === 'string' && question.trim() ? question : null;
}
