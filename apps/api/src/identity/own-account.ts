import { DomainError } from '@dramatis/contracts/errors';
import type { Me, UpdateMe } from '@dramatis/contracts/identity/account';
import { emailKeyOf } from '@dramatis/contracts/identity/email-address';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import type { Access } from '../access/access.js';
import { SecurityLog } from '../audit/security-log.js';
import type { GuardedAct, Subject } from '../limits/limited.js';
import { Limits } from '../limits/limits.js';
import { rateHeaders, tellLimits } from '../limits/rate-limit-headers.js';
import { SessionService } from '../sessions/session.service.js';
import { AccountRemoval } from './account-removal.js';
import { meOf } from './account-views.js';
import { EmailLinks, readerOf } from './email-links.js';
import { mails } from './mails.js';
import { Passwords } from './passwords.js';
import { SignIns } from './sign-ins.js';
import { addressOf, languagesOf, type Visit } from './visit.js';

/** How lately one must have signed in for what cannot be undone, where there is no password to ask for. */
const recentMs = 10 * 60_000;

/** The account of who asks. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: MailedTokenRepository,
    private readonly signIns: SignIns,
    private readonly cookies: SessionService,
    private readonly passwords: Passwords,
    private readonly links: EmailLinks,
    private readonly removal: AccountRemoval,
    private readonly limits: Limits,
    private readonly log: SecurityLog,
  ) {}

  /** Also of guests, and of who has no session: then there is no account. */
  async me(access: Access): Promise<Me> {
    const account = access.account === null ? null : await this.accounts.find(access.account.accountId);
    return meOf(account, access);
  }

  /** @throws DomainError wrong_password, password_too_weak, email_taken */
  async update({ newPassword, newEmail, currentPassword, ...profile }: UpdateMe, visit: Visit): Promise<Me> {
    let account = await this.own(visit.access);
    let { access } = visit;
    if (newPassword !== undefined || newEmail !== undefined) await this.requirePassword(account, currentPassword ?? '', visit);
    if (newPassword !== undefined) this.passwords.requireStrong(newPassword, { email: account.email }, 'newPassword');
    if (newEmail !== undefined) account = await this.changeEmail(account, newEmail, visit);
    if (newPassword !== undefined) {
      const changed = await this.changePassword(account, newPassword, visit, { pendingEmail: newEmail === undefined ? null : account.pendingEmail });
      account = changed.account;
      access = { ...access, sessionId: changed.sessionId };
    }
    if (Object.keys(profile).length > 0) account = await this.accounts.update(account._id, profile);
    return meOf(account, access);
  }

  /** Sends the link that confirms the address again; nothing where there is nothing to confirm. */
  async sendVerification(visit: Visit): Promise<void> {
    const account = await this.own(visit.access);
    if (account.pendingEmail === null && account.emailVerifiedAt !== null) return;
    await this.links.sendVerification(account, languagesOf(visit));
  }

  /** @throws DomainError wrong_password, sign_in_again, last_admin */
  async remove(password: string | undefined, visit: Visit): Promise<void> {
    const account = await this.own(visit.access);
    if (account.passwordHash === null) await this.requireRecentSignIn(visit.access);
    else await this.requirePassword(account, password ?? '', visit);
    await this.log.attempt('accounts.remove', visit, async () => {
      await this.removal.remove(account);
      this.cookies.forget(visit.response);
      return { subject: account._id, result: undefined };
    });
  }

  /** The account that asks. @throws DomainError unauthenticated */
  async own({ account }: Access): Promise<AccountRecord> {
    const record = account === null ? null : await this.accounts.find(account.accountId);
    if (record === null) throw new DomainError('unauthenticated');
    return record;
  }

  /** @throws DomainError wrong_password */
  private async requirePassword(account: AccountRecord, password: string, visit: Visit): Promise<void> {
    // As much to guess at as a sign-in, for who came upon a browser that was left signed in.
    const subject = { address: addressOf(visit), email: account.email };
    await this.count('signIn', subject, visit);
    if (await this.passwords.verify(account.passwordHash, password)) return this.limits.forgive('signIn', subject);
    const error = new DomainError('wrong_password');
    await this.log.attempt('accounts.confirmPassword', visit, () => Promise.reject(error));
  }

  private count(act: GuardedAct, subject: Subject, { response }: Visit): Promise<void> {
    return this.limits.require(act, subject, (states) => tellLimits(response, rateHeaders(states)));
  }

  private async requireRecentSignIn({ sessionId, ownerId }: Access): Promise<void> {
    const sessions = ownerId === null ? [] : await this.sessions.list(ownerId);
    const own = sessions.find((session) => session.sessionId === sessionId);
    if (own !== undefined && Date.now() - own.createdAt.getTime() < recentMs) return;
    throw new DomainError('sign_in_again');
  }

  private async changeEmail(account: AccountRecord, email: string, visit: Visit): Promise<AccountRecord> {
    return this.log.attempt('accounts.changeEmail', visit, async () => {
      this.links.requireMail();
      // Each sends a mail to whatever address was given, and says whether it has an account.
      await this.count('passwordReset', { address: addressOf(visit), email }, visit);
      const other = await this.accounts.findByEmail(email);
      if (other !== null && other._id !== account._id) throw new DomainError('email_taken.other');
      const changed = await this.accounts.update(account._id, { pendingEmail: email });
      await this.links.sendVerification(changed, languagesOf(visit));
      if (emailKeyOf(email) !== account.emailKey) this.links.notify(mails.emailChanging(account.email, readerOf(account, languagesOf(visit))));
      return { subject: account._id, result: changed };
    });
  }

  /** An address that waits to be confirmed is given up, unless it came along: who changes the password may not be who gave it. */
  private async changePassword(
    { _id, email, displayName, locale }: AccountRecord,
    password: string,
    visit: Visit,
    { pendingEmail }: Pick<AccountRecord, 'pendingEmail'>,
  ): Promise<{ account: AccountRecord; sessionId: string }> {
    return this.log.attempt('accounts.changePassword', visit, async () => {
      const account = await this.accounts.update(_id, { passwordHash: await this.passwords.hash(password), pendingEmail });
      await this.tokens.revoke(_id, 'reset-password');
      await this.sessions.endAll(_id);
      this.links.notify(mails.passwordChanged(email, readerOf({ _id, displayName, locale }, languagesOf(visit))));
      const { sessionId } = await this.signIns.open(account, visit.access, visit.response);
      return { subject: _id, result: { account, sessionId } };
    });
  }
}
