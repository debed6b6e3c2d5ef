import type { Provider } from '@angular/core';
import type { Account, Me } from '@dramatis/contracts/identity/account';
import { IdentityApi } from '../app/core/identity-api';
import type { Problem } from '../app/core/problem';
import { uuidOf } from './console-builders';

export const nobodyHere: Me = { account: null, role: null, guest: false, sessionId: null };
export const guestHere: Me = { ...nobodyHere, guest: true, sessionId: uuidOf(900) };

/** Somebody who is signed in, as the server tells it. */
export function signedInAs(fields: Partial<Account> = {}): Me {
  const account: Account = {
    accountId: uuidOf(901),
    email: 'mary@example.org',
    emailVerified: false,
    pendingEmail: null,
    displayName: 'Mary Shelley',
    locale: null,
    role: 'user',
    hasPassword: true,
    createdAt: '2026-11-01T10:00:00.000Z',
    ...fields,
  };
  return { account, role: account.role, guest: false, sessionId: uuidOf(902) };
}

/** What the server says of who is here. */
export class FakeIdentityApi implements Pick<IdentityApi, keyof IdentityApi> {
  here: Me = nobodyHere;
  trouble: Problem | null = null;
  asked = 0;

  async me(): Promise<Me> {
    this.asked += 1;
    if (this.trouble) throw this.trouble;
    return this.here;
  }

  async signOut(): Promise<void> {
    if (this.trouble) throw this.trouble;
    this.here = nobodyHere;
  }

  get provider(): Provider {
    return { provide: IdentityApi, useValue: this };
  }
}
