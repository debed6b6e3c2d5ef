import type { Account, Me } from '@dramatis/contracts/identity/account';
import type { AccountRecord } from '@dramatis/database/accounts/account-repository';
import { type Access, roleOf } from '../access/access.js';
import { guestOf } from './sign-ins.js';

/** Who one is, with an account or without. */
export function meOf(record: AccountRecord | null, access: Access): Me {
  return {
    account: record === null ? null : toAccount(record),
    role: roleOf(access),
    guest: guestOf(access) !== null,
    sessionId: access.sessionId,
  };
}

export function toAccount(record: AccountRecord): Account {
  return {
    accountId: record._id,
    email: record.email,
    emailVerified: record.emailVerifiedAt !== null,
    pendingEmail: record.pendingEmail,
    displayName: record.displayName,
    locale: record.locale,
    role: record.role,
    hasPassword: record.passwordHash !== null,
    createdAt: record.createdAt.toISOString(),
  };
}
