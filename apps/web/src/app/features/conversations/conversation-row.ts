import { Component, type ElementRef, Injector, afterNextRender, computed, inject, input, output, signal, viewChild } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import type { ListedConversation } from '@dramatis/contracts/conversation';
import type { Persona } from '@dramatis/contracts/persona';
import { injectTranslate } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import { PersonaHue } from '../../shared/persona-hue';
import { Portrait } from '../../shared/portrait/portrait';
import { exactTime, relativeTime } from '../../shared/relative-time';
import { markedWords } from '../../shared/marked-words';
import { Manners } from '../../shared/manners';

/** Hue of a persona that cannot be read any more: the product's own red. */
const unknownHue = 32;
const maxTitleCharacters = 200;

/** One conversation of the list, renamed in place. */
@Component({
  selector: 'dr-conversation-row',
  imports: [Icon, MatMenuModule, PersonaHue, Portrait, RouterLink],
  templateUrl: './conversation-row.html',
  styleUrl: './conversation-row.css',
})
export class ConversationRow {
  protected readonly t = injectTranslate();
  readonly conversation = input.required<ListedConversation>();
  readonly persona = input<Persona>();
  /** What was searched for, to be marked in the excerpt. */
  readonly search = input('');
  /** Milliseconds since the epoch, from which "3 hours ago" counts. */
  readonly now = input.required<number>();
  /** A new title, trimmed, never empty and never the old one. */
  readonly renamed = output<string>();
  readonly removed = output();
  readonly pinned = output<boolean>();
  readonly archived = output<boolean>();

  private readonly injector = inject(Injector);
  private readonly titleField = viewChild<ElementRef<HTMLInputElement>>('titleField');
  private readonly renameButton = viewChild<ElementRef<HTMLButtonElement>>('renameButton');
  private readonly menuButton = viewChild<ElementRef<HTMLButtonElement>>('menuButton');
  private readonly link = viewChild<ElementRef<HTMLAnchorElement>>('link');

  private readonly manners = inject(Manners);
  protected readonly maxTitleCharacters = maxTitleCharacters;
  protected readonly renaming = signal(false);
  protected readonly hue = computed(() => this.persona()?.hue ?? unknownHue);
  protected readonly title = computed(() => this.conversation().title ?? this.t('conversations.nothingSaidYet'));
  protected readonly excerpt = computed(() => {
    const { excerpt } = this.conversation();
    return excerpt === null ? null : markedWords(excerpt, this.search());
  });
  protected readonly manner = computed(() => this.manners.phrase(this.conversation()));
  protected readonly turns = computed(() => {
    const { turnCount } = this.conversation();
    return turnCount === 0 ? '' : this.t('conversations.exchanges', { count: turnCount });
  });
  protected readonly when = computed(() => relativeTime(this.t, this.conversation().updatedAt, this.now()));
  protected readonly exactly = computed(() => exactTime(this.t, this.conversation().updatedAt));

  focus(): void {
    this.link()?.nativeElement.focus();
  }

  protected rename(): void {
    this.renaming.set(true);
    const takeField = () => {
      const field = this.titleField()?.nativeElement;
      field?.focus();
      field?.select();
    };
    afterNextRender(takeField, { injector: this.injector });
  }

  /** @param returnFocus whether the reader ended it by key, and so is still here */
  protected endRenaming(title: string | null, returnFocus: boolean): void {
    // Leaving the field by key takes it away, which the browser reports as one more blur.
    if (!this.renaming()) return;
    this.renaming.set(false);
    const trimmed = title?.trim().replace(/\s+/g, ' ');
    if (trimmed && trimmed !== this.conversation().title) this.renamed.emit(trimmed);
    if (returnFocus) afterNextRender(() => this.focusActions(), { injector: this.injector });
  }

  /** On narrow screens the buttons are in a menu. */
  private focusActions(): void {
    const rename = this.renameButton()?.nativeElement;
    const shown = rename?.checkVisibility?.() ?? true;
    (shown ? rename : this.menuButton()?.nativeElement)?.focus();
  }
}
