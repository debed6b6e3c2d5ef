import {
  Component,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { ListedConversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { Connectivity } from '../../core/connectivity';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { searchShortcut } from '../../core/shortcuts';
import { Confirm } from '../../shared/confirm';
import { PersonaShelf } from '../../shared/personas';
import { StageDirection } from '../../shared/stage-direction';
import { Icon } from '../../shared/icon';
import { groupByTime, groupTogether } from './conversation-groups';
import { ConversationListing } from './conversation-listing';
import { ConversationRow } from './conversation-row';
import { deletionOf } from './deletion';
import { type ListQuery, countInWords, isNarrowed, listQuery, maxSearchCharacters, queryParams } from './list-query';

const clockMs = 30_000;
/** How long the reader pauses in typing before the list is searched. */
const pauseMs = 250;

/** One's own conversations: searched, sorted, pinned, put away. What is shown stands in the address. */
@Component({
  selector: 'dr-conversations-page',
  imports: [ConversationRow, Icon, RouterLink, StageDirection],
  providers: [ConversationListing],
  templateUrl: './conversations-page.html',
  styleUrl: './conversations-page.css',
})
export class ConversationsPage {
  protected readonly t = injectTranslate();
  // From the address.
  readonly search = input<string>();
  readonly persona = input<string>();
  readonly show = input<string>();
  readonly sort = input<string>();

  private readonly listing = inject(ConversationListing);
  private readonly shelf = inject(PersonaShelf);
  protected readonly identity = inject(Identity);
  private readonly confirm = inject(Confirm);
  private readonly notifier = inject(Notifier);
  private readonly online = inject(Connectivity).online;
  private readonly injector = inject(Injector);
  private readonly router = inject(Router);
  private readonly searchField = viewChild<ElementRef<HTMLInputElement>>('searchField');
  private pause: ReturnType<typeof setTimeout> | undefined;
  /** The search on its way into the address from this field; any other that arrives there came by link or by the back button. */
  private written: string | null = null;
  private readonly rows = viewChildren(ConversationRow);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  protected readonly list = this.listing.list;
  protected readonly now = signal(Date.now());
  protected readonly query = computed(() => listQuery({ search: this.search(), persona: this.persona(), show: this.show(), sort: this.sort() }), {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  protected readonly narrowed = computed(() => isNarrowed(this.query()));
  /** What stands in the search field: it runs ahead of the address while someone types, and follows it otherwise. */
  protected readonly draft = signal('');
  protected readonly maxSearchCharacters = maxSearchCharacters;
  protected readonly personas = this.listing.personas;
  protected readonly unsearched = this.listing.unsearched;
  protected readonly groups = computed(() => {
    const conversations = this.list.items() ?? [];
    const { sort } = this.query();
    if (sort === 'title') return groupTogether(this.t, conversations, this.t('conversations.byTitle'));
    return groupByTime(this.t, conversations, this.now(), sort === 'created' ? 'createdAt' : 'updatedAt');
  });
  protected readonly count = computed(() => (this.list.items() === null || this.list.stale() ? '' : countInWords(this.t, this.list.total(), this.query())));

  constructor() {
    searchShortcut(() => this.searchField()?.nativeElement);
    effect(() => {
      const query = this.query();
      untracked(() => {
        if (query.search === this.written) this.written = null;
        else this.draft.set(query.search);
        void this.listing.open(query);
      });
    });
    const clock = setInterval(() => this.now.set(Date.now()), clockMs);
    inject(DestroyRef).onDestroy(() => {
      clearInterval(clock);
      clearTimeout(this.pause);
    });
    effect(() => {
      if (this.online()) untracked(() => void this.list.retry());
    });
  }

  protected personaOf(personaId: string): Persona | undefined {
    return this.shelf.known(personaId);
  }

  protected onType(text: string): void {
    this.draft.set(text);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.searchNow(), pauseMs);
  }

  protected searchNow(): void {
    clearTimeout(this.pause);
    this.go({ search: this.draft() });
  }

  protected clearSearch(): void {
    this.draft.set('');
    this.searchNow();
    this.searchField()?.nativeElement.focus();
  }

  protected go(change: Partial<ListQuery>): void {
    const present = this.query();
    const next = { ...present, ...change };
    if (JSON.stringify(next) === JSON.stringify(present)) return;
    this.written = next.search;
    const refining = present.search !== '' && next.search !== '' && present.search !== next.search;
    void this.router.navigate([], { queryParams: queryParams(next), replaceUrl: refining });
  }

  protected async pin(conversation: ListedConversation, pinned: boolean): Promise<void> {
    try {
      await this.listing.pin(conversation, pinned);
    } catch (error) {
      this.notifier.tell(this.t('conversations.theConversationStaysWhereItIs', { message: asProblem(error).words(this.t) }));
    }
  }

  protected async archive(conversation: ListedConversation, archived: boolean): Promise<void> {
    const position = this.positionOf(conversation);
    try {
      await this.listing.archive(conversation, archived);
    } catch (error) {
      this.notifier.tell(this.t('conversations.theConversationStaysWhereItIs', { message: asProblem(error).words(this.t) }));
      return;
    }
    const undo = () => this.listing.unarchive(conversation).catch((error: unknown) => this.notifier.tell(asProblem(error).words(this.t)));
    this.notifier.tell(archived ? this.t('conversations.theConversationIsInTheArchive') : this.t('conversations.theConversationIsBackInTheList'), { label: this.t('conversations.undo'), run: () => void undo() });
    afterNextRender(() => this.focusNear(position), { injector: this.injector });
  }

  protected async rename(conversation: ListedConversation, title: string): Promise<void> {
    try {
      await this.listing.rename(conversation, title);
    } catch (error) {
      this.notifier.tell(this.t('conversations.theOldTitleStands', { message: asProblem(error).words(this.t) }));
    }
  }

  protected async remove(conversation: ListedConversation): Promise<void> {
    if (!(await this.confirm.ask(deletionOf(this.t, conversation)))) return;
    const position = this.positionOf(conversation);
    try {
      await this.listing.remove(conversation);
    } catch (error) {
      this.notifier.tell(this.t('conversations.theConversationWasNotDeleted', { message: asProblem(error).words(this.t) }));
      return;
    }
    this.notifier.tell(this.t('conversations.theConversationIsDeleted'));
    afterNextRender(() => this.focusNear(position), { injector: this.injector });
  }

  private positionOf({ conversationId }: ListedConversation): number {
    return this.list.items()?.findIndex((other) => other.conversationId === conversationId) ?? 0;
  }

  /** The row that had the focus is gone: it goes to the one that took its place, or to the heading when none is left. */
  private focusNear(position: number): void {
    const rows = this.rows();
    const next = rows[Math.min(position, rows.length - 1)];
    if (next) next.focus();
    else this.heading()?.nativeElement.focus();
  }
}
