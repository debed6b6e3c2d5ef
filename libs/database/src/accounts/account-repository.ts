import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import type { AccountQuery } from '@dramatis/contracts/identity/administration';
import { emailKeyOf } from '@dramatis/contracts/identity/email-address';
import type { Role } from '@dramatis/contracts/identity/role';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { containing } from '../text-match.js';
import { accountModel, type AccountRecord } from './account-model.js';
import { Administrators } from './administrators.js';

export type { AccountRecord } from './account-model.js';

export interface NewAccount extends Pick<AccountRecord, 'email' | 'displayName' | 'locale' | 'passwordHash'> {
  /** The guest that becomes an account, who keeps the id; absent or taken: a new one. */
  guestId?: string | null;
  emailVerified?: boolean;
}

/** Accounts in MongoDB. One that is being removed is not found any more. */
export class AccountRepository {
  readonly administrators: Administrators;
  private readonly accounts: Model<AccountRecord>;
  private indexed: Promise<void> | null = null;

  constructor(connection: Connection) {
    this.accounts = accountModel(connection);
    this.administrators = new Administrators(connection);
  }

  /** A new account; the first of an installation is its admin. @throws DomainError email_taken */
  async create({ guestId = null, emailVerified = false, ...input }: NewAccount): Promise<AccountRecord> {
    await this.whenIndexed();
    const now = new Date();
    const record: AccountRecord = {
      ...input,
      _id: guestId ?? randomUUID(),
      emailKey: emailKeyOf(input.email),
      emailVerifiedAt: emailVerified ? now : null,
      pendingEmail: null,
      role: 'user',
      disabledAt: null,
      removedAt: null,
      createdAt: now,
      updatedAt: now,
      lastSignInAt: now,
    };
    try {
      await insert(this.accounts, record);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      if (guestId === null || (await this.findByEmail(input.email))) throw emailTaken(error);
      // The guest became an account in another window meanwhile.
      return this.create({ ...input, emailVerified });
    }
    return (await this.administrators.claimFirst(record._id)) ? { ...record, role: 'admin' } : record;
  }

  async find(accountId: string): Promise<AccountRecord | null> {
    return this.accounts.findOne({ _id: accountId, removedAt: null }).lean<AccountRecord>();
  }

  /** The roles of those accounts that may be used. */
  async rolesOf(accountIds: readonly string[]): Promise<Map<string, Role>> {
    const records = await this.accounts.find({ _id: { $in: [...accountIds] }, disabledAt: null, removedAt: null }, { role: 1 }).lean<AccountRecord[]>();
    return new Map(records.map(({ _id, role }) => [_id, role]));
  }

  /** How those of the accounts are called that there are. */
  async namesOf(accountIds: readonly string[]): Promise<Map<string, string>> {
    if (accountIds.length === 0) return new Map();
    const records = await this.accounts.find({ _id: { $in: [...accountIds] }, removedAt: null }, { displayName: 1 }).lean<AccountRecord[]>();
    return new Map(records.map(({ _id, displayName }) => [_id, displayName]));
  }

  /** @throws DomainError account_not_found */
  async get(accountId: string): Promise<AccountRecord> {
    const record = await this.find(accountId);
    if (!record) throw new DomainError('account_not_found');
    return record;
  }

  async findByEmail(email: string): Promise<AccountRecord | null> {
    return this.accounts.findOne({ emailKey: emailKeyOf(email) }).lean<AccountRecord>();
  }

  /** @throws DomainError account_not_found */
  async update(
    accountId: string,
    changes: Partial<Pick<AccountRecord, 'displayName' | 'locale' | 'passwordHash' | 'pendingEmail' | 'emailVerifiedAt' | 'lastSignInAt'>>,
  ): Promise<AccountRecord> {
    await this.accounts.updateOne({ _id: accountId, removedAt: null }, { $set: { ...changes, updatedAt: new Date() } });
    return this.get(accountId);
  }

