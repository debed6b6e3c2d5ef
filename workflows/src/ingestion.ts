import type { CheckedCorpus } from '@dramatis/activities/ingestion/ingestion-activities';
import { CancellationScope, continueAsNew, ContinueAsNew, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { ingestEach } from './ingestion/ingest-each.js';
import { ingestionSteps } from './ingestion/ingestion-steps.js';
import { reasonOf } from './ingestion/failure-reason.js';

export interface IngestionInput {
  ingestionId: string;
  /** Documents that one run takes before it continues as new, which keeps histories short. Default 100. */
  documentsPerRun?: number;
  /** Set by the workflow itself when it continues: the documents up to this one are done. */
  afterOrdinal?: number;
}

export interface IngestionResult {
  corpusVersion: number;
}

/**
 * One ingestion: find the source's documents, bring each in, check the new version of the corpus, publish it. Until then
 * nobody sees any of it, and a run that fails or is cancelled leaves the published version as it is. A persona has one running
 * ingestion at a time: the record that a start must make first refuses a second.
 */
export async function ingestion(input: IngestionInput): Promise<IngestionResult> {
  const { ingestionId } = input;
  try {
    await bringInDocuments(input);
    // What is complete is published even when a cancellation comes now.
    return await CancellationScope.nonCancellable(() => publish(ingestionId));
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const failure = status === 'failed' ? { failure: reasonOf(error) } : {};
    await CancellationScope.nonCancellable(() => ingestionSteps.finishIngestion({ ingestionId, status, ...failure }));
    throw error;
  }
}

async function bringInDocuments({ ingestionId, documentsPerRun = 100, afterOrdinal }: IngestionInput): Promise<void> {
  if (afterOrdinal === undefined) {
    setCurrentDetails("Finding the source's documents.");
    await ingestionSteps.beginIngestion({ ingestionId });
    await ingestionSteps.closeMissingDocuments({ ingestionId });
  }
  const page = { ingestionId, afterOrdinal: afterOrdinal ?? -1, limit: documentsPerRun };
  const { documents } = await ingestionSteps.listPendingDocuments(page);
  await ingestEach(ingestionId, documents);
  const last = documents.at(-1);
  if (last && documents.length === documentsPerRun) {
    await continueAsNew<typeof ingestion>({ ingestionId, documentsPerRun, afterOrdinal: last.ordinal });
  }
}

async function publish(ingestionId: string): Promise<IngestionResult> {
  setCurrentDetails('Checking that database and index agree.');
  const checked = await ingestionSteps.checkCorpus({ ingestionId });
  setCurrentDetails(describe(checked));
  const { corpusVersion } = await ingestionSteps.publishCorpus({ ingestionId, checked });
  await ingestionSteps.finishIngestion({ ingestionId, status: 'completed', corpusVersion });
  setCurrentDetails(`Corpus version ${corpusVersion} is published: ${checked.documents} documents, ${checked.passages} passages.`);
  return { corpusVersion };
}

function describe({ changed, documents, passages }: CheckedCorpus): string {
  return changed ? `Publishing ${documents} documents, ${passages} passages.` : 'Nothing has changed.';
}
