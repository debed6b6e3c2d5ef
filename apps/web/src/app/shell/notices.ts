import { Component, inject } from '@angular/core';
import { injectTranslate } from '../../i18n/language';
import { Notifier } from '../core/notifier';
import { Icon } from '../shared/icon';

/** The notice of the moment, with what can be done about it. It stays while the reader points at it or has the focus there. */
@Component({
  selector: 'dr-notices',
  imports: [Icon],
  host: { role: 'status' },
  template: `
    @if (notifier.notice(); as notice) {
      <p class="slip" (pointerenter)="notifier.hold()" (pointerleave)="notifier.release()" (focusin)="come($event)" (focusout)="notifier.release()">
        {{ notice.text }}
        @if (notice.action; as action) {
          <button type="button" class="act" (click)="notifier.act(); goBack()">{{ action.label }}</button>
        }
        <button type="button" [attr.aria-label]="t('app.dismiss')" (click)="notifier.dismiss(); goBack()"><dr-icon name="close" /></button>
      </p>
    }
  `,
  styles: `
    :host {
      position: fixed;
      /* At the top: the composer has the foot of the page. */
      inset: var(--s3) 0 auto;
      z-index: 30;
      display: grid;
      justify-items: center;
      padding-inline: var(--s4);
      pointer-events: none;
    }

    @media print {
      :host {
        display: none;
      }
    }

    .slip {
      display: flex;
      align-items: center;
      gap: var(--s3);
      max-width: 34rem;
      padding: var(--s2) var(--s2) var(--s2) var(--s4);
      border-radius: var(--radius-large);
      background: var(--ink);
      color: var(--paper);
      font-size: var(--size-small);
      line-height: 1.35;
      pointer-events: auto;
      box-shadow: 0 4px 20px var(--shadow);
    }

    button {
      display: grid;
      flex: none;
      place-items: center;
      min-width: 2rem;
      height: 2rem;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
    }

    .act {
      padding: 0 var(--s2);
      font-weight: 600;
      text-decoration: underline;
      text-underline-offset: 0.18em;
    }

    button:focus-visible {
      outline-color: currentColor;
    }
  `,
})
export class Notices {
  protected readonly t = injectTranslate();
  protected readonly notifier = inject(Notifier);
  /** What had the focus before the notice. */
  private before: HTMLElement | null = null;

  protected come({ relatedTarget, currentTarget }: FocusEvent): void {
    this.notifier.hold();
    if (relatedTarget instanceof HTMLElement && !(currentTarget as HTMLElement).contains(relatedTarget)) this.before = relatedTarget;
  }

  /** The notice goes with its buttons: the focus is where it was. */
  protected goBack(): void {
    if (this.before?.isConnected) this.before.focus({ preventScroll: true });
    this.before = null;
  }
}
