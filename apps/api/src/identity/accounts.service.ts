import { DomainError } from '@dramatis/contracts/errors';
import type { Account, Me, Registration, ResetPassword, SignIn, UpdateMe } from '@dramatis/contracts/identity/account';
import { emailKeyOf } from '@dramatis/contracts/identity/email-address';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type Access, roleOf } from '../access/access.js';
import { SecurityLog } from '../audit/security-log.js';
import { limitedAddress } from '../limits/client-address.js';
import { Limits } from '../limits/limits.js';
import { rateHeaders, tellLimits } from '../limits/rate-limit-headers.js';
import { SessionService } from '../sessions/session.service.js';
import { AccountRemoval } from './account-removal.js';
import { type AcceptedLanguages, EmailLinks, linkInvalid, readerOf } from './email-links.js';
import { mails } from './mails.js';
import { Passwords } from './passwords.js';
import { guestOf, SignIns } from './sign-ins.js';

/** How lately one must have signed in for what cannot be undone, where there is no password to ask for. */
const recentMs = 10 * 60_000;

/** Who asks, and the answer that takes the cookie along. */
export interface Visit {
  access: Access;
  response: Response;
}

/** Accounts, as their owners use them. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly sessions: SessionRepository,
    private readonly tokens: MailedTokenRepository,
    private readonly keys: ApiKeyRepository,
    private readonly signIns: SignIns,
    private readonly cookies: SessionService,
    private readonly passwords: Passwords,
    private readonly links: EmailLinks,
    private readonly removal: AccountRemoval,
    private readonly limits: Limits,
    private readonly log: SecurityLog,
  ) {}

  async me(access: Access): Promise<Me> {
    const account = access.account === null ? null : await this.accounts.find(access.account.accountId);
    return meOf(account, access);
  }

  /** @throws DomainError password_too_weak, email_taken */
  async register({ email, password, displayName, locale }: Registration, visit: Visit): Promise<Me> {
    return this.log.attempt('accounts.register', visit, async () => {
      this.passwords.requireStrong(password, { email });
      const account = await this.accounts.create({
        email,
        displayName: displayName ?? email.split('@')[0]!,
        locale: locale ?? null,
        passwordHash: await this.passwords.hash(password),
        guestId: guestOf(visit.access),
      });
      this.links.inBackground('the link that confirms an address', () => this.links.sendVerification(account, languagesOf(visit)));
      return { subject: account._id, detail: { role: account.role }, result: await this.enter(account, visit) };
    });
  }

  /** @throws DomainError invalid_credentials, account_disabled */
  async signIn({ email, password }: SignIn, visit: Visit): Promise<Me> {
    const found = await this.accounts.findByEmail(email);
    return this.log.attempt('sessions.signIn', visit, async (about) => {
      about.subject = found?._id ?? null;
      const known = await this.passwords.verify(found?.passwordHash ?? null, password);
      if (!known || found === null) throw new DomainError('invalid_credentials');
      if (found.disabledAt !== null) throw new DomainError('account_disabled');
      if (this.passwords.isOutdated(found.passwordHash!)) {
        await this.accounts.replacePasswordHash(found._id, found.passwordHash!, await this.passwords.hash(password));
      }
      await this.accounts.administrators.finishFirst(found._id);
      await this.limits.forgive('signIn', { address: addressOf(visit), email });
      return { result: await this.enter(await this.accounts.update(found._id, { lastSignInAt: new Date() }), visit) };
    });
  }

  /** Ends the session. A guest keeps theirs: without it nobody could open the guest's conversations again. */
  async signOut(visit: Visit): Promise<void> {
    const { ownerId, sessionId } = visit.access;
    if (guestOf(visit.access) !== null) return;
    this.cookies.forget(visit.response);
    if (sessionId === null || ownerId === null) return;
    await this.log.attempt('sessions.signOut', visit, async () => ({ subject: sessionId, result: await this.sessions.end(sessionId, ownerId) }));
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

  /** @throws DomainError link_invalid, email_taken */
  async verifyEmail(token: string, visit: Visit): Promise<void> {
    await this.log.attempt('accounts.verifyEmail', visit, async () => ({ subject: await this.links.verify(token), result: undefined }));
  }

  /** Answers before it looks: the answer tells nobody whether there is such an account, nor does the time that it takes. */
  requestPasswordReset(email: string, visit: Visit): void {
    this.links.requireMail();
    this.links.inBackground('the link for a new password', () => this.links.sendPasswordReset(email, languagesOf(visit)));
  }

  /**
   * Gives the account back to whom its address belongs: whoever was in it before keeps no session, no key, and no change of address that
   * could still be confirmed. @throws DomainError link_invalid, password_too_weak
   */
  async resetPassword({ token, password }: ResetPassword, visit: Visit): Promise<void> {
    await this.log.attempt('accounts.resetPassword', visit, async (about) => {
      const offered = await this.tokens.find(token, 'reset-password');
      const account = offered === null ? null : await this.accounts.find(offered.accountId);
      if (account === null) throw linkInvalid();
      about.subject = account._id;
      // Before the link is used up: a password that is refused costs no new mail.
      this.passwords.requireStrong(password, account);
      const passwordHash = await this.passwords.hash(password);
      const used = await this.tokens.use(token, 'reset-password');
      if (used === null) throw linkInvalid();
      // The link came to the address, so it is its owner's.
      if (used.email === account.email && account.emailVerifiedAt === null) await this.accounts.confirmEmail(account._id, account.email);
      await this.accounts.update(account._id, { passwordHash, pendingEmail: null });
      await this.tokens.revoke(account._id, 'reset-password');
      await this.keys.revokeAll(account._id);
      await this.sessions.endAll(account._id);
      this.links.notify(mails.passwordChanged(account.email, readerOf(account, languagesOf(visit))));
      return { result: undefined };
    });
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
    await this.limits.require('signIn', subject, (states) => tellLimits(visit.response, rateHeaders(states)));
    if (await this.passwords.verify(account.passwordHash, password)) return this.limits.forgive('signIn', subject);
    const error = new DomainError('wrong_password');
    await this.log.attempt('accounts.confirmPassword', visit, () => Promise.reject(error));
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
      await this.limits.require('passwordReset', { address: addressOf(visit), email }, (states) => tellLimits(visit.response, rateHeaders(states)));
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

  private async enter(account: AccountRecord, { access, response }: Visit): Promise<Me> {
    const { sessionId } = await this.signIns.open(account, access, response);
    return meOf(account, { ownerId: account._id, account: { accountId: account._id, role: account.role }, sessionId, credential: 'session' });
  }
}

const languagesOf = ({ response }: Visit): AcceptedLanguages => response.req.acceptsLanguages();
const addressOf = ({ response }: Visit): string => limitedAddress(response.req.ip);

function meOf(record: AccountRecord | null, access: Access): Me {
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
