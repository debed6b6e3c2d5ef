import type { ModelFailure } from '@dramatis/contracts/enrichment';
import type { DocumentState, IngestionCounts } from '@dramatis/contracts/ingestion';
import type { Publishing } from '@dramatis/contracts/source';

export interface BegunIngestion {
  personaId: string;
  sourceId: string;
  /** The version that it writes under, invisible until it is published. */
  targetVersion: number;
}

/** A document on its way, by its key within the run. */
export interface DocumentInput {
  ingestionId: string;
  entryId: string;
}

export interface PendingDocument {
  entryId: string;
  documentId: string;
  title: string;
  /** Whether it must be fetched from the web first. */
  fetch: boolean;
}

/** What the fetch made of a document: what is to be prepared, or its end. */
export interface FetchedDocument {
  state: DocumentState | 'fetched';
  /** Addresses that the page has added to the run. */
  found: number;
}

export type PreparedDocument = { describe?: string } & (
  | { state: DocumentState }
  | { state: 'prepared'; revisionId: string; passages: number }
);

/** A document whose revision a language model describes. */
export type DescribedDocument = DocumentInput & { revisionId: string };

export interface CheckedCorpus {
  /** Whether the run brings or takes away anything. */
  changed: boolean;
  documents: number;
  passages: number;
  publish: Publishing;
}

export interface OpenedIngestion {
  /** Null when the source is gone, or its persona is busy. */
  ingestionId: string | null;
  reason: string | null;
}

/** What the workflows of ingestion call. Each takes one object and gives one; documents travel by id. */
export interface IngestionActivities {
  /** Makes the record of a run that a schedule wants. Gives no run when another one of the persona is at work. */
  openIngestion(input: { sourceId: string }): Promise<OpenedIngestion>;
  /** Takes back what earlier runs left unpublished, and chooses the next corpus version. */
  beginIngestion(input: { ingestionId: string }): Promise<BegunIngestion>;
  /** Finds the source's documents, or where its crawl begins. Heartbeats. */
  discoverDocuments(input: { ingestionId: string }): Promise<{ found: number }>;
  /** Ends the documents that are plainly unchanged, and gives the next ones that need work, in order; none at the end. */
  listPendingDocuments(input: { ingestionId: string; limit: number; except: string[] }): Promise<{ documents: PendingDocument[]; counts: IngestionCounts }>;
  /** Fetches a page unless it is unchanged, stores what came, and adds the pages that it links to. Heartbeats. */
  fetchDocument(input: DocumentInput): Promise<FetchedDocument>;
  /**
   * Extracts and cleans a document, finds out whether it is new, what is in it, and cuts it into passages. `describe` is the revision
   * that a language model is still to describe, where one does. Heartbeats.
   */
  prepareDocument(input: DocumentInput): Promise<PreparedDocument>;
  /**
   * Embeds a revision's passages, writes them to the index, and makes the revision part of the version in place of the one before.
   * Heartbeats; goes on where an earlier try stopped.
   */
  indexRevision(input: DocumentInput & { revisionId: string }): Promise<{ indexed: number }>;
  /** Has a language model summarise a revision and write what its passages answer, window by window; what was asked before is not asked again. Heartbeats. */
  describeRevision(input: DescribedDocument): Promise<{ calls: number }>;
  /** Records that no language model has described the revision: what was found without one stays, with the reason beside it. */
  leaveUndescribed(input: DescribedDocument & ModelFailure): Promise<void>;
  /** Records that a document could not be brought in; what the corpus has of it stays. */
  failDocument(input: DocumentInput & { reason: string; code: string }): Promise<void>;
  /** Closes what the corpus has of documents that the source no longer has. */
  closeMissingDocuments(input: { ingestionId: string }): Promise<{ closed: number }>;
  /** Makes sure that database and index agree and that searches find what was written. */
  checkCorpus(input: { ingestionId: string }): Promise<CheckedCorpus>;
  /** Moves the persona to the version, if it still publishes the one that the run began with. */
  publishCorpus(input: { ingestionId: string; checked: CheckedCorpus }): Promise<{ corpusVersion: number; personaId: string }>;
  /** Records the end of the run. The first ending stays. */
  finishIngestion(input: FinishIngestionInput): Promise<void>;
  /** Removes all knowledge of a persona that is deleted: sources, runs, documents, passages. Heartbeats. */
  removeKnowledge(input: { personaId: string }): Promise<{ passages: number }>;
}

export interface FinishIngestionInput {
  ingestionId: string;
  status: 'completed' | 'failed' | 'cancelled';
  corpusVersion?: number;
  failure?: string;
  /** The same as a stable code. */
  failureCode?: string;
}
