import { type Connection, type Model, Schema } from 'mongoose';

export interface SessionRecord {
  /** SHA-256 of the token: who reads the database cannot take over a session. */
  _id: string;
  /** What its owner, and everybody who looks at it, calls the session. */
  sessionId: string;
  /** The guest or account whose conversations it opens. */
  ownerId: string;
  /** The account that is signed in; null for guests. */
  accountId: string | null;
  /** Where it began, as far as known. */
  userAgent: string | null;
  address: string | null;
  createdAt: Date;
  /** Exact to some minutes. */
  lastSeenAt: Date;
  /** When it ends unless it is used before. */
  expiresAt: Date;
  /** When it ends even if it is used. */
  endsAt: Date;
}

export function sessionModel(connection: Connection): Model<SessionRecord> {
  const schema = new Schema<SessionRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'sessions' },
  );
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  schema.index({ sessionId: 1 });
  schema.index({ ownerId: 1 });
  return (connection.models['Session'] as Model<SessionRecord>) ?? connection.model<SessionRecord>('Session', schema);
}
