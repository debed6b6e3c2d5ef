import { Injectable, inject } from '@angular/core';
import type { AccountPage, AccountQuery, AdministeredAccount, UpdateAccount } from '@dramatis/contracts/identity/administration';
import type { QuotaSettings, Quotas } from '@dramatis/contracts/quota';
import { AdminHttp, path } from './admin-http';

/** The accounts that a page of the list wants, as its address says it. */
export interface AccountsWanted extends Partial<Pick<AccountQuery, 'search' | 'role' | 'limit' | 'offset'>> {
  disabled?: boolean | undefined;
}

/** Accounts and what they may use, as admins manage them. */
@Injectable({ providedIn: 'root' })
export class AccountsApi {
  private readonly http = inject(AdminHttp);

  accounts(query: AccountsWanted, signal?: AbortSignal): Promise<AccountPage> {
    return this.http.get('/api/admin/accounts', { ...query }, signal);
  }

  update(accountId: string, body: UpdateAccount): Promise<AdministeredAccount> {
    return this.http.patch(path`/api/admin/accounts/${accountId}`, body);
  }

  quotas(signal?: AbortSignal): Promise<QuotaSettings> {
    return this.http.get('/api/admin/quotas', {}, signal);
  }

  setQuotas(quotas: Quotas): Promise<QuotaSettings> {
    return this.http.put('/api/admin/quotas', quotas);
  }
}
