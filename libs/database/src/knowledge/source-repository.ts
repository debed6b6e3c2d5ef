import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import type { IngestionSummary } from '@dramatis/contracts/ingestion';
import type { CrawlSettings, Publishing, Source, SourceKind, SourceSchedule } from '@dramatis/contracts/source';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** A raw document of a source of texts or uploads; its bytes are in the object store. */
export interface SourceItem {
  title: string;
  contentType: string;
  objectKey: string;
  /** Of the raw bytes, 64 hexadecimal digits. */
  sha256: string;
  bytes: number;
  /** Of an upload. */
  fileName?: string;
}

export interface SourceRecord {
  _id: string;
  personaId: string;
  name: string;
  kind: SourceKind;
  /** Null for texts and uploads. */
  settings: CrawlSettings | null;
  publish: Publishing;
  schedule: SourceSchedule | null;
  /** What the next ingestion finds, in order; empty for sources of the web. */
  documents: SourceItem[];
  documentCount: number;
  lastIngestionId: string | null;
  /** Deleted: its next ingestion takes its documents out of the corpus, and then it is gone. */
  removed: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export interface NewSource {
  /** Absent: a new one. */
  sourceId?: string;
  personaId: string;
  name: string;
  kind?: SourceKind;
  settings?: CrawlSettings | null;
  publish?: Publishing;
  schedule?: SourceSchedule | null;
  documents?: SourceItem[];
}

export type SourceChanges = Partial<Pick<SourceRecord, 'name' | 'settings' | 'publish' | 'schedule' | 'documents' | 'documentCount' | 'removed'>>;

/** A source without its items, which may be thousands. */
export type SourceHead = Omit<SourceRecord, 'documents'>;

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

  async create(input: NewSource): Promise<Source> {
    const { sourceId = randomUUID(), documents = [], ...rest } = input;
    const now = new Date();
    const record: SourceRecord = {
      kind: 'text',
      settings: null,
      publish: 'automatic',
      schedule: null,
      ...rest,
      _id: sourceId,
      documents,
      documentCount: documents.length,
      lastIngestionId: null,
      removed: false,
      createdAt: now,
      updatedAt: now,
    };
    await insert(this.sources, record);
    return toSource(record);
  }

  /** With its items. @throws DomainError source_not_found */
  async getRecord(sourceId: string): Promise<SourceRecord> {
    const record = await this.sources.findById(sourceId).lean<SourceRecord>();
    if (!record) throw notFound(sourceId);
    return record;
  }

  async findHead(sourceId: string): Promise<SourceHead | null> {
    return this.sources.findById(sourceId, { documents: 0 }).lean<SourceHead>();
  }

  /** @throws DomainError source_not_found */
  async getHead(sourceId: string): Promise<SourceHead> {
    const head = await this.findHead(sourceId);
    if (!head) throw notFound(sourceId);
    return head;
  }

  /** @throws DomainError source_not_found */
  async get(sourceId: string): Promise<Source> {
    return toSource(await this.getHead(sourceId));
  }

  /** Newest first. */
  async list(filter: { personaId?: string; limit?: number; offset?: number } = {}): Promise<{ items: Source[]; total: number }> {
    const { personaId, limit = 200, offset = 0 } = filter;
    const wanted = personaId === undefined ? {} : { personaId };
    const [records, total] = await Promise.all([
      this.sources.find(wanted, { documents: 0 }).sort({ createdAt: -1, _id: 1 }).skip(offset).limit(limit).lean<SourceHead[]>(),
      this.sources.countDocuments(wanted),
    ]);
    return { items: records.map((record) => toSource(record)), total };
  }

  async idsOfPersona(personaId: string): Promise<string[]> {
    const records = await this.sources.find({ personaId }, { _id: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }

  /** @throws DomainError source_not_found */
  async update(sourceId: string, changes: SourceChanges): Promise<void> {
    const counted = changes.documents === undefined ? {} : { documentCount: changes.documents.length };
    const { matchedCount } = await this.sources.updateOne({ _id: sourceId }, { $set: { ...changes, ...counted, updatedAt: new Date() } });
    if (matchedCount === 0) throw notFound(sourceId);
  }

  /** Gives the source other documents, which its next ingestion brings into the corpus. @throws DomainError source_not_found */
  async replaceDocuments(sourceId: string, documents: SourceItem[]): Promise<void> {
    await this.update(sourceId, { documents });
  }

  async setLastIngestion(sourceId: string, lastIngestionId: string): Promise<void> {
    await this.sources.updateOne({ _id: sourceId }, { $set: { lastIngestionId } });
  }

  async setDocumentCount(sourceId: string, documentCount: number): Promise<void> {
    await this.sources.updateOne({ _id: sourceId }, { $set: { documentCount } });
  }

  async delete(sourceId: string): Promise<void> {
    await this.sources.deleteOne({ _id: sourceId });
  }
}

/** As clients see it; what its last run was is known elsewhere. */
export function toSource(record: SourceHead, more: { lastIngestion?: IngestionSummary | null; nextRunAt?: string | null } = {}): Source {
  const { _id, documents: _documents, createdAt, updatedAt, ...rest } = record as SourceRecord;
  return {
    sourceId: _id,
    ...rest,
    nextRunAt: more.nextRunAt ?? null,
    lastIngestion: more.lastIngestion ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: (updatedAt ?? createdAt).toISOString(),
  };
}

function notFound(sourceId: string): DomainError {
  return new DomainError('source_not_found', { id: sourceId });
}
