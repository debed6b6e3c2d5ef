import type { DocumentState } from '@dramatis/contracts/knowledge';
import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { reasonOf } from './ingestion/failure-reason.js';
import { indexing, ingestionSteps } from './ingestion/ingestion-steps.js';

export interface IngestDocumentInput {
  ingestionId: string;
  documentId: string;
}

/**
 * Brings one document into the version that its ingestion writes. A document that cannot be brought in is recorded with the
 * reason, and stops no other.
 */
export async function ingestDocument(input: IngestDocumentInput): Promise<DocumentState> {
  try {
    setCurrentDetails('Cleaning, comparing and cutting.');
    const prepared = await ingestionSteps.prepareDocument(input);
    if (prepared.state !== 'prepared') return prepared.state;
    const { revisionId, passages } = prepared;
    setCurrentDetails(`Embedding and indexing ${passages} passages.`);
    await indexing.indexRevision({ revisionId });
    await ingestionSteps.completeDocument({ ...input, revisionId });
    return 'indexed';
  } catch (error) {
    if (isCancellation(error)) throw error;
    await ingestionSteps.failDocument({ ...input, reason: reasonOf(error) });
    return 'failed';
  }
}
