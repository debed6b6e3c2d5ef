import type { DocumentState } from '@dramatis/contracts/knowledge';

export interface BegunIngestion {
  personaId: string;
  sourceId: string;
  /** The version that it writes under, invisible until it is published. */
  targetVersion: number;
  discovered: number;
}

export interface PendingDocument {
  documentId: string;
  title: string;
  /** Place within the run, from 0. */
  ordinal: number;
}

export interface DocumentInput {
  ingestionId: string;
  documentId: string;
}

export type PreparedDocument =
  | { state: Extract<DocumentState, 'unchanged' | 'duplicate' | 'skipped'> }
  | { state: 'prepared'; revisionId: string; passages: number };

export interface CheckedCorpus {
  /** Whether the run brings or takes away anything. */
  changed: boolean;
  documents: number;
  passages: number;
}

/** What the workflows of ingestion call. Each takes one object and gives one; documents travel by id. */
export interface IngestionActivities {
  /** Takes back what earlier runs left unpublished, chooses the next corpus version, and finds the source's documents. */
  beginIngestion(input: { ingestionId: string }): Promise<BegunIngestion>;
  /** Closes what the corpus has of documents that the source no longer lists. */
  closeMissingDocuments(input: { ingestionId: string }): Promise<{ closed: number }>;
  /** The next documents that have no state yet, in order; an empty list at the end. */
  listPendingDocuments(input: { ingestionId: string; afterOrdinal: number; limit: number }): Promise<{ documents: PendingDocument[] }>;
  /** Cleans a document, finds out whether it is new, and cuts it into passages. */
  prepareDocument(input: DocumentInput): Promise<PreparedDocument>;
  /** Embeds a revision's passages and writes them to the index. Heartbeats; goes on where an earlier try stopped. */
  indexRevision(input: { revisionId: string }): Promise<{ indexed: number }>;
  /** Makes the revision part of the version, in place of the one before. */
  completeDocument(input: DocumentInput & { revisionId: string }): Promise<void>;
  /** Records that a document could not be brought in; what the corpus has of it stays. */
  failDocument(input: DocumentInput & { reason: string }): Promise<void>;
  /** Makes sure that database and index agree and that searches find what was written. */
  checkCorpus(input: { ingestionId: string }): Promise<CheckedCorpus>;
  /** Moves the persona to the version, if it still publishes the one that the run began with. */
  publishCorpus(input: { ingestionId: string; checked: CheckedCorpus }): Promise<{ corpusVersion: number }>;
  /** Records the end of the run. The first ending stays. */
  finishIngestion(input: FinishIngestionInput): Promise<void>;
}

export interface FinishIngestionInput {
  ingestionId: string;
  status: 'completed' | 'failed' | 'cancelled';
  corpusVersion?: number;
  failure?: string;
}
