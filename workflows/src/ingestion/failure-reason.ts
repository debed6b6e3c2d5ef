import { ActivityFailure, ApplicationFailure, ChildWorkflowFailure, TemporalFailure } from '@temporalio/workflow';

/** What went wrong in one sentence, without the layers that say where. */
export function reasonOf(error: unknown): string {
  if ((error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause) return reasonOf(error.cause);
  if (error instanceof TemporalFailure || error instanceof Error) return error.message;
  return 'unknown';
}

/** The same as a stable code. */
export function codeOf(error: unknown): string {
  if ((error instanceof ActivityFailure || error instanceof ChildWorkflowFailure) && error.cause) return codeOf(error.cause);
  if (error instanceof ApplicationFailure && error.type) return error.type;
  return error instanceof TemporalFailure ? error.name : 'internal';
}
