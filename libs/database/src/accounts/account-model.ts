import type { Role } from '@dramatis/contracts/identity/role';
import { type Connection, type Model, Schema } from 'mongoose';

export interface AccountRecord {
  /** The account's id. For who was a guest before, the guest's: what the guest owned stays theirs without a write. */
  _id: string;
  /** As its owner wrote it. */
  email: string;
  /** The same in the form that is unique; once the account is being removed, a word that is no address. */
  emailKey: string;
  emailVerifiedAt: Date | null;
  /** The address that takes the place of the other once it is verified. */
  pendingEmail: string | null;
  displayName: string;
  locale: string | null;
  /** argon2id with its parameters; null for who signs in elsewhere. */
  passwordHash: string | null;
  role: Role;
  disabledAt: Date | null;
  /** When its removal began; it goes on until nothing is left. */
  removedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  lastSignInAt: Date | null;
}

export function accountModel(connection: Connection): Model<AccountRecord> {
  const schema = new Schema<AccountRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'accounts' },
  );
  schema.index({ emailKey: 1 }, { name: 'one_account_an_address', unique: true });
  schema.index({ createdAt: -1 });
  return (connection.models['Account'] as Model<AccountRecord>) ?? connection.model<AccountRecord>('Account', schema);
}
