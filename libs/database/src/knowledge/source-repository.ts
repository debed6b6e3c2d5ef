import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import type { DocumentContentType, Source } from '@dramatis/contracts/knowledge';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** A raw document of a source; its text is in the object store. */
export interface SourceItem {
  title: string;
  contentType: DocumentContentType;
  objectKey: string;
  /** Of the raw text, 64 hexadecimal digits. */
  sha256: string;
  bytes: number;
}

export interface SourceRecord {
  _id: string;
  personaId: string;
  name: string;
  kind: 'text';
  /** What the next ingestion finds, in order. */
  documents: SourceItem[];
  lastIngestionId: string | null;
  createdAt: Date;
}

export function sourceModel(connection: Connection): Model<SourceRecord> {
  const schema = new Schema<SourceRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'sources' },
  );
  schema.index({ personaId: 1, createdAt: -1 });
  return (connection.models['Source'] as Model<SourceRecord>) ?? connection.model<SourceRecord>('Source', schema);
}

/** Sources in MongoDB. */
export class SourceRepository {
  private readonly sources: Model<SourceRecord>;

  constructor(connection: Connection) {
    this.sources = sourceModel(connection);
  }

  async create(input: { personaId: string; name: string; documents: SourceItem[] }): Promise<Source> {
    const record: SourceRecord = { _id: randomUUID(), kind: 'text', lastIngestionId: null, createdAt: new Date(), ...input };
    await insert(this.sources, record);
    return toSource(record);
  }

  /** With its documents. @throws DomainError source_not_found */
  async getRecord(sourceId: string): Promise<SourceRecord> {
    const record = await this.sources.findById(sourceId).lean<SourceRecord>();
    if (!record) throw new DomainError('source_not_found', `There is no source ${sourceId}.`);
    return record;
  }

  /** @throws DomainError source_not_found */
  async get(sourceId: string): Promise<Source> {
    return toSource(await this.getRecord(sourceId));
  }

  /** Newest first. */
  async list(filter: { personaId?: string } = {}): Promise<Source[]> {
    const wanted = filter.personaId === undefined ? {} : { personaId: filter.personaId };
    const records = await this.sources.find(wanted).sort({ createdAt: -1, _id: 1 }).lean<SourceRecord[]>();
    return records.map(toSource);
  }

  /** Gives the source other documents, which its next ingestion brings into the corpus. @throws DomainError source_not_found */
  async replaceDocuments(sourceId: string, documents: SourceItem[]): Promise<void> {
    const { matchedCount } = await this.sources.updateOne({ _id: sourceId }, { $set: { documents } });
    if (matchedCount === 0) throw new DomainError('source_not_found', `There is no source ${sourceId}.`);
  }

  async setLastIngestion(sourceId: string, lastIngestionId: string): Promise<void> {
    await this.sources.updateOne({ _id: sourceId }, { $set: { lastIngestionId } });
  }
}

function toSource({ _id, documents, createdAt, ...rest }: SourceRecord): Source {
  return { sourceId: _id, ...rest, documentCount: documents.length, createdAt: createdAt.toISOString() };
}
