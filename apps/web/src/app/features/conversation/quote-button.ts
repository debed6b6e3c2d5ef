import { Component, DestroyRef, ElementRef, inject, output, signal } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import { selectedText } from './quotation';

const said = 'dr-reply, dr-message-text';
const gapPx = 8;
const widthPx = 96;

/** Stands at the end of what is selected in the script, to quote it in the composer. By key, `q` does the same. */
@Component({
  selector: 'dr-quote-button',
  imports: [Icon],
  host: { class: 'no-print' },
  template: `
    @if (place(); as at) {
      <button type="button" [style.left.px]="at.left" [style.top.px]="at.top" (mousedown)="$event.preventDefault()" (click)="quote()"><dr-icon name="quote" /> {{ t('conversation.quote') }}</button>
    }
  `,
  styles: `
    button {
      position: absolute;
      z-index: 4;
      display: inline-flex;
      align-items: center;
      gap: var(--s2);
      padding: 0.3rem 0.75rem;
      border: 1px solid var(--rule-strong);
      border-radius: 999px;
      background: var(--paper-raised);
      color: var(--ink);
      font-size: var(--size-small);
      box-shadow: 0 3px 12px var(--shadow);
    }

    button:hover {
      border-color: var(--ink);
    }
  `,
})
export class QuoteButton {
  protected readonly t = injectTranslate();
  /** What is to be quoted. */
  readonly quoted = output<string>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** In CSS pixels from the page's positioned ancestor; null while nothing is selected. */
  protected readonly place = signal<{ left: number; top: number } | null>(null);

  constructor() {
    const onSelection = (): void => this.follow();
    document.addEventListener('selectionchange', onSelection);
    inject(DestroyRef).onDestroy(() => document.removeEventListener('selectionchange', onSelection));
  }

  /** Quotes what is selected. Returns whether anything is. */
  quote(): boolean {
    const selection = getSelection();
    const text = selectedText(selection, said);
    if (text === null) return false;
    selection?.removeAllRanges();
    this.place.set(null);
    this.quoted.emit(text);
    return true;
  }

  private follow(): void {
    const selection = getSelection();
    if (selectedText(selection, said) === null) {
      this.place.set(null);
      return;
    }
    const { bottom, right } = selection!.getRangeAt(0).getBoundingClientRect();
    const frame = (this.host.offsetParent ?? document.documentElement).getBoundingClientRect();
    const left = Math.max(0, Math.min(right - frame.left, frame.width) - widthPx);
    this.place.set({ left, top: bottom - frame.top + gapPx });
  }
}
