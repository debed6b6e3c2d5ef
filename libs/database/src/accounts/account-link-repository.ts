import { createHash } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';

/** Somebody as an issuer of identities knows them. The subject is the issuer's word, unique and never given to another. */
export interface ExternalSubject {
  issuer: string;
  subject: string;
}

export interface AccountLinkRecord extends ExternalSubject {
  /** Made of issuer and subject, so that nobody has two. */
  _id: string;
  accountId: string;
  createdAt: Date;
  /** When the issuer said what groups gave a role; absent where none did. */
  groupsSaidAt?: Date;
}

function accountLinkModel(connection: Connection): Model<AccountLinkRecord> {
  const schema = new Schema<AccountLinkRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'account_links' },
  );
  schema.index({ accountId: 1 });
  return (connection.models['AccountLink'] as Model<AccountLinkRecord>) ?? connection.model<AccountLinkRecord>('AccountLink', schema);
}

/** Which account is whose, of people whom other issuers vouch for. */
export class AccountLinkRepository {
  private readonly links: Model<AccountLinkRecord>;

  constructor(connection: Connection) {
    this.links = accountLinkModel(connection);
  }

  /** The account of somebody, or null. */
  async find(external: ExternalSubject): Promise<string | null> {
    return (await this.links.findById(keyOf(external)).lean<AccountLinkRecord>())?.accountId ?? null;
  }

  /** Links somebody to an account, unless another request has meanwhile. Returns the account that they are linked to. */
  async add({ issuer, subject }: ExternalSubject, accountId: string): Promise<string> {
    const record = { _id: keyOf({ issuer, subject }), issuer, subject, accountId, createdAt: new Date() };
    try {
      await insert(this.links, record);
      return accountId;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.find(record)) ?? this.add(record, accountId);
    }
  }

  /** Notes when the issuer said which groups somebody is in. False when it said so later already: then these count no more. */
  async noteGroups(external: ExternalSubject, saidAt: Date): Promise<boolean> {
    const older = { _id: keyOf(external), $or: [{ groupsSaidAt: null }, { groupsSaidAt: { $lt: saidAt } }] };
    const { matchedCount } = await this.links.updateOne(older, { $set: { groupsSaidAt: saidAt } });
    return matchedCount > 0;
  }

  /** Takes back the link, if it still leads to this account. */
  async remove(external: ExternalSubject, accountId: string): Promise<void> {
    await this.links.deleteOne({ _id: keyOf(external), accountId });
  }

  async of(accountId: string): Promise<(ExternalSubject & { createdAt: Date })[]> {
    const records = await this.links.find({ accountId }).lean<AccountLinkRecord[]>();
    return records.map(({ issuer, subject, createdAt }) => ({ issuer, subject, createdAt }));
  }

  async removeAll(accountId: string): Promise<void> {
    await this.links.deleteMany({ accountId });
  }
}

const keyOf = ({ issuer, subject }: ExternalSubject): string => createHash('sha256').update(JSON.stringify([issuer, subject])).digest('hex');
