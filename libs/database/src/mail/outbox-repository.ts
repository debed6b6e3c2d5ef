import { randomUUID } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

const keptSeconds = 86_400;

export interface OutboxMail {
  accountId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface OutboxRecord extends OutboxMail {
  _id: string;
  at: Date;
}

function outboxModel(connection: Connection): Model<OutboxRecord> {
  const schema = new Schema<OutboxRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'outbox' },
  );
  schema.index({ at: -1 }, { expireAfterSeconds: keptSeconds });
  return (connection.models['Outbox'] as Model<OutboxRecord>) ?? connection.model<OutboxRecord>('Outbox', schema);
}

/** Mails of an installation that has no mail server, kept for a day to be read where it runs. */
export class OutboxRepository {
  private readonly mails: Model<OutboxRecord>;

  constructor(connection: Connection) {
    this.mails = outboxModel(connection);
  }

  async add(mail: OutboxMail): Promise<void> {
    await insert(this.mails, { ...mail, _id: randomUUID(), at: new Date() });
  }

  /** The newest first. */
  async list(limit = 100): Promise<OutboxRecord[]> {
    return this.mails.find().sort({ at: -1 }).limit(limit).lean<OutboxRecord[]>();
  }

  async removeOf(accountId: string): Promise<void> {
    await this.mails.deleteMany({ accountId });
  }
}
