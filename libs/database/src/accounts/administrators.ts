import { DomainError } from '@dramatis/contracts/errors';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { accountModel, type AccountRecord } from './account-model.js';

interface AdministratorsRecord {
  /** There is one record, and who makes it is the first. */
  _id: 'administrators';
  accountIds: string[];
  /** The first, until their account says so too. */
  pending: string | null;
  /** Grows with each change; a change is made only to what was read. */
  revision: number;
}

const theRecord = 'administrators';
const maxTries = 50;

function administratorsModel(connection: Connection): Model<AdministratorsRecord> {
  const schema = new Schema<AdministratorsRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'installation' },
  );
  return (
    (connection.models['Administrators'] as Model<AdministratorsRecord>) ?? connection.model<AdministratorsRecord>('Administrators', schema)
  );
}

/**
 * Who administers the installation, in one record, since one record changes atomically: so that of many who register first one becomes
 * admin, and of two admins who take the role from each other one stays. It never names more than the accounts do: who is added is made
 * admin first, who is removed is struck off first.
 */
export class Administrators {
  private readonly record: Model<AdministratorsRecord>;
  private readonly accounts: Model<AccountRecord>;

  constructor(connection: Connection) {
    this.record = administratorsModel(connection);
    this.accounts = accountModel(connection);
  }

  /** Makes the account the admin of an installation that has no record of any. Returns whether it did. */
  async claimFirst(accountId: string): Promise<boolean> {
    const first: AdministratorsRecord = { _id: theRecord, accountIds: [accountId], pending: accountId, revision: 1 };
    try {
      await insert(this.record, first);
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
    return this.finishFirst(accountId);
  }

  /** Whether the installation has, or has had, an admin: else the next account is the first. */
  async claimed(): Promise<boolean> {
    return (await this.read()) !== null;
  }

  /** Finishes the claim of an account whose process died on the way. Returns whether there was one. */
  async finishFirst(accountId: string): Promise<boolean> {
    if ((await this.read())?.pending !== accountId) return false;
    await this.accounts.updateOne({ _id: accountId }, { $set: { role: 'admin', updatedAt: new Date() } });
    await this.record.updateOne({ _id: theRecord, pending: accountId }, { $set: { pending: null } });
    return true;
  }

  /** Adds an account that is admin. */
  async add(accountId: string): Promise<void> {
    await this.change((ids) => (ids.includes(accountId) ? ids : [...ids, accountId]));
  }

  /** Strikes the account off, before it stops being an admin. @throws DomainError last_admin */
  async remove(accountId: string): Promise<void> {
    await this.change((ids) => {
      const others = ids.filter((id) => id !== accountId);
      if (others.length === 0) {
        throw new DomainError('last_admin');
      }
      return others;
    });
  }

  /** Lets the next account be the first again: the only one, which is this one, goes. False when there are others. */
  async releaseOnly(accountId: string): Promise<boolean> {
    const others = await this.accounts.countDocuments({ _id: { $ne: accountId }, removedAt: null });
    if (others > 0) return false;
    const { deletedCount } = await this.record.deleteOne({ _id: theRecord, accountIds: [accountId] });
    return deletedCount > 0;
  }

  private async change(next: (ids: string[]) => string[]): Promise<void> {
    for (let tried = 0; tried < maxTries; tried += 1) {
      const current = await this.read();
      const accountIds = next(current?.accountIds ?? []);
      if (await this.replace(current, accountIds)) return;
    }
    throw new DomainError('conflict.admins');
  }

  /** Whether the record was still as it was read, so that the change was made. */
  private async replace(current: AdministratorsRecord | null, accountIds: string[]): Promise<boolean> {
    if (current === null) {
      try {
        await insert(this.record, { _id: theRecord, accountIds, pending: null, revision: 1 } satisfies AdministratorsRecord);
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    const { revision } = current;
    const { modifiedCount } = await this.record.updateOne({ _id: theRecord, revision }, { $set: { accountIds, revision: revision + 1 } });
    return modifiedCount === 1;
  }

  private async read(): Promise<AdministratorsRecord | null> {
    return this.record.findById(theRecord).lean<AdministratorsRecord>();
  }
}
