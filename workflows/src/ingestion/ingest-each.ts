import type { PendingDocument } from '@dramatis/activities/ingestion/ingestion-activities';
import { executeChild, isCancellation, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { ingestDocument } from '../ingest-document.js';
import { reasonOf } from './failure-reason.js';
import { ingestionSteps } from './ingestion-steps.js';

/** Documents on their way at once: enough to keep the embedder busy while others are read and written. */
const concurrency = 4;

/** Runs a child workflow for each document, some at once, and keeps the operators told. */
export async function ingestEach(ingestionId: string, documents: readonly PendingDocument[]): Promise<void> {
  const waiting = [...documents];
  let done = 0;
  const report = () => setCurrentDetails(`${done} of ${documents.length} documents are done.`);
  report();
  const takeNext = async (): Promise<void> => {
    for (let document = waiting.shift(); document; document = waiting.shift()) {
      await ingestOne(ingestionId, document);
      done += 1;
      report();
    }
  };
  // All of them have ended before this does, also when one fails: nothing may write when the next ingestion begins.
  const lanes = await Promise.allSettled(Array.from({ length: concurrency }, takeNext));
  const failed = lanes.find((lane) => lane.status === 'rejected');
  if (failed) throw failed.reason;
}

async function ingestOne(ingestionId: string, { documentId, title }: PendingDocument): Promise<void> {
  const { workflowId, typedSearchAttributes } = workflowInfo();
  try {
    await executeChild<typeof ingestDocument>('ingestDocument', {
      args: [{ ingestionId, documentId }],
      workflowId: `${workflowId}/${documentId}`,
      staticSummary: title,
      typedSearchAttributes,
    });
  } catch (error) {
    if (isCancellation(error)) throw error;
    // An operator has terminated it.
    await ingestionSteps.failDocument({ ingestionId, documentId, reason: reasonOf(error) });
  }
}
