import type { DescribedDocument } from '@dramatis/activities/ingestion/ingestion-activities';
import type { DocumentState } from '@dramatis/contracts/ingestion';
import { isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { codeOf, reasonOf } from './ingestion/failure-reason.js';
import { ingestionSteps } from './ingestion/ingestion-steps.js';

export interface IngestDocumentInput {
  ingestionId: string;
  /** The document's key within the run. */
  entryId: string;
  /** Whether it must be fetched from the web first. */
  fetch: boolean;
}

export interface IngestedDocumentResult {
  state: DocumentState;
  passages: number;
  /** Pages that it has added to the run. */
  found: number;
}

/**
 * Brings one document into the version that its ingestion writes: fetch, prepare, index. A document that cannot be brought in is
 * recorded with the reason, and stops no other.
 */
export async function ingestDocument({ ingestionId, entryId, fetch }: IngestDocumentInput): Promise<IngestedDocumentResult> {
  const document = { ingestionId, entryId };
  const result = { passages: 0, found: 0 };
  try {
    if (fetch) {
      setCurrentDetails('Fetching.');
      const { state, found } = await ingestionSteps.fetchDocument(document);
      result.found = found;
      if (state !== 'fetched') return { ...result, state };
    }
    setCurrentDetails('Reading, comparing and cutting.');
    const prepared = await ingestionSteps.prepareDocument(document);
    if (prepared.describe !== undefined) await describe({ ...document, revisionId: prepared.describe });
    if (prepared.state !== 'prepared') return { ...result, state: prepared.state };
    const { revisionId, passages } = prepared;
    setCurrentDetails(`Embedding and indexing ${passages} passages.`);
    await ingestionSteps.indexRevision({ ...document, revisionId });
    return { ...result, state: 'indexed', passages };
  } catch (error) {
    if (isCancellation(error)) throw error;
    await ingestionSteps.failDocument({ ...document, reason: reasonOf(error), code: codeOf(error) });
    return { ...result, state: 'failed' };
  }
}

/** A document that no language model has described is less to look at, and nothing else. */
async function describe(document: DescribedDocument): Promise<void> {
  setCurrentDetails('A language model is describing it.');
  try {
    await ingestionSteps.describeRevision(document);
  } catch (error) {
    if (isCancellation(error)) throw error;
    await ingestionSteps.leaveUndescribed({ ...document, reason: reasonOf(error), code: codeOf(error) });
  }
}
