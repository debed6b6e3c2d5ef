import type { DocumentContentType, DocumentState, Ingestion } from '@dramatis/contracts/knowledge';
import { type Connection, type Model, Schema } from 'mongoose';

export interface IngestionRecord {
  _id: string;
  sourceId: string;
  personaId: string;
  status: Ingestion['status'];
  workflowId: string;
  /** The version that was published when it began, null before it began. */
  publishedVersion: number | null;
  /** The version it writes under, null before it began. */
  targetVersion: number | null;
  /** The version that is published since it completed. */
  corpusVersion: number | null;
  failure: string | null;
  startedAt: Date;
  endedAt: Date | null;
}

/** One document of one run. `_id` is `<ingestionId>/<ordinal>`, padded so that it sorts. */
export interface IngestionDocumentRecord {
  _id: string;
  ingestionId: string;
  ordinal: number;
  documentId: string;
  title: string;
  contentType: DocumentContentType;
  objectKey: string;
  sha256: string;
  /** Null while it is on its way. */
  state: DocumentState | null;
  reason: string | null;
  /** Passages that the run has written for it. */
  passages: number;
}

const options = { versionKey: false, strict: false, minimize: false } as const;

export function ingestionModel(connection: Connection): Model<IngestionRecord> {
  const schema = new Schema<IngestionRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'ingestions' });
  schema.index({ sourceId: 1, startedAt: -1 });
  schema.index({ personaId: 1, status: 1, corpusVersion: -1 });
  // One run a persona, decided by the database and not by who asks first.
  schema.index(
    { personaId: 1 },
    { name: 'one_running_ingestion', unique: true, partialFilterExpression: { status: 'running' } },
  );
  return (connection.models['Ingestion'] as Model<IngestionRecord>) ?? connection.model<IngestionRecord>('Ingestion', schema);
}

export function ingestionDocumentModel(connection: Connection): Model<IngestionDocumentRecord> {
  const schema = new Schema<IngestionDocumentRecord>(
    { _id: { type: String, required: true } },
    { ...options, collection: 'ingestion_documents' },
  );
  schema.index({ ingestionId: 1, ordinal: 1 });
  schema.index({ ingestionId: 1, documentId: 1 });
  return (
    (connection.models['IngestionDocument'] as Model<IngestionDocumentRecord>) ??
    connection.model<IngestionDocumentRecord>('IngestionDocument', schema)
  );
}
