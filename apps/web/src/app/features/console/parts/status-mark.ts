import { Component, computed, input } from '@angular/core';
import { Icon, type IconName } from '../../../shared/icon';

export type Tone = 'good' | 'warn' | 'bad' | 'quiet' | 'busy';

const icons: Record<Exclude<Tone, 'busy' | 'quiet'>, IconName> = { good: 'check', warn: 'notice', bad: 'close' };

/** A state as a shape, a colour and the word that is its content: any one of them is enough. */
@Component({
  selector: 'dr-status-mark',
  imports: [Icon],
  template: `
    @if (icon(); as name) {
      <dr-icon [name]="name" />
    } @else {
      <span class="dot" aria-hidden="true"></span>
    }
    <span class="word"><ng-content /></span>
  `,
  host: { '[class]': 'tone()' },
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 0.35em;
    }

    /* The word gives the line its baseline, not the drawing. */
    .word {
      align-self: baseline;
    }

    dr-icon {
      font-size: 0.85em;
    }

    .dot {
      flex: none;
      width: 0.55em;
      height: 0.55em;
      margin-inline: 0.25em;
      border: 1.5px solid var(--ink-soft);
      border-radius: 50%;
    }

    :host(.quiet) {
      color: var(--ink-soft);
    }

    :host(.good) dr-icon {
      color: var(--good);
    }

    :host(.warn) {
      color: var(--warn);
    }

    :host(.bad) {
      color: var(--bad);
    }

    :host(.busy) .dot {
      border-color: var(--accent);
      background: var(--accent);
      animation: breathe 1.6s ease-in-out infinite;
    }

    @keyframes breathe {
      50% {
        opacity: 0.35;
      }
    }
  `,
})
export class StatusMark {
  readonly tone = input.required<Tone>();
  protected readonly icon = computed(() => {
    const tone = this.tone();
    return tone === 'quiet' || tone === 'busy' ? null : icons[tone];
  });
}
