import type { AccountPage, AccountQuery, AdministeredAccount, UpdateAccount } from '@dramatis/contracts/identity/administration';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';

/** Accounts, as admins manage them. */
@Injectable()
export class AccountAdministration {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
  ) {}

  async page(query: AccountQuery): Promise<AccountPage> {
    const { items, total } = await this.accounts.page(query);
    return { items: items.map(toAdministered), total, limit: query.limit, offset: query.offset };
  }

  /** What changes reaches open sessions, sockets and streams within seconds. @throws DomainError account_not_found, last_admin */
  async update(accountId: string, changes: UpdateAccount): Promise<AdministeredAccount> {
    const account = await this.accounts.govern(accountId, changes);
    if (account.disabledAt !== null) await this.sessions.endAll(accountId);
    else await this.sessions.accountChanged(accountId);
    return toAdministered(account);
  }
}

function toAdministered(record: AccountRecord): AdministeredAccount {
  return {
    accountId: record._id,
    email: record.email,
    emailVerified: record.emailVerifiedAt !== null,
    displayName: record.displayName,
    role: record.role,
    disabled: record.disabledAt !== null,
    createdAt: record.createdAt.toISOString(),
    lastSignInAt: record.lastSignInAt?.toISOString() ?? null,
  };
}
