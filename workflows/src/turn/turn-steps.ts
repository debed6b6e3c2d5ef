import type { GenerateReplyInput, TurnActivities } from '@dramatis/activities/turn/turn-activities';
import {
  ActivityCancellationType,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import { causeOf } from './turn-failure.js';

type Step = 'loadTurn' | 'retrievePassages' | 'composePrompt' | 'judgeReply' | 'finishTurn';

/** A step runs beside its workflow task, which costs no round trip. One short try: an outage must not hold the task. */
const nearby = proxyLocalActivities<Pick<TurnActivities, Step>>({
  startToCloseTimeout: '3 seconds',
  retry: { maximumAttempts: 1 },
});

/** The same step with the patience that an outage takes, where operators see it waiting. */
const patient = proxyActivities<Pick<TurnActivities, Step>>({
  startToCloseTimeout: '15 seconds',
  scheduleToCloseTimeout: '15 minutes',
  retry: { initialInterval: '250 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

const impatient = proxyActivities<Pick<TurnActivities, 'retrievePassages'>>({
  startToCloseTimeout: '5 seconds',
  scheduleToCloseTimeout: '10 seconds',
  retry: { initialInterval: '250 milliseconds', backoffCoefficient: 2, maximumAttempts: 4 },
});

/** What was said must be kept, however long the database is away. */
const unyielding = proxyActivities<Pick<TurnActivities, 'finishTurn'>>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '250 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** Streams a reply. Dead workers are noticed by the missing heartbeat; what can be mended is tried again. */
const generation = proxyActivities<Pick<TurnActivities, 'generateReply'>>({
  startToCloseTimeout: '5 minutes',
  scheduleToCloseTimeout: '8 minutes',
  heartbeatTimeout: '5 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds', maximumAttempts: 3 },
});

/** The turn's steps as its workflow calls them: quick when all is well, patient when something is away. */
export const turnSteps: TurnActivities = {
  loadTurn: (input) => nearby.loadTurn(input).catch(orPatiently(() => patient.loadTurn(input))),
  retrievePassages: (input) => nearby.retrievePassages(input).catch(orPatiently(() => impatient.retrievePassages(input))),
  composePrompt: (input) => nearby.composePrompt(input).catch(orPatiently(() => patient.composePrompt(input))),
  generateReply: (input) => generation.generateReply.executeWithOptions({ summary: summaryOf(input) }, [input]),
  judgeReply: (input) => nearby.judgeReply(input).catch(orPatiently(() => patient.judgeReply(input))),
  finishTurn: (input) => nearby.finishTurn(input).catch(orPatiently(() => unyielding.finishTurn(input))),
};

function summaryOf({ provider, purpose }: GenerateReplyInput): string {
  return purpose === 'reply' ? provider : `${provider}, correcting the format`;
}

/** Repeats a failed step elsewhere, unless it was cancelled or cannot succeed. */
function orPatiently<T>(again: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    if (isCancellation(error) || isPermanent(error)) throw error;
    return again();
  };
}

function isPermanent(error: unknown): boolean {
  const cause = causeOf(error);
  return cause instanceof ApplicationFailure && cause.nonRetryable === true;
}
