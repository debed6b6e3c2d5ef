import { ActivityFailure, ChildWorkflowFailure, TemporalFailure } from '@temporalio/workflow';

/** What went wrong in one sentence, without the layers that say where. */
export function reasonOf(error: unknown): string {
  if ((error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause) return reasonOf(error.cause);
  if (error instanceof TemporalFailure || error instanceof Error) return error.message;
  return 'unknown';
}
