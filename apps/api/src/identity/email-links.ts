import { DomainError } from '@dramatis/contracts/errors';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { MailedTokenRepository } from '@dramatis/database/accounts/mailed-token-repository';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Env } from '../env.js';
import { ownOrigin } from '../infrastructure/own-origin.js';
import { ENV } from '../infrastructure/tokens.js';
import { type Mail, MAIL, type MailPort } from '../mail/mail-port.js';
import { mailLanguage, mails, type Reader } from './mails.js';
import type { AcceptedLanguages } from './visit.js';

/** Pages of the web application. The token stands in the fragment, which browsers send to no server. */
const pages = { 'verify-email': '/account/verify', 'reset-password': '/account/reset' } as const;

/** Sends links by mail and knows them again. */
@Injectable()
export class EmailLinks {
  private readonly logger = new Logger(EmailLinks.name);

  constructor(
    private readonly tokens: MailedTokenRepository,
    private readonly accounts: AccountRepository,
    @Inject(MAIL) private readonly mail: MailPort,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** @throws DomainError mail_unavailable */
  requireMail(): void {
    this.mail.requireAvailable();
  }

  /** Sends the link that confirms the address which the account waits for, or else its own. @throws when the mail was not taken */
  async sendVerification(account: AccountRecord, accepted: AcceptedLanguages): Promise<void> {
    const email = account.pendingEmail ?? account.email;
    const token = await this.tokens.issue(account._id, 'verify-email', email);
    await this.mail.send(mails.verifyEmail(email, { ...readerOf(account, accepted), link: this.link('verify-email', token) }));
  }

  /** Confirms an address. Returns the account. @throws DomainError link_invalid, email_taken */
  async verify(token: string): Promise<string> {
    const used = await this.tokens.use(token, 'verify-email');
    if (used === null || !(await this.accounts.confirmEmail(used.accountId, used.email))) throw linkInvalid();
    return used.accountId;
  }

  /** Sends the link for a new password if there is an account that may sign in. */
  async sendPasswordReset(email: string, accepted: AcceptedLanguages): Promise<void> {
    const account = await this.accounts.findByEmail(email);
    if (account === null || account.disabledAt !== null) return;
    const token = await this.tokens.issue(account._id, 'reset-password', account.email);
    await this.mail.send(mails.resetPassword(account.email, { ...readerOf(account, accepted), link: this.link('reset-password', token) }));
  }

  /** Sends what nobody waits for; what goes wrong is logged. */
  inBackground(what: string, send: () => Promise<void>): void {
    send().catch((error: unknown) => this.logger.error({ err: error }, `${what} could not be mailed`));
  }

  notify(mail: Mail): void {
    this.inBackground('a notice', () => this.mail.send(mail));
  }

  /**
   * The address of a page. Made of what is configured and never of the request's host, which whoever asks for a mail to somebody else
   * could choose.
   */
  private link(page: keyof typeof pages, token: string): string {
    return `${ownOrigin(this.env)}${pages[page]}#token=${token}`;
  }
}

/** How to speak to the owner of an account. */
export function readerOf({ _id, displayName, locale }: Pick<AccountRecord, '_id' | 'displayName' | 'locale'>, accepted: AcceptedLanguages): Reader {
  return { accountId: _id, name: displayName, language: mailLanguage(locale, accepted) };
}

export function linkInvalid(): DomainError {
  return new DomainError('link_invalid');
}
