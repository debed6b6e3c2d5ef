import type { TurnFailureCode } from '@dramatis/contracts/errors';
import type { Context } from '@temporalio/activity';

/** How an attempt ended that gave no reply, as its successor tells readers. */
export interface EndedAttempt {
  code: TurnFailureCode;
  reason: string;
}

export const lostWorker: EndedAttempt = { code: 'worker_lost', reason: 'The worker that wrote this reply was lost; beginning again.' };

/** What an attempt at a reply has to know of whatever it runs for. */
export interface AttemptScope {
  /** Aborted when the reply is no longer wanted, or not from here. */
  signal: AbortSignal;
  /** Whether the signal means that this worker stops, and another is to go on. */
  workerStops(): boolean;
  /** How the attempt before this one ended; null when there was none that it follows. */
  before: EndedAttempt | null;
  /** Whether it is the turn's first as far as is known. One that was there all the same belonged to a worker that died. */
  first: boolean;
  /** Since when this attempt has been asked for. */
  askedAt: Date;
  /** Its number, as far as can be told without the event broker. */
  number: number;
  /** Tells the successor why this attempt failed. */
  leave(ended: EndedAttempt): void;
}

/** What the heartbeats of an attempt say: to operators who is asked, to the attempt after it how it failed. */
export interface AttemptTold {
  asking?: string;
  purpose?: string;
  failed?: EndedAttempt;
}

/**
 * An attempt that runs as an activity. One that is tried again finds in its heartbeat how it failed; a worker that died told nothing.
 * `told` is what the activity heartbeats on its timer too, so that no later heartbeat says less.
 */
export function attemptScopeOf(activity: Context, told: AttemptTold = {}, earlier: EndedAttempt | null = null): AttemptScope {
  const { attempt, scheduledTimestampMs } = activity.info;
  const before = activity.info.heartbeatDetails as AttemptTold | undefined;
  return {
    signal: activity.cancellationSignal,
    workerStops: () => activity.cancellationDetails?.workerShutdown === true,
    before: attempt > 1 ? (before?.failed ?? lostWorker) : earlier,
    first: false,
    askedAt: new Date(scheduledTimestampMs),
    number: attempt + (earlier ? 1 : 0),
    leave: (failed) => {
      told.failed = failed;
      activity.heartbeat(told);
    },
  };
}
