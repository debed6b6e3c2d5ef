import { Component, computed, inject, resource } from '@angular/core';
import { numberFormat } from '../../shared/formats';
import { injectTranslate } from '../../../i18n/language';
import { exactTime, relativeTime } from '../../shared/relative-time';
import { AccountApi } from './account-api';

/** What one has used today of what one may. */
@Component({
  selector: 'dr-usage-section',
  template: `
    <div>
      <h2>{{ t('account.useToday') }}</h2>
      <p class="about">{{ t('account.tokensAreThePiecesOfWordsThat') }}</p>
    </div>
    <div>
      @if (usage.hasValue()) {
        @let used = usage.value();
        <p>
          @if (used.quota.tokensADay; as allowed) {
            <strong>{{ count(used.tokensToday) }}</strong> {{ t('account.ofTokens', { allowed: count(allowed) }) }}
          } @else {
            <strong>{{ count(used.tokensToday) }}</strong> {{ t('account.tokensThereIsNoLimit') }}
          }
        </p>
        @if (used.quota.tokensADay) {
          <div class="bar" aria-hidden="true"><span [class.full]="share() >= 1" [style.width.%]="100 * share()"></span></div>
          <p class="fine">
            @if (share() >= 1) {
              {{ t('account.youHaveUsedAllOfTodays') }}
            }
            {{ t('account.itBeginsAnew') }} <time [attr.datetime]="used.resetsAt" [title]="exactTime(t, used.resetsAt)">{{ ago(used.resetsAt) }}</time>.
          </p>
        }
        @if (rest(); as words) {
          <p class="fine">{{ words }}</p>
        }
      } @else if (usage.error()) {
        <p role="alert">{{ t('account.whatYouHaveUsedCannotBeShown') }} <button type="button" class="text-button" (click)="usage.reload()">{{ t('app.tryAgain') }}</button></p>
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
  protected readonly t = injectTranslate();
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
    if (turnsAMinute && turnsAtOnce) return this.t('account.mayAskBoth', { aMinute: turnsAMinute, atOnce: turnsAtOnce });
    if (turnsAMinute) return this.t('account.mayAskAMinute', { replies: turnsAMinute });
    return turnsAtOnce ? this.t('account.mayAskAtOnce', { replies: turnsAtOnce }) : '';
  });
  protected readonly exactTime = exactTime;

  protected count(value: number): string {
    return numberFormat(this.t.locale, {}).format(value);
  }

  protected ago(at: string): string {
    return relativeTime(this.t, at, Date.now());
  }
}
