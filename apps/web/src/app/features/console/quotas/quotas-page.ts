import { Component, inject, signal, viewChild } from '@angular/core';
import type { QuotaRole, Quotas, TurnQuota } from '@dramatis/contracts/quota';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { Confirm } from '../../../shared/confirm';
import { AccountsApi } from '../api/accounts-api';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { BroughtBack } from '../parts/brought-back';
import { count } from '../parts/figures';
import { KeptForm } from '../parts/kept-form';
import { reading } from '../parts/reading';
import { ReadingState } from '../parts/reading-state';
import { quotasOf } from './quota-fields';

/** What each role may use. */
@Component({
  selector: 'dr-quotas-page',
  imports: [Ago, BroughtBack, KeptForm, ReadingState],
  providers: [Act],
  templateUrl: './quotas-page.html',
  styles: `
    .scroll {
      overflow-x: auto;
    }

    table {
      width: auto;
      min-width: min(100%, 44rem);
      margin-bottom: var(--s3);
    }

    td.number input {
      width: 9rem;
      text-align: right;
      font-variant-numeric: tabular-nums;
    }

    .form-end {
      margin-top: var(--s4);
    }

    @media (width < 48rem) {
      table {
        width: 100%;
        min-width: 0;
      }

      td.number input {
        width: 100%;
        min-width: 4rem;
        padding-inline: var(--s1);
      }

      thead th.number {
        min-width: 0;
        white-space: normal;
      }

      tbody th {
        min-width: 0;
        hyphens: auto;
      }

      :is(th, td):not(:last-child) {
        padding-right: var(--s2);
      }
    }
  `,
})
export class QuotasPage {
  protected readonly t = injectTranslate();
  private readonly api = inject(AccountsApi);
  private readonly confirm = inject(Confirm);
  protected readonly act = inject(Act);
  private readonly kept = viewChild(KeptForm);
  protected readonly settings = reading({ params: () => ({}), load: (_, signal) => this.api.quotas(signal) });
  /** The fields that hold no limit, by their names. */
  protected readonly wrong = signal<string[]>([]);
  protected readonly roles: { name: QuotaRole; words: TextKey }[] = [
    { name: 'guest', words: 'quotas.guests' },
    { name: 'user', words: 'console.users' },
    { name: 'curator', words: 'console.curators' },
    { name: 'admin', words: 'console.admins' },
  ];
  protected readonly limits: { name: keyof TurnQuota; words: TextKey }[] = [
    { name: 'turnsAMinute', words: 'quotas.repliesAMinute' },
    { name: 'turnsAtOnce', words: 'quotas.repliesAtOnce' },
    { name: 'tokensADay', words: 'quotas.tokensADay' },
  ];

  protected said(limit: number | null): string {
    return limit === null ? this.t('quotas.noLimit') : count(this.t, limit);
  }

  protected async save(form: HTMLFormElement): Promise<void> {
    const { quotas, wrong } = quotasOf(new FormData(form));
    this.wrong.set(wrong);
    if (wrong.length > 0) {
      form.querySelector<HTMLElement>(`[name="${wrong[0]}"]`)?.focus();
      return;
    }
    await this.put('save', quotas, this.t('quotas.theQuotasAreInForce'));
  }

  protected async reset(): Promise<void> {
    const defaults = this.settings.value()?.defaults;
    const question = { heading: this.t('quotas.askBackToTheDefaults'), message: this.t('quotas.allRolesGetTheQuotasThatThe'), action: this.t('quotas.takeTheDefaults') };
    if (!defaults || !(await this.confirm.ask(question))) return;
    this.wrong.set([]);
    await this.put('reset', defaults, this.t('quotas.theDefaultsAreInForce'));
  }

  private async put(name: string, quotas: Quotas, done: string): Promise<void> {
    const settings = await this.act.run(name, () => this.api.setQuotas(quotas), this.t('quotas.theQuotasWereNotChanged'), done);
    if (!settings) return;
    this.settings.set(settings);
    this.kept()?.clear();
  }
}
