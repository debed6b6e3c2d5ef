import {
  Component,
  DestroyRef,
  type ElementRef,
  Injector,
  afterNextRender,
  computed,
  effect,
  inject,
  signal,
  untracked,
  viewChild,
  viewChildren,
} from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import { Connectivity } from '../../core/connectivity';
import { Notifier } from '../../core/notifier';
import { asProblem } from '../../core/problem';
import { Confirm } from '../../shared/confirm';
import { PersonaShelf } from '../../shared/personas';
import { StageDirection } from '../../shared/stage-direction';
import { groupByTime } from './conversation-groups';
import { ConversationListing } from './conversation-listing';
import { ConversationRow } from './conversation-row';
import { deletionOf } from './deletion';

const clockMs = 30_000;

/** One's own conversations, by time. */
@Component({
  selector: 'dr-conversations-page',
  imports: [ConversationRow, RouterLink, StageDirection],
  providers: [ConversationListing],
  templateUrl: './conversations-page.html',
  styleUrl: './conversations-page.css',
})
export class ConversationsPage {
  private readonly listing = inject(ConversationListing);
  private readonly shelf = inject(PersonaShelf);
  private readonly confirm = inject(Confirm);
  private readonly notifier = inject(Notifier);
  private readonly online = inject(Connectivity).online;
  private readonly injector = inject(Injector);
  private readonly rows = viewChildren(ConversationRow);
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  protected readonly list = this.listing.list;
  protected readonly now = signal(Date.now());
  protected readonly groups = computed(() => groupByTime(this.list.items() ?? [], this.now()));
  protected readonly count = computed(() => {
    const total = this.list.total();
    return total === 1 ? '1 conversation' : `${total} conversations`;
  });

  constructor() {
    void this.listing.open();
    const clock = setInterval(() => this.now.set(Date.now()), clockMs);
    inject(DestroyRef).onDestroy(() => clearInterval(clock));
    effect(() => {
      if (this.online()) untracked(() => void this.list.retry());
    });
  }

  protected persona(personaId: string): Persona | undefined {
    return this.shelf.known(personaId);
  }

  protected async rename(conversation: Conversation, title: string): Promise<void> {
    try {
      await this.listing.rename(conversation, title);
    } catch (error) {
      this.notifier.tell(`The old title stands. ${asProblem(error).message}`);
    }
  }

  protected async remove(conversation: Conversation): Promise<void> {
    if (!(await this.confirm.ask(deletionOf(conversation)))) return;
    const position = this.list.items()?.indexOf(conversation) ?? 0;
    try {
      await this.listing.remove(conversation);
    } catch (error) {
      this.notifier.tell(`The conversation was not deleted. ${asProblem(error).message}`);
      return;
    }
    this.notifier.tell('The conversation is deleted.');
    afterNextRender(() => this.focusNear(position), { injector: this.injector });
  }

  /** The row that had the focus is gone: it goes to the one that took its place, or to the heading when none is left. */
  private focusNear(position: number): void {
    const rows = this.rows();
    const next = rows[Math.min(position, rows.length - 1)];
    if (next) next.focus();
    else this.heading()?.nativeElement.focus();
  }
}
