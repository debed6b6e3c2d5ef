import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AdministeredAccount, UpdateAccount } from '@dramatis/contracts/identity/administration';
import type { Role } from '@dramatis/contracts/identity/role';
import type { TextKey } from '../../../../i18n/scopes';
import { injectTranslate } from '../../../../i18n/language';
import { Identity } from '../../../core/identity';
import { Confirm, type Question } from '../../../shared/confirm';
import { roleWord } from '../../../shared/role-words';
import { StageDirection } from '../../../shared/stage-direction';
import { AccountsApi } from '../api/accounts-api';
import { Act } from '../parts/act';
import { Ago } from '../parts/ago';
import { Pager, pageOf } from '../parts/pager';
import { reading } from '../parts/reading';
import { ReadingState } from '../parts/reading-state';
import { SearchField } from '../parts/search-field';
import { StatusMark } from '../parts/status-mark';

const pageSize = 50;
const may: Record<Role, TextKey> = {
  user: 'accounts.talksWithPersonasAndSeesNothingOf',
  curator: 'accounts.alsoWritesPersonasAndTheir',
  admin: 'accounts.alsoManagesAccountsAndQuotasAnd',
};

/** Accounts, their roles, and whether they may sign in. Search and filters stand in the address. */
@Component({
  selector: 'dr-accounts-page',
  imports: [Ago, Pager, ReadingState, RouterLink, SearchField, StageDirection, StatusMark],
  providers: [Act],
  templateUrl: './accounts-page.html',
  styles: `
    .role.role {
      width: auto;
      min-width: 6.5rem;
    }

    .own {
      margin-left: var(--s2);
    }

    .name {
      font-weight: 550;
    }
  `,
})
export class AccountsPage {
  protected readonly t = injectTranslate();
  /** Query parameters of the address. */
  readonly page = input<string>();
  readonly search = input<string>();
  readonly role = input<string>();
  readonly state = input<string>();

  private readonly api = inject(AccountsApi);
  private readonly confirm = inject(Confirm);
  private readonly identity = inject(Identity);
  protected readonly act = inject(Act);
  protected readonly pageSize = pageSize;
  protected readonly roles = ['user', 'curator', 'admin'] as const satisfies readonly Role[];
  protected readonly roleWord = roleWord;
  protected readonly plural: Record<Role, TextKey> = { user: 'console.users', curator: 'console.curators', admin: 'console.admins' };
  protected readonly number = computed(() => pageOf(this.page()));
  protected readonly chosenRole = computed(() => this.roles.find((role) => role === this.role()));
  protected readonly disabled = computed(() => (this.state() === 'disabled' ? true : this.state() === 'active' ? false : undefined));
  protected readonly filtered = computed(() => Boolean(this.search() || this.chosenRole() || this.disabled() !== undefined || this.number() > 1));
  protected readonly accounts = reading({
    params: () => ({
      search: this.search(),
      role: this.chosenRole(),
      disabled: this.disabled(),
      limit: pageSize,
      offset: (this.number() - 1) * pageSize,
    }),
    load: (query, signal) => this.api.accounts(query, signal),
    keep: true,
  });

  protected isOwn({ accountId }: AdministeredAccount): boolean {
    return accountId === this.identity.account()?.accountId;
  }

  protected async setRole(account: AdministeredAccount, field: HTMLSelectElement): Promise<void> {
    const role = this.roles[field.selectedIndex] ?? account.role;
    const own = this.isOwn(account) ? [this.t('accounts.thisIsYourOwnAccountYouLeave')] : [];
    const taken = await this.change(account, { role }, this.t(`accounts.isNow.${role}`, { name: account.displayName }), {
      heading: this.t(`accounts.make.${role}`, { name: account.displayName }),
      message: [this.t(may[role]), ...own].join(' '),
      action: this.t('accounts.changeTheRole'),
    });
    if (!taken) field.value = account.role;
  }

  protected async setDisabled(account: AdministeredAccount, disabled: boolean): Promise<void> {
    const question = {
      heading: this.t('accounts.askDisable', { displayName: account.displayName }),
      message: this.t('accounts.theirSessionsEndNowAndTheyCannot'),
      action: this.t('accounts.disable'),
    };
    await this.change(account, { disabled }, this.t(disabled ? 'accounts.isDisabled' : 'accounts.maySignInAgain', { name: account.displayName }), disabled ? question : null);
  }

  private async change(account: AdministeredAccount, body: UpdateAccount, done: string, question: Question | null): Promise<boolean> {
    if (question !== null && !(await this.confirm.ask(question))) return false;
    const changed = await this.act.run(account.accountId, () => this.api.update(account.accountId, body), this.t('accounts.theAccountWasNotChanged'), done);
    if (!changed) return false;
    const list = this.accounts.value();
    if (list) this.accounts.set({ ...list, items: list.items.map((item) => (item.accountId === changed.accountId ? changed : item)) });
    if (this.isOwn(changed)) await this.identity.refresh();
    return true;
  }
}
