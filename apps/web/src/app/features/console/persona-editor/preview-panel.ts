import { Component, computed, effect, inject, input, output, signal, untracked, viewChild } from '@angular/core';
import { RouterLink } from '@angular/router';
import { injectTranslate } from '../../../../i18n/language';
import { type Problem, asProblem } from '../../../core/problem';
import { Icon } from '../../../shared/icon';
import { PersonaHue } from '../../../shared/persona-hue';
import { ConversationScript } from '../../conversation/conversation-script';
import { ConversationSkeleton } from '../../conversation/conversation-skeleton';
import { ConversationStore } from '../../conversation/conversation-store';
import { PassagePeek } from '../../conversation/passage-peek';
import { PreviewMark } from '../../conversation/preview-mark';
import { Sheets } from '../../conversation/sheets';
import { FillScreen } from '../parts/fill-screen';
import { PreviewStarter } from './preview-starter';

/** The preview of a draft beside its editor: the same conversation as on its page, with what was saved last. */
@Component({
  selector: 'dr-preview-panel',
  imports: [ConversationScript, ConversationSkeleton, Icon, PersonaHue, PreviewMark, RouterLink],
  hostDirectives: [FillScreen],
  providers: [ConversationStore, PassagePeek, Sheets],
  host: { role: 'region', '[attr.aria-label]': "t('personaEditor.preview')" },
  templateUrl: './preview-panel.html',
  styleUrl: './preview-panel.css',
})
export class PreviewPanel {
  protected readonly t = injectTranslate();
  readonly personaId = input.required<string>();
  /** The version that the next reply is made by, as the editor knows it. */
  readonly version = input.required<number | null>();
  /** Whether the editor has changes that no reply knows of. */
  readonly unsaved = input.required<boolean>();
  readonly closed = output();

  protected readonly store = inject(ConversationStore);
  private readonly previews = inject(PreviewStarter);
  private readonly script = viewChild(ConversationScript);
  /** Why there is no preview to show. */
  private readonly missing = signal<Problem | null>(null);
  protected readonly problem = computed(() => this.missing() ?? this.store.problem());
  protected readonly hue = computed(() => this.store.persona()?.hue ?? 250);

  constructor() {
    effect(() => {
      const personaId = this.personaId();
      untracked(() => void this.open(personaId));
    });
  }

  /** To where the curator writes. */
  focus(): void {
    this.script()?.focus();
  }

  protected async open(personaId: string): Promise<void> {
    this.missing.set(null);
    try {
      const conversationId = await this.previews.find(personaId);
      if (this.personaId() === personaId) await this.store.open(conversationId);
    } catch (error) {
      this.missing.set(asProblem(error));
    }
  }
}
