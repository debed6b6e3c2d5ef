import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Access } from '../access/access.js';
import { SessionService } from '../sessions/session.service.js';

/** Begins sessions of accounts, however somebody showed that the account is theirs. */
@Injectable()
export class SignIns {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly cookies: SessionService,
    private readonly accounts: AccountRepository,
    private readonly moves: OwnerMoveRepository,
  ) {}

  /**
   * A new session in the place of the one that the browser had, so that nobody who knew the old one is signed in too. What the browser's
   * guest owns goes to the account.
   */
  async open(account: Pick<AccountRecord, '_id'>, access: Access, response: Response): Promise<{ sessionId: string }> {
    const guestId = guestOf(access);
    if (guestId !== null) {
      // A guest who became an account in another window owns what is that account's.
      if (guestId !== account._id && (await this.accounts.find(guestId)) === null) await this.moves.move(guestId, account._id);
      if (access.sessionId !== null) await this.sessions.endGuest(guestId);
    } else if (access.sessionId !== null && access.ownerId !== null) {
      await this.sessions.end(access.sessionId, access.ownerId);
    }
    return this.cookies.begin({ ownerId: account._id, accountId: account._id }, response);
  }
}

/** The guest that asks, or null: accounts and machines are none. */
export function guestOf({ account, ownerId }: Access): string | null {
  return account === null ? ownerId : null;
}
