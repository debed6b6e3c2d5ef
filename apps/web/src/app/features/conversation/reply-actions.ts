import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { replyToMarkdown } from '@dramatis/response-format/plain-text';
import { injectTranslate } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import { Notifier } from '../../core/notifier';
import { Manners } from '../../shared/manners';
import { BranchSwitcher } from './branch-switcher';
import type { Manner, Place, TurnView } from './exchange';
import type { ProviderChoice } from './provider-choices';
import { provenanceLine } from './provenance-words';
import { Sheets } from './sheets';

const copiedForMs = 2_000;

/** The quiet line under a reply: how it was made, and what can be done with it. */
@Component({
  selector: 'dr-reply-actions',
  imports: [Icon, MatMenuModule, MatTooltip, BranchSwitcher],
  templateUrl: './reply-actions.html',
  styleUrl: './reply-actions.css',
})
export class ReplyActions {
  protected readonly t = injectTranslate();
  readonly view = input.required<TurnView>();
  readonly personaName = input.required<string>();
  readonly place = input.required<Place>();
  readonly modes = input.required<readonly ModeId[]>();
  readonly formats = input.required<readonly FormatId[]>();
  /** Language models to choose from; none where there is no choice. */
  readonly providers = input.required<readonly ProviderChoice[]>();
  /** The turn to go to. */
  readonly turned = output<string>();
  /** To be answered again, in what other way. */
  readonly again = output<Partial<Manner> & { provider?: string }>();
  readonly rated = output<'up' | 'down' | null>();

  private readonly sheets = inject(Sheets);
  private readonly notifier = inject(Notifier);
  protected readonly manners = inject(Manners);
  protected readonly turn = computed(() => {
    const state = this.view().state;
    return state?.phase === 'ended' ? state.turn : null;
  });
  protected readonly line = computed(() => {
    const turn = this.turn();
    return turn ? provenanceLine(this.t, turn) : '';
  });
  protected readonly rating = computed(() => this.turn()?.feedback?.rating ?? null);
  protected readonly copied = signal(false);

  protected async copy(): Promise<void> {
    const state = this.view().state;
    if (!state) return;
    const sources = state.citations.filter((citation) => citation.cited);
    const text = replyToMarkdown(this.manners.grammar(this.view().format, this.view().customs), state.text, this.personaName(), sources);
    try {
      await navigator.clipboard.writeText(text);
      this.copied.set(true);
      setTimeout(() => this.copied.set(false), copiedForMs);
      this.notifier.tell(this.t('conversation.copiedWithItsSources'));
    } catch {
      this.notifier.tell(this.t('conversation.replyNotCopied'));
    }
  }

  protected rate(rating: 'up' | 'down'): void {
    this.rated.emit(this.rating() === rating ? null : rating);
  }

  protected explain(): void {
    const turn = this.turn();
    if (turn) this.sheets.openProvenance(turn);
  }
}
