import { executeChild, setCurrentDetails, sleep, workflowInfo } from '@temporalio/workflow';
import type { ingestion } from './ingestion.js';
import { ingestionSteps } from './ingestion/ingestion-steps.js';

export interface ScheduledIngestionInput {
  sourceId: string;
  /** How often a busy persona is asked again, five minutes apart. Default 12. */
  tries?: number;
}

export interface ScheduledIngestionResult {
  /** Null when it was left out. */
  ingestionId: string | null;
  reason: string | null;
}

/** A run that a schedule wants. It waits an hour for another run of the persona to end, and is then left out until the next time. */
export async function scheduledIngestion({ sourceId, tries = 12 }: ScheduledIngestionInput): Promise<ScheduledIngestionResult> {
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
    await sleep('5 minutes');
  }
}
