import type { DocumentState, DocumentStep, IngestionStage, IngestionStatus, IngestionTrigger, TimelineEntry } from '@dramatis/contracts/ingestion';
import type { Publishing } from '@dramatis/contracts/source';
import { type Connection, type Model, Schema } from 'mongoose';

export interface IngestionRecord {
  _id: string;
  sourceId: string;
  sourceName: string;
  personaId: string;
  status: IngestionStatus;
  stage: IngestionStage;
  paused: boolean;
  trigger: IngestionTrigger;
  /** The run whose failed documents it takes up again. */
  retryOf: string | null;
  publish: Publishing;
  workflowId: string;
  /** The version that it is built upon, null before it began. */
  publishedVersion: number | null;
  /** The version it writes under, null before it began. */
  targetVersion: number | null;
  /** The version that it built and checked. */
  builtVersion: number | null;
  /** What the built version holds. */
  built: { documents: number; passages: number } | null;
  /** The version that is published since it completed; null while a built version waits. */
  corpusVersion: number | null;
  failure: string | null;
  failureCode?: string | null;
  startedAt: Date;
  endedAt: Date | null;
}

/** `alias`: not a document, but an address that leads to one. */
export type EntryState = DocumentState | 'alias';

/** One document of one run, or one address of its crawl. `_id` is `<ingestionId>/<entryId>`, so that an address is in a run once. */
export interface IngestionDocumentRecord {
  _id: string;
  ingestionId: string;
  sourceId: string;
  /** Its key within the run: that of the address or text by which it was found. */
  entryId: string;
  /** The document that it is, the same in every run; that of the address to which it leads. */
  documentId: string;
  /** In which order documents are taken; those nearer to where a crawl begins first. */
  ordinal: number;
  /** How many links away from where the crawl begins. */
  depth: number;
  title: string;
  url: string | null;
  fileName: string | null;
  /** The page that led to it. */
  foundOn: string | null;
  contentType: string | null;
  objectKey: string | null;
  sha256: string | null;
  bytes: number | null;
  /** Null while it is on its way. */
  state: EntryState | null;
  /** For an alias, the entry that it stands for. */
  aliasOf: string | null;
  step: DocumentStep | null;
  reason: string | null;
  code: string | null;
  duplicateOf: { documentId: string; title: string } | null;
  /** Passages that the run has written for it. */
  passages: number;
  revisionId: string | null;
  warnings: string[];
  timeline: TimelineEntry[];
  /** The run that takes it up again. */
  retriedBy: string | null;
  discoveredAt: Date;
  endedAt: Date | null;
}

const options = { versionKey: false, strict: false, minimize: false } as const;

export function ingestionModel(connection: Connection): Model<IngestionRecord> {
  const schema = new Schema<IngestionRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'ingestions' });
  schema.index({ sourceId: 1, startedAt: -1 });
  schema.index({ personaId: 1, status: 1, builtVersion: -1 });
  schema.index({ startedAt: -1 });
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
  schema.index({ ingestionId: 1, state: 1, ordinal: 1, _id: 1 });
  // The document first, as in the filters: SecantusDB takes the index of a filter's first field.
  schema.index({ documentId: 1, ingestionId: 1 });
  return (
    (connection.models['IngestionDocument'] as Model<IngestionDocumentRecord>) ??
    connection.model<IngestionDocumentRecord>('IngestionDocument', schema)
  );
}
