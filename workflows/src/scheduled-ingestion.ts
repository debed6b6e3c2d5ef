import { continueAsNew, executeChild, isCancellation, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { ingestion } from './ingestion.js';
import { ingestionSteps } from './ingestion/ingestion-steps.js';

export interface ScheduledIngestionInput {
  sourceId: string;
  /** How often a busy persona is asked again. Default 12. */
  tries?: number;
  /** How long after the first try comes the second; each pause is twice the one before, up to five minutes. Default: five minutes, 300. */
  firstPauseSeconds?: number;
  /** Sources whose runs follow this one, whatever becomes of it: those that an import brought with it. */
  then?: string[];
}

export interface ScheduledIngestionResult {
  /** Null when it was left out. */
  ingestionId: string | null;
  reason: string | null;
}

const longestPauseSeconds = 300;

/** A run that waits until the persona has no other: one that a schedule wants, or those of an import, one after another. */
export async function scheduledIngestion(input: ScheduledIngestionInput): Promise<ScheduledIngestionResult> {
  const [next, ...then] = input.then ?? [];
  if (next === undefined) return runWhenFree(input);
  try {
    await runWhenFree(input);
  } catch (error) {
    // Its own record says what went wrong.
    if (isCancellation(error)) throw error;
  }
  return continueAsNew<typeof scheduledIngestion>({ ...input, sourceId: next, then });
}

/** After the last try it is left out, of a schedule until the next time. */
async function runWhenFree({ sourceId, tries = 12, firstPauseSeconds = longestPauseSeconds }: ScheduledIngestionInput): Promise<ScheduledIngestionResult> {
  for (let attempt = 1; ; attempt += 1) {
    const { ingestionId, reason } = await ingestionSteps.openIngestion({ sourceId });
    if (ingestionId !== null) {
      const { typedSearchAttributes } = workflowInfo();
      // The id of every ingestion's workflow; made here, since contracts bring their schemas along.
      await executeChild<typeof ingestion>('ingestion', { workflowId: `ingestion/${ingestionId}`, args: [{ ingestionId }], typedSearchAttributes });
      return { ingestionId, reason: null };
    }
    setCurrentDetails(reason ?? '');
    if (attempt >= tries || reason === 'The source is gone.') return { ingestionId: null, reason };
    await sleep(1_000 * Math.min(firstPauseSeconds * 2 ** (attempt - 1), longestPauseSeconds));
  }
}
