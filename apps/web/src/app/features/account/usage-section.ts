import { Component, computed, inject, resource } from '@angular/core';
import { exactTime, relativeTime } from '../../shared/relative-time';
import { AccountApi } from './account-api';

const whole = new Intl.NumberFormat('en');

/** What one has used today of what one may. */
@Component({
  selector: 'dr-usage-section',
  template: `
    <div>
      <h2>Use today</h2>
      <p class="about">Tokens are the pieces of words that language models read and write for your conversations. The built-in model’s do not count.</p>
    </div>
    <div>
      @if (usage.hasValue()) {
        @let used = usage.value();
        <p>
          @if (used.quota.tokensADay; as allowed) {
            <strong>{{ count(used.tokensToday) }}</strong> of {{ count(allowed) }} tokens
          } @else {
            <strong>{{ count(used.tokensToday) }}</strong> tokens; there is no limit
          }
        </p>
        @if (used.quota.tokensADay) {
          <div class="bar" aria-hidden="true"><span [class.full]="share() >= 1" [style.width.%]="100 * share()"></span></div>
          <p class="fine">
            @if (share() >= 1) {
              You have used all of today’s.
            }
            It begins anew <time [attr.datetime]="used.resetsAt" [title]="exactTime(used.resetsAt)">{{ ago(used.resetsAt) }}</time>.
          </p>
        }
        @if (rest(); as words) {
          <p class="fine">{{ words }}</p>
        }
      } @else if (usage.error()) {
        <p role="alert">What you have used cannot be shown. <button type="button" class="text-button" (click)="usage.reload()">Try again</button></p>
      } @else {
        <span class="skeleton"></span>
      }
    </div>
  `,
  styleUrl: './section.css',
  styles: `
    .bar {
      max-width: 28rem;
      height: 0.5rem;
      margin-block: var(--s2);
      border: 1px solid var(--rule-strong);
      border-radius: var(--radius);
      overflow: hidden;
    }

    .bar span {
      display: block;
      height: 100%;
      background: var(--accent);
    }

    .full {
      background: var(--bad);
    }
  `,
})
export class UsageSection {
  private readonly api = inject(AccountApi);
  protected readonly usage = resource({ loader: ({ abortSignal }) => this.api.usage(abortSignal) });
  /** How much of the day's quota is used, 0-1. */
  protected readonly share = computed(() => {
    const { tokensToday, quota } = this.usage.hasValue() ? this.usage.value() : { tokensToday: 0, quota: { tokensADay: null } };
    return quota.tokensADay === null ? 0 : Math.min(1, tokensToday / quota.tokensADay);
  });
  /** What else there is a limit to. */
  protected readonly rest = computed(() => {
    if (!this.usage.hasValue()) return '';
    const { turnsAMinute, turnsAtOnce } = this.usage.value().quota;
    const limits = [turnsAMinute && `${replies(turnsAMinute)} a minute`, turnsAtOnce && `${replies(turnsAtOnce)} at the same time`].filter(Boolean);
    return limits.length === 0 ? '' : `You may ask for ${limits.join(', and ')}.`;
  });
  protected readonly exactTime = exactTime;

  protected count(value: number): string {
    return whole.format(value);
  }

  protected ago(at: string): string {
    return relativeTime(at, Date.now());
  }
}

function replies(amount: number): string {
  return `${whole.format(amount)} ${amount === 1 ? 'reply' : 'replies'}`;
}