  /**
   * Gives the account a role, lets it in or keeps it out. Made to the account as it was read; when it changed meanwhile, it is read again.
   * @throws DomainError account_not_found, last_admin
   */
  async govern(accountId: string, changes: { role?: Role | undefined; disabled?: boolean | undefined }): Promise<AccountRecord> {
    for (;;) {
      const before = await this.get(accountId);
      const role = changes.role ?? before.role;
      const disabled = changes.disabled ?? before.disabledAt !== null;
      const disabledAt = disabled ? (before.disabledAt ?? new Date()) : null;
      const after = { ...before, role, disabledAt };
      if (isActiveAdmin(before) && !isActiveAdmin(after)) await this.administrators.remove(accountId);
      const same = { _id: accountId, role: before.role, disabledAt: before.disabledAt, removedAt: null };
      const { matchedCount } = await this.accounts.updateOne(same, { $set: { role, disabledAt, updatedAt: new Date() } });
      if (matchedCount === 0) continue;
      if (isActiveAdmin(after) && !isActiveAdmin(before)) await this.enlist(accountId);
      return after;
    }
  }

  /** Puts a hash of newer parameters in the place of the one that was verified, unless the password was changed meanwhile. */
  async replacePasswordHash(accountId: string, former: string, passwordHash: string): Promise<void> {
    await this.accounts.updateOne({ _id: accountId, passwordHash: former }, { $set: { passwordHash } });
  }

  /** Notes that the address is its owner's; one that was pending becomes the account's. False when it is neither any more. @throws DomainError email_taken */
  async confirmEmail(accountId: string, email: string): Promise<boolean> {
    const account = await this.find(accountId);
    if (!account || ![account.email, account.pendingEmail].includes(email)) return false;
    const confirmed = { email, emailKey: emailKeyOf(email), emailVerifiedAt: new Date(), pendingEmail: account.email === email ? account.pendingEmail : null };
    // As it was read: an address that was given up meanwhile is not confirmed any more.
    const same = { _id: accountId, emailKey: account.emailKey, pendingEmail: account.pendingEmail };
    try {
      const { matchedCount } = await this.accounts.updateOne(same, { $set: { ...confirmed, updatedAt: new Date() } });
      return matchedCount > 0;
    } catch (error) {
      throw isDuplicateKey(error) ? emailTaken(error) : error;
    }
  }

  /** Accounts, the newest first. */
  async page({ search, role, disabled, limit, offset }: AccountQuery): Promise<{ items: AccountRecord[]; total: number }> {
    const filter: QueryFilter<AccountRecord> = {
      removedAt: null,
      ...(search === undefined ? {} : { $or: [{ _id: search.toLowerCase() }, { email: containing(search) }, { displayName: containing(search) }] }),
      ...(role === undefined ? {} : { role }),
      ...(disabled === undefined ? {} : { disabledAt: disabled ? { $ne: null } : null }),
    };
    const [items, total] = await Promise.all([
      this.accounts.find(filter).sort({ createdAt: -1, _id: 1 }).skip(offset).limit(limit).lean<AccountRecord[]>(),
      this.accounts.countDocuments(filter),
    ]);
    return { items, total };
  }

  /** From here on nobody signs in to the account, and its address is free. */
  async beginRemoval(accountId: string): Promise<void> {
    const gone = { removedAt: new Date(), emailKey: `removed:${accountId}`, passwordHash: null };
    await this.accounts.updateOne({ _id: accountId, removedAt: null }, { $set: gone });
  }

  /** Accounts whose removal has begun. */
  async beingRemoved(): Promise<AccountRecord[]> {
    return this.accounts.find({ removedAt: { $ne: null } }).lean<AccountRecord[]>();
  }

  async delete(accountId: string): Promise<void> {
    await this.accounts.deleteOne({ _id: accountId });
  }

  private async enlist(accountId: string): Promise<void> {
    await this.administrators.add(accountId);
    // Who took the role away in between struck off an account that was not on the list yet.
    const now = await this.find(accountId);
    if (now === null || !isActiveAdmin(now)) await this.administrators.remove(accountId);
  }

  /** That no address has two accounts is decided by the index, so it must be there before the first of them. */
  private whenIndexed(): Promise<void> {
    this.indexed ??= this.accounts.createIndexes().catch((error: unknown) => {
      this.indexed = null;
      throw error;
    });
    return this.indexed;
  }
}

function isActiveAdmin({ role, disabledAt }: Pick<AccountRecord, 'role' | 'disabledAt'>): boolean {
  return role === 'admin' && disabledAt === null;
}

function emailTaken(cause: unknown): DomainError {
  return new DomainError('email_taken', {}, { cause });
}
