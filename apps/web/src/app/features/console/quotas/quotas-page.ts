import { Component, inject, signal } from '@angular/core';
import type { QuotaRole, Quotas, TurnQuota } from '@dramatis/contracts/quota';
import { injectTranslate } from '../../../../i18n/language';
import { Confirm } from '../../../shared/confirm';
import { AccountsApi } from '../api/accounts-api';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { count } from '../parts/figures';
import { reading } from '../parts/reading';
import { ReadingState } from '../parts/reading-state';
import { quotasOf } from './quota-fields';

/** What each role may use. */
@Component({
  selector: 'dr-quotas-page',
  imports: [Ago, ReadingState],
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
        min-width: 4.75rem;
        padding-inline: var(--s1);
      }

      thead th.number {
        min-width: 0;
        white-space: normal;
      }

      tbody th {
        min-width: 0;
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
  protected readonly settings = reading({ params: () => ({}), load: (_, signal) => this.api.quotas(signal) });
  /** The fields that hold no limit, by their names. */
  protected readonly wrong = signal<string[]>([]);
  protected readonly roles: { name: QuotaRole; words: string }[] = [
    { name: 'guest', words: 'Guests' },
    { name: 'user', words: 'Users' },
    { name: 'curator', words: 'Curators' },
    { name: 'admin', words: 'Admins' },
  ];
  protected readonly limits: { name: keyof TurnQuota; words: string }[] = [
    { name: 'turnsAMinute', words: 'Replies a minute' },
    { name: 'turnsAtOnce', words: 'Replies at once' },
    { name: 'tokensADay', words: 'Tokens a day' },
  ];

  protected said(limit: number | null): string {
    return limit === null ? 'no limit' : count(this.t, limit);
  }

  protected async save(form: HTMLFormElement): Promise<void> {
    const { quotas, wrong } = quotasOf(new FormData(form));
    this.wrong.set(wrong);
    if (wrong.length > 0) {
      form.querySelector<HTMLElement>(`[name="${wrong[0]}"]`)?.focus();
      return;
    }
    await this.put('save', quotas, 'The quotas are in force.');
  }

  protected async reset(): Promise<void> {
    const defaults = this.settings.value()?.defaults;
    const question = { heading: 'Back to the defaults?', message: 'All roles get the quotas that the installation was started with.', action: 'Take the defaults' };
    if (!defaults || !(await this.confirm.ask(question))) return;
    this.wrong.set([]);
    await this.put('reset', defaults, 'The defaults are in force.');
  }

  private async put(name: string, quotas: Quotas, done: string): Promise<void> {
    const settings = await this.act.run(name, () => this.api.setQuotas(quotas), 'The quotas were not changed.', done);
    if (settings) this.settings.set(settings);
  }
}
