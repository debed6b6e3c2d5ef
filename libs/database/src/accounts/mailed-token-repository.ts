import { createHash, randomBytes } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** What the link in a mail is good for. */
export type MailedTokenPurpose = 'verify-email' | 'reset-password';

const lifeMs: Record<MailedTokenPurpose, number> = { 'verify-email': 3 * 86_400_000, 'reset-password': 3_600_000 };

interface MailedTokenRecord {
  /** SHA-256 of the token: who reads the database cannot use it. */
  _id: string;
  accountId: string;
  purpose: MailedTokenPurpose;
  /** The address that it was sent to. */
  email: string;
  expiresAt: Date;
}

function mailedTokenModel(connection: Connection): Model<MailedTokenRecord> {
  const schema = new Schema<MailedTokenRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'mailed_tokens' },
  );
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  schema.index({ accountId: 1 });
  return (connection.models['MailedToken'] as Model<MailedTokenRecord>) ?? connection.model<MailedTokenRecord>('MailedToken', schema);
}

/** The tokens in links that are mailed: of 256 random bits, kept as hashes, for one use, for some time. */
export class MailedTokenRepository {
  private readonly tokens: Model<MailedTokenRecord>;

  constructor(connection: Connection) {
    this.tokens = mailedTokenModel(connection);
  }

  /** A new token; earlier ones of the account for the same purpose stop working. */
  async issue(accountId: string, purpose: MailedTokenPurpose, email: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.revoke(accountId, purpose);
    await insert(this.tokens, { _id: hashOf(token), accountId, purpose, email, expiresAt: new Date(Date.now() + lifeMs[purpose]) });
    return token;
  }

  /** Whose token it is, without using it up. */
  async find(token: string, purpose: MailedTokenPurpose): Promise<{ accountId: string; email: string } | null> {
    const record = await this.tokens.findById(hashOf(token)).lean<MailedTokenRecord>();
    return record?.purpose === purpose && record.expiresAt.getTime() > Date.now() ? record : null;
  }

  /** Uses the token up. Null when it is unknown, used or expired; of many who use it at once, one gets something. */
  async use(token: string, purpose: MailedTokenPurpose): Promise<{ accountId: string; email: string } | null> {
    const record = await this.find(token, purpose);
    if (record === null) return null;
    const { deletedCount } = await this.tokens.deleteOne({ _id: hashOf(token) });
    return deletedCount === 1 ? record : null;
  }

  async revoke(accountId: string, purpose?: MailedTokenPurpose): Promise<void> {
    await this.tokens.deleteMany(purpose === undefined ? { accountId } : { accountId, purpose });
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
