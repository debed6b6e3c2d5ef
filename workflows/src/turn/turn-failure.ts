import type { TurnFailure } from '@dramatis/contracts/turn';
import { turnFailureCodes } from '@dramatis/contracts/turn-failure-codes';
import { ActivityFailure, ApplicationFailure, TimeoutFailure } from '@temporalio/workflow';

/** Thrown when no provider gave a reply; carries what the reader is told. */
export class TurnFailedError extends Error {
  override readonly name = 'TurnFailedError';

  constructor(readonly failure: TurnFailure) {
    super(failure.message);
  }
}

/** What an activity failed with. A local activity's failure comes as it is, a normal one's comes wrapped. */
export function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

/** What the reader is told of any error that ended a step. */
export function turnFailureOf(error: unknown): TurnFailure {
  if (error instanceof TurnFailedError) return error.failure;
  const cause = causeOf(error);
  if (cause instanceof ApplicationFailure) {
    const code = turnFailureCodes.find((known) => known === cause.type);
    if (code) return { code, message: cause.message };
  }
  if (cause instanceof TimeoutFailure) return ofTimeout(cause);
  return { code: 'internal', message: 'Something failed that should not have; the reply could not be made.' };
}

function ofTimeout(timeout: TimeoutFailure): TurnFailure {
  return timeout.timeoutType === 'HEARTBEAT'
    ? { code: 'worker_lost', message: 'The worker that wrote this reply was lost, again and again.' }
    : { code: 'timed_out', message: 'The reply took longer than a reply may take.' };
}
