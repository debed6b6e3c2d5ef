import { DomainError } from '@dramatis/contracts/errors';
import { emailAddress } from '@dramatis/contracts/identity/email-address';
import { onOneLine } from '@dramatis/contracts/one-line';
import { AccountLinkRepository, type ExternalSubject } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository, type AccountRecord } from '@dramatis/database/accounts/account-repository';
import { SessionRepository } from '@dramatis/database/sessions/session-repository';
import { Injectable } from '@nestjs/common';
import { type GroupRoles, roleOfGroups } from './group-roles.js';

/** What an issuer of identities says of somebody, once it is known that the issuer says it. */
export interface ExternalPerson extends ExternalSubject {
  claims: Readonly<Record<string, unknown>>;
}

/** What is to be known of an issuer to find its people's accounts. */
export interface IdentitySource {
  /** As people know it. */
  label: string;
  /** The claim that names a person's groups, and what they give; where they give nothing, roles are given by admins here. */
  groupClaim: string;
  groupRoles: GroupRoles;
}

const maxNameCharacters = 80;

/** The accounts of people whom other issuers vouch for, be it at a sign-in or by a token of a program. */
@Injectable()
export class ExternalAccounts {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly links: AccountLinkRepository,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * The account of this person, by the provider's subject; else the account of their address, if both sides know that it is theirs; else a
   * new one. `isNew` tells of a link that was not there before. @throws DomainError email_not_verified, account_not_confirmed
   */
  async accountOf(person: ExternalPerson, source: IdentitySource, guestId: string | null): Promise<{ account: AccountRecord; isNew: boolean }> {
    const linked = await this.links.find(person);
    if (linked !== null) {
      const account = await this.accounts.find(linked);
      if (account !== null) return { account, isNew: false };
      // The account was removed, and the person is back.
      await this.links.remove(person, linked);
    }
    const email = verifiedEmail(person, source);
    const account = (await this.accounts.findByEmail(email)) ?? (await this.create(email, person, guestId));
    if (account.emailVerifiedAt === null) {
      throw new DomainError('account_not_confirmed', { email, provider: source.label });
    }
    return { account: await this.accounts.get(await this.links.add(person, account._id)), isNew: true };
  }

  /** Gives the account the role of the person's groups, where groups give roles. The last admin stays one. */
  async giveRole(account: AccountRecord, { claims }: ExternalPerson, { groupClaim, groupRoles }: IdentitySource): Promise<AccountRecord> {
    if (groupRoles.size === 0) return account;
    const role = roleOfGroups(claims[groupClaim], groupRoles);
    if (role === account.role) return account;
    try {
      const changed = await this.accounts.govern(account._id, { role });
      await this.sessions.accountChanged(account._id);
      return changed;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'last_admin') return account;
      throw error;
    }
  }

  private async create(email: string, { claims }: ExternalPerson, guestId: string | null): Promise<AccountRecord> {
    const name = [claims['name'], claims['preferred_username']].find((value) => typeof value === 'string' && value.trim() !== '') as string | undefined;
    const displayName = [...(onOneLine(name ?? '') || email.split('@')[0]!)].slice(0, maxNameCharacters).join('');
    try {
      return await this.accounts.create({ email, displayName, locale: null, passwordHash: null, guestId, emailVerified: true });
    } catch (error) {
      // Another window of the same person was quicker.
      const other = error instanceof DomainError && error.code === 'email_taken' ? await this.accounts.findByEmail(email) : null;
      if (other === null) throw error;
      return other;
    }
  }
}

/** The address, if the issuer says that it is this person's. */
function verifiedEmail({ claims }: ExternalPerson, { label }: IdentitySource): string {
  const email = emailAddress.safeParse(claims['email']);
  if (!email.success) {
    throw new DomainError('email_not_verified.none', { provider: label });
  }
  // Some say it as text.
  if (claims['email_verified'] !== true && claims['email_verified'] !== 'true') {
    throw new DomainError('email_not_verified', { provider: label, email: email.data });
  }
  return email.data;
}
