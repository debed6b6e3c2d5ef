import { randomUUID } from 'node:crypto';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** Longer than trying to hand over one mail takes: until then nobody else takes it. */
const claimMs = 90_000;
/** Nothing waits for longer, whatever happens to who would send it. */
const keptSeconds = 2 * 86_400;

interface QueuedMailRecord {
  _id: string;
  /** Whose account it is about, so that it goes with that. */
  accountId: string;
  /** The mail, as who sends it keeps it. */
  content: string;
  queuedAt: Date;
  /** Attempts that failed. */
  attempts: number;
  /** When it is to be tried; while it is being tried, when somebody else may. */
  dueAt: Date;
}

export type QueuedMail = Pick<QueuedMailRecord, '_id' | 'content' | 'attempts'>;

function mailQueueModel(connection: Connection): Model<QueuedMailRecord> {
  const schema = new Schema<QueuedMailRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'mail_queue' },
  );
  schema.index({ dueAt: 1 });
  schema.index({ queuedAt: 1 }, { expireAfterSeconds: keptSeconds });
  return (connection.models['QueuedMail'] as Model<QueuedMailRecord>) ?? connection.model<QueuedMailRecord>('QueuedMail', schema);
}

/** Mails on their way to a mail server. One that was taken survives the process that took it. */
export class MailQueueRepository {
  private readonly mails: Model<QueuedMailRecord>;

  constructor(connection: Connection) {
    this.mails = mailQueueModel(connection);
  }

  async add(accountId: string, content: string): Promise<void> {
    const now = new Date();
    await insert(this.mails, { _id: randomUUID(), accountId, content, queuedAt: now, attempts: 0, dueAt: now });
  }

  async count(): Promise<number> {
    return this.mails.countDocuments();
  }

  /** Takes one that is due, so that no other process tries it at the same time; null when none is. The oldest first. */
  async claim(): Promise<QueuedMail | null> {
    for (;;) {
      const now = new Date();
      const record = await this.mails.findOne({ dueAt: { $lte: now } }).sort({ dueAt: 1 }).lean<QueuedMailRecord>();
      if (record === null) return null;
      const taken = await this.mails.updateOne({ _id: record._id, dueAt: record.dueAt }, { $set: { dueAt: new Date(now.getTime() + claimMs) } });
      if (taken.modifiedCount === 1) return record;
    }
  }

  /** When the next one is due, or null. */
  async nextDue(): Promise<Date | null> {
    return (await this.mails.findOne().sort({ dueAt: 1 }).lean<QueuedMailRecord>())?.dueAt ?? null;
  }

  /** An attempt failed; there is another after the pause. */
  async postpone(id: string, attempts: number, pauseMs: number): Promise<void> {
    await this.mails.updateOne({ _id: id }, { $set: { attempts, dueAt: new Date(Date.now() + pauseMs) } });
  }

  /** It was sent, or is given up. */
  async remove(id: string): Promise<void> {
    await this.mails.deleteOne({ _id: id });
  }

  async removeOf(accountId: string): Promise<void> {
    await this.mails.deleteMany({ accountId });
  }
}
