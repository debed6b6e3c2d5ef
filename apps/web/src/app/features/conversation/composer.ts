import { Component, type ElementRef, afterRenderEffect, computed, inject, input, model, output, viewChild } from '@angular/core';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltip } from '@angular/material/tooltip';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { maxMessageCharacters } from '@dramatis/contracts/turn';
import { injectTranslate } from '../../../i18n/language';
import { TurnStream } from '../../core/turns/turn-stream';
import { Connectivity } from '../../core/connectivity';
import { Icon } from '../../shared/icon';
import { Manners } from '../../shared/manners';
import type { Manner } from './exchange';

// Spelt out, checked against the contract: importing its value would bring every schema into the page.
const characterLimit: typeof maxMessageCharacters = 8_000;
/** From here on the reader is told how many characters are left. */
const warnBelow = 500;

/** Where the reader writes. Mode and format stand beside it as words of a sentence, changed in place. */
@Component({
  selector: 'dr-composer',
  imports: [MatMenuModule, MatTooltip, Icon],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  protected readonly t = injectTranslate();
  readonly text = model.required<string>();
  readonly manner = input.required<Manner>();
  readonly modes = input.required<readonly ModeId[]>();
  readonly formats = input.required<readonly FormatId[]>();
  /** Says what of the conversation's manner is no longer offered; empty where all of it is. */
  readonly withdrawn = input.required<string>();
  readonly personaName = input.required<string>();
  readonly running = input.required<boolean>();
  readonly stopping = input.required<boolean>();
  readonly sent = output<string>();
  readonly stopped = output<void>();
  readonly mannerChanged = output<Partial<Manner>>();

  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly connection = inject(TurnStream).connection;
  private readonly online = inject(Connectivity).online;

  protected readonly manners = inject(Manners);
  protected readonly left = computed(() => characterLimit - this.text().trim().length);
  protected readonly showsLeft = computed(() => this.left() < warnBelow);
  protected readonly sendable = computed(() => this.text().trim() !== '' && this.left() >= 0 && !this.running() && this.online());
  protected readonly status = computed(() => {
    if (!this.online()) return this.t('conversation.offlineWhatYouWriteIsKept');
    switch (this.connection()) {
      case 'reconnecting':
        return this.t('conversation.connectionLostTryingAgain');
      case 'offline':
        return this.t('conversation.offlineTheReplyGoesOnWhenYou');
      default:
        return '';
    }
  });

  constructor() {
    afterRenderEffect(() => {
      const text = this.text();
      const field = this.field().nativeElement;
      // Text may also come from a kept draft or a message taken back.
      if (field.value !== text) field.value = text;
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight}px`;
    });
  }

  focus(): void {
    const field = this.field().nativeElement;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  protected onEnter(event: Event): void {
    const key = event as KeyboardEvent;
    // Enter also ends the composition of a character; on a touch keyboard it is the only way to a new line.
    if (key.shiftKey || key.isComposing || matchMedia('(pointer: coarse)').matches) return;
    key.preventDefault();
    this.submit();
  }

  /** While nothing runs, the button submits the form. */
  protected stop(): void {
    if (this.running() && !this.stopping()) this.stopped.emit();
  }

  protected submit(): void {
    if (this.sendable()) this.sent.emit(this.text().trim());
  }
}
