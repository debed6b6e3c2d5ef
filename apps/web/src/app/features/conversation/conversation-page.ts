import { Component, effect, inject, input, computed, signal, untracked } from '@angular/core';
import { Router, RouterLink } from '@angular/router';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { Connectivity } from '../../core/connectivity';
import { Identity } from '../../core/identity';
import { Notifier } from '../../core/notifier';
import { PageTitle } from '../../shell/page-title';
import { PageState } from '../../shared/page-state';
import { PersonaHue } from '../../shared/persona-hue';
import { Portrait } from '../../shared/portrait/portrait';
import { Printing } from '../../shared/printing';
import { ConversationMenu } from './conversation-menu';
import { ConversationScript } from './conversation-script';
import { ConversationSkeleton } from './conversation-skeleton';
import { ConversationStore } from './conversation-store';
import { PassagePeek } from './passage-peek';
import { PreviewMark } from './preview-mark';
import { Sheets } from './sheets';

/** A conversation, as a page of a script. */
@Component({
  selector: 'dr-conversation-page',
  imports: [ConversationMenu, ConversationScript, ConversationSkeleton, PageState, PersonaHue, Portrait, PreviewMark, RouterLink],
  providers: [ConversationStore, PassagePeek, Sheets],
  templateUrl: './conversation-page.html',
  styleUrl: './conversation-page.css',
})
export class ConversationPage {
  protected readonly t = injectTranslate();
  /** From the route. */
  readonly conversationId = input.required<string>();

  protected readonly store = inject(ConversationStore);
  protected readonly identity = inject(Identity);
  protected readonly printing = inject(Printing);
  private readonly notifier = inject(Notifier);
  private readonly router = inject(Router);
  /** A question to begin with, from the page that made the conversation. */
  protected readonly question = signal(questionOf(this.router.currentNavigation()?.extras.state));
  protected readonly hue = computed(() => this.store.persona()?.hue ?? 250);

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const id = this.conversationId();
      untracked(() => void this.store.open(id));
    });
    effect(() => {
      const conversation = this.store.conversation();
      if (conversation) title.setSubject(conversation.title ? `${conversation.title} – ${conversation.personaName}` : conversation.personaName);
    });
    const { online } = inject(Connectivity);
    effect(() => {
      if (online() && untracked(this.store.problem)?.passing) untracked(() => void this.store.open(this.conversationId()));
    });
  }

  protected lifeOf({ yearsOfLife, role }: Persona): string {
    return [yearsOfLife, role].filter(Boolean).join(' · ');
  }

  /** A preview that was begun anew has another address. */
  protected async goTo(conversationId: string): Promise<void> {
    await this.router.navigate(['/conversations', conversationId], { replaceUrl: true });
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
}

function questionOf(state: Record<string, unknown> | undefined): string | null {
  const question = state?.['ask'];
  return typeof question === 'string' && question.trim() ? question : null;
}
