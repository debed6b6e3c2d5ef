import { Component, input, output } from '@angular/core';
import { injectTranslate } from '../../../i18n/language';
import { Icon } from '../../shared/icon';
import type { Place } from './exchange';

/** Turns between what was said in one place: messages, or replies to one message. Stands only where there are several. */
@Component({
  selector: 'dr-branch-switcher',
  imports: [Icon],
  template: `
    @let at = place();
    @if (at.count > 1) {
      <span class="switcher" role="group" [attr.aria-label]="what() === 'message' ? t('conversation.messagesInThisPlace') : t('conversation.repliesToThisMessage')">
        <button type="button" [attr.aria-label]="what() === 'message' ? t('conversation.previousMessage') : t('conversation.previousReply')" [attr.aria-disabled]="at.previous === null" (click)="turn(at.previous)"><dr-icon name="previous" /></button>
        <span aria-live="polite">{{ t('conversation.of', { position: at.position, count: at.count }) }}</span>
        <button type="button" [attr.aria-label]="what() === 'message' ? t('conversation.nextMessage') : t('conversation.nextReply')" [attr.aria-disabled]="at.next === null" (click)="turn(at.next)"><dr-icon name="next" /></button>
      </span>
    }
  `,
  styles: `
    .switcher {
      display: inline-flex;
      align-items: center;
      color: var(--ink-soft);
      font-family: var(--sans);
      font-size: var(--size-fine);
      font-variant-numeric: tabular-nums;
      white-space: nowrap;
    }

    button {
      display: inline-grid;
      place-items: center;
      width: 2rem;
      height: 2rem;
      padding: 0;
      border: 0;
      border-radius: var(--radius);
      background: none;
      color: var(--ink-soft);
      font-size: 0.9375rem;
    }

    button:hover:not([aria-disabled='true']) {
      background: var(--paper-sunk);
      color: var(--ink);
    }

    button[aria-disabled='true'] {
      opacity: 0.4;
      cursor: default;
    }

    @media (pointer: coarse) {
      button {
        width: 2.5rem;
        height: 2.5rem;
      }
    }
  `,
})
export class BranchSwitcher {
  protected readonly t = injectTranslate();
  readonly place = input.required<Place>();
  readonly what = input.required<'message' | 'reply'>();
  /** The turn to go to. */
  readonly turned = output<string>();

  // Not disabled as such: the focus would be lost at the last of them.
  protected turn(turnId: string | null): void {
    if (turnId !== null) this.turned.emit(turnId);
  }
}
