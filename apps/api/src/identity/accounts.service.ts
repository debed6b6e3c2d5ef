import { DomainError } from '@dramatis/contracts/errors';
import type { Me, Registration, ResetPassword, SignIn } from '@dramatis/contracts/identity/account';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import { SecurityLog } from '../audit/security-log.js';
import { Limits } from '../limits/limits.js';
import { SessionService } from '../sessions/session.service.js';
import { meOf } from './account-views.js';
import { EmailLinks, linkInvalid, readerOf } from './email-links.js';
import { mails } from './mails.js';
import { Passwords } from './passwords.js';
import { guestOf, SignIns } from './sign-ins.js';
import { addressOf, languagesOf, type Visit } from './visit.js';

/** How people come to an account and back into it, and leave. */
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
    private readonly limits: Limits,
    private readonly log: SecurityLog,
  ) {}

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

  private async enter(account: AccountRecord, { access, response }: Visit): Promise<Me> {
    const { sessionId } = await this.signIns.open(account, access, response);
    return meOf(account, { ownerId: account._id, account: { accountId: account._id, role: account.role }, sessionId, credential: 'session' });
  }
}
