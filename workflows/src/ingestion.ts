import type { CheckedCorpus } from '@dramatis/activities/ingestion/ingestion-activities';
import type { IngestionProgress, IngestionStage } from '@dramatis/contracts/ingestion';
import { CancellationScope, continueAsNew, ContinueAsNew, isCancellation, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { startSettling } from './corpus/start-settling.js';
import { codeOf, reasonOf } from './ingestion/failure-reason.js';
import { Frontier } from './ingestion/frontier.js';
import { pauseSignal, progressOf, progressQuery, resumeSignal } from './ingestion/ingestion-messages.js';
import { ingestionSteps } from './ingestion/ingestion-steps.js';

export interface IngestionInput {
  ingestionId: string;
  /** Documents that one run of the workflow takes before it continues as new, which keeps histories short. Default 200. */
  documentsPerRun?: number;
  /** Documents on their way at once: enough to keep the embedder busy while others are fetched, read and written. Default 4. */
  concurrency?: number;
  /** Set by the workflow itself when it continues. */
  continued?: { paused: boolean };
}

export interface IngestionResult {
  /** The version that the persona publishes now; null when the one that was built waits. */
  corpusVersion: number | null;
}

/**
 * One ingestion: find the source's documents, bring each in, check the new version of the corpus, publish it. Until then
 * nobody sees any of it, and a run that fails or is cancelled leaves the published version as it is. A persona has one running
 * ingestion at a time: the record that a start must make first refuses a second.
 */
export async function ingestion(input: IngestionInput): Promise<IngestionResult> {
  const { ingestionId, documentsPerRun = 200, concurrency = 4, continued } = input;
  const frontier = new Frontier({ ingestionId, concurrency, mostDocuments: documentsPerRun });
  frontier.paused = continued?.paused ?? false;
  let stage: IngestionStage = continued ? 'processing' : 'discovering';
  setHandler(pauseSignal, () => void (frontier.paused = true));
  setHandler(resumeSignal, () => void (frontier.paused = false));
  setHandler(progressQuery, (): IngestionProgress => progressOf(ingestionId, stage, frontier));
  try {
    if (!continued) {
      setCurrentDetails("Finding the source's documents.");
      await ingestionSteps.beginIngestion({ ingestionId });
      await ingestionSteps.discoverDocuments({ ingestionId });
      stage = 'processing';
    }
    if (!(await frontier.drain())) await continueAsNew<typeof ingestion>({ ...input, continued: { paused: frontier.paused } });
    await ingestionSteps.closeMissingDocuments({ ingestionId });
    stage = 'checking';
    // What is complete is published even when a cancellation comes now.
    return await CancellationScope.nonCancellable(() => publish(ingestionId, () => void (stage = 'publishing')));
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const failure = status === 'failed' ? { failure: reasonOf(error), failureCode: codeOf(error) } : {};
    await CancellationScope.nonCancellable(() => ingestionSteps.finishIngestion({ ingestionId, status, ...failure }));
    throw error;
  } finally {
    stage = 'ended';
  }
}

async function publish(ingestionId: string, onPublishing: () => void): Promise<IngestionResult> {
  setCurrentDetails('Checking that database and index agree.');
  const checked = await ingestionSteps.checkCorpus({ ingestionId });
  setCurrentDetails(describe(checked));
  if (checked.changed && checked.publish === 'manual') {
    await ingestionSteps.finishIngestion({ ingestionId, status: 'completed' });
    return { corpusVersion: null };
  }
  onPublishing();
  const { corpusVersion, personaId } = await ingestionSteps.publishCorpus({ ingestionId, checked });
  if (checked.changed) await startSettling({ personaId, version: corpusVersion });
  await ingestionSteps.finishIngestion({ ingestionId, status: 'completed', corpusVersion });
  setCurrentDetails(`Corpus version ${corpusVersion} is published: ${checked.documents} documents, ${checked.passages} passages.`);
  return { corpusVersion };
}

function describe({ changed, documents, passages, publish: publishing }: CheckedCorpus): string {
  if (!changed) return 'Nothing has changed.';
  return `${publishing === 'manual' ? 'Built, and waits to be published' : 'Publishing'}: ${documents} documents, ${passages} passages.`;
}
