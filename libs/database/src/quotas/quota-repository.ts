import type { Quotas } from '@dramatis/contracts/quota';
import { Schema, type Connection, type Model } from 'mongoose';

interface QuotaRecord {
  /** There is one. */
  _id: 'quotas';
  quotas: Quotas;
  changedAt: Date;
}

function quotaModel(connection: Connection): Model<QuotaRecord> {
  const schema = new Schema<QuotaRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'settings' },
  );
  return (connection.models['Quota'] as Model<QuotaRecord>) ?? connection.model<QuotaRecord>('Quota', schema);
}

/** What an administrator allows each role, in MongoDB. */
export class QuotaRepository {
  private readonly settings: Model<QuotaRecord>;

  constructor(connection: Connection) {
    this.settings = quotaModel(connection);
  }

  /** Null while nobody has changed them. */
  async find(): Promise<{ quotas: Quotas; changedAt: Date } | null> {
    return this.settings.findById('quotas').lean<QuotaRecord>();
  }

  async replace(quotas: Quotas): Promise<void> {
    await this.settings.updateOne({ _id: 'quotas' }, { $set: { quotas, changedAt: new Date() } }, { upsert: true });
  }
}
