import { randomUUID } from 'node:crypto';
import type { AuditEntry, AuditPage, AuditQuery } from '@dramatis/contracts/audit';
import { type Connection, type Model, type QueryFilter, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** Entries from before there were accounts lack `from` and `security`. */
interface AuditRecord extends Omit<AuditEntry, 'auditId' | 'at' | 'from' | 'security'>, Partial<Pick<AuditEntry, 'from' | 'security'>> {
  _id: string;
  at: Date;
}

function auditModel(connection: Connection): Model<AuditRecord> {
  const schema = new Schema<AuditRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'audit' },
  );
  schema.index({ at: -1 });
  schema.index({ personaId: 1, at: -1 });
  schema.index({ action: 1, at: -1 });
  schema.index({ 'actor.id': 1, at: -1 });
  schema.index({ subject: 1, at: -1 }, { sparse: true });
  return (connection.models['Audit'] as Model<AuditRecord>) ?? connection.model<AuditRecord>('Audit', schema);
}

/** What was done, in MongoDB. Entries are added and never changed. */
export class AuditRepository {
  private readonly entries: Model<AuditRecord>;

  constructor(connection: Connection) {
    this.entries = auditModel(connection);
  }

  async add(entry: Omit<AuditEntry, 'auditId' | 'at'>): Promise<void> {
    await insert(this.entries, { ...entry, _id: randomUUID(), at: new Date() });
  }

  /** Newest first. */
  async page(query: AuditQuery): Promise<AuditPage> {
    const { personaId, action, subject, actor, outcome, security, from, to, limit, offset } = query;
    const filter: QueryFilter<AuditRecord> = {
      ...(personaId === undefined ? {} : { personaId }),
      ...(subject === undefined ? {} : { subject }),
      ...(actor === undefined ? {} : { 'actor.id': actor }),
      ...(outcome === undefined ? {} : { outcome }),
      ...(security === undefined ? {} : { security: security ? true : { $ne: true } }),
      ...(action === undefined ? {} : { action: action.includes('.') ? action : beginningWith(action) }),
      ...(from === undefined && to === undefined
        ? {}
        : { at: { ...(from === undefined ? {} : { $gte: new Date(from) }), ...(to === undefined ? {} : { $lt: new Date(to) }) } }),
    };
    const [records, total] = await Promise.all([
      this.entries.find(filter).sort({ at: -1, _id: 1 }).skip(offset).limit(limit).lean<AuditRecord[]>(),
      this.entries.countDocuments(filter),
    ]);
    return { items: records.map(toEntry), total, limit, offset };
  }

  /** All that an account did or tried, the newest first; read piece by piece. */
  async *by(accountId: string): AsyncGenerator<AuditEntry, void, undefined> {
    for await (const record of this.entries.find({ 'actor.id': accountId }).sort({ at: -1 }).lean<AuditRecord>().cursor()) yield toEntry(record);
  }
}

const toEntry = ({ _id, at, from = null, security = false, ...rest }: AuditRecord): AuditEntry => ({ auditId: _id, at: at.toISOString(), from, security, ...rest });

/** A range and not an expression, which not every server that speaks MongoDB's protocol finds in an index. A slash follows the dot. */
const beginningWith = (action: string): { $gte: string; $lt: string } => ({ $gte: `${action}.`, $lt: `${action}/` });
