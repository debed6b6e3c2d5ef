import { Component, type ElementRef, afterNextRender, afterRenderEffect, computed, inject, input, output, signal, viewChild } from '@angular/core';
import type { maxMessageCharacters } from '@dramatis/contracts/turn';
import { injectTranslate } from '../../../i18n/language';
import { Drafts } from './drafts';

const characterLimit: typeof maxMessageCharacters = 8_000;

/** A message being written anew in its place. What is written is kept until it is sent or given up. */
@Component({
  selector: 'dr-message-editor',
  template: `
    <form (submit)="$event.preventDefault(); submit()">
      <label class="visually-hidden" [attr.for]="fieldId()">{{ t('conversation.editYourMessage') }}</label>
      <textarea
        #field
        rows="1"
        dir="auto"
        [id]="fieldId()"
        [attr.maxlength]="characterLimit"
        [attr.aria-describedby]="fieldId() + '-hint'"
        (input)="write(field.value)"
        (keydown.enter)="onEnter($event)"
        (keydown.escape)="onEscape($event)"
      ></textarea>
      <p class="choices">
        <button type="submit" class="button" [attr.aria-disabled]="!sendable()">{{ t('conversation.send') }}</button>
        <button type="button" class="button-quiet" (click)="leave()">{{ t('app.leaveIt') }}</button>
        <span class="hint" [id]="fieldId() + '-hint'">{{ t('conversation.whatWasSaidFromHereOnStays') }}</span>
      </p>
    </form>
  `,
  styles: `
    textarea {
      display: block;
      width: 100%;
      max-height: 50dvh;
      padding: 0.5rem 0.75rem;
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius-large);
      background: var(--paper-raised);
      font-size: 1.0625rem;
      line-height: 1.45;
      resize: none;
    }

    textarea:focus {
      border-color: var(--ink);
      outline: 1px solid var(--ink);
      outline-offset: 0;
    }

    .choices {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--s2) var(--s3);
      margin-top: var(--s2);
    }

    .button[aria-disabled='true'] {
      opacity: 0.55;
    }

    .hint {
      color: var(--ink-soft);
      font-size: var(--size-fine);
    }
  `,
})
export class MessageEditor {
  protected readonly t = injectTranslate();
  readonly message = input.required<string>();
  /** Of the request that brought the message. */
  readonly requestId = input.required<string>();
  readonly busy = input(false);
  /** The new text, trimmed, never empty. */
  readonly sent = output<string>();
  readonly left = output<void>();

  private readonly drafts = inject(Drafts);
  protected readonly fieldId = computed(() => `edit-${this.requestId()}`);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  protected readonly text = signal('');
  protected readonly characterLimit = characterLimit;

  constructor() {
    afterNextRender(() => {
      const field = this.field().nativeElement;
      field.value = this.drafts.readEdit(this.requestId()) ?? this.message();
      this.text.set(field.value);
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    });
    afterRenderEffect(() => {
      this.text();
      const field = this.field().nativeElement;
      field.style.height = 'auto';
      field.style.height = `${field.scrollHeight + 2}px`;
    });
  }

  protected write(text: string): void {
    this.text.set(text);
    this.drafts.writeEdit(this.requestId(), text);
  }

  protected leave(): void {
    this.drafts.dropEdit(this.requestId());
    this.left.emit();
  }

  protected sendable(): boolean {
    return this.text().trim() !== '' && !this.busy();
  }

  protected onEnter(event: Event): void {
    const key = event as KeyboardEvent;
    if (key.shiftKey || key.isComposing || matchMedia('(pointer: coarse)').matches) return;
    key.preventDefault();
    this.submit();
  }

  protected onEscape(event: Event): void {
    // The page's own meaning of the key is to stop a reply.
    event.preventDefault();
    event.stopPropagation();
    this.leave();
  }

  protected submit(): void {
    if (!this.sendable()) return;
    this.drafts.dropEdit(this.requestId());
    this.sent.emit(this.text().trim());
  }
}
