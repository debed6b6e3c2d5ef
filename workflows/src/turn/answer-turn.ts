import type { EndedAttempt } from '@dramatis/activities/generation/attempt-scope';
import type { AnsweredTurn, AnswerTurnInput, TurnActivities } from '@dramatis/activities/turn/turn-activities';
import {
  ActivityCancellationType,
  ApplicationFailure,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  sleep,
  TimeoutFailure,
} from '@temporalio/workflow';
import { causeOf, turnFailureOf } from './turn-failure.js';

/** Beside the workflow task, for as long as that can wait: about a second. */
const beside = proxyLocalActivities<Pick<TurnActivities, 'beginAnswer'>>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});

const reply = {
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '5 seconds',
  cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
} as const;

/** On the process that has begun. When it is not there any more, nobody else can wait for it. */
const onThatProcess = proxyActivities<Pick<TurnActivities, 'awaitAnswer'>>({
  ...reply,
  scheduleToStartTimeout: '2 seconds',
  retry: { maximumAttempts: 1 },
});

const onAnyProcess = proxyActivities<Pick<TurnActivities, 'answerTurn'>>({ ...reply, scheduleToCloseTimeout: '8 minutes' });

/** How often the first provider is asked, and how long after a failure again, unless it said so itself. */
const attempts = 3;
const retry = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' } as const;

/**
 * The whole turn by the route's first provider. A quick one takes no more than the workflow's first task; a longer one is waited for by
 * an activity; one that failed is tried again where there is room, as often as makes sense.
 */
export async function answerTurn(input: AnswerTurnInput): Promise<AnsweredTurn> {
  try {
    const answered = await firstAttempt(input);
    if (answered) return answered;
  } catch (error) {
    const cause = causeOf(error);
    if (isCancellation(error) || (cause instanceof ApplicationFailure && cause.nonRetryable === true)) throw error;
    const earlier = endOf(error);
    setCurrentDetails(`The first attempt ended as **${earlier.code}**: ${earlier.reason} The first provider is asked again; see the attempts of the activity.`);
    if (cause instanceof ApplicationFailure) await sleep(cause.nextRetryDelay ?? retry.initialInterval);
    return anywhere({ ...input, earlier }, attempts - 1);
  }
  return anywhere(input, attempts);
}

/** Null where it was not begun, because that worker has its hands full. */
async function firstAttempt(input: AnswerTurnInput): Promise<AnsweredTurn | null> {
  const begun = await beside.beginAnswer(input);
  if (begun.answered) return begun.answered;
  if (begun.taskQueue === null) return null;
  setCurrentDetails('Waiting for the first provider of the route: see the heartbeat of the activity.');
  return onThatProcess.awaitAnswer.executeWithOptions({ taskQueue: begun.taskQueue, summary: 'the whole turn, first provider' }, [input]);
}

function anywhere(input: AnswerTurnInput, maximumAttempts: number): Promise<AnsweredTurn> {
  const summary = input.earlier ? 'the whole turn again, first provider' : 'the whole turn, first provider';
  return onAnyProcess.answerTurn.executeWithOptions({ summary, retry: { ...retry, maximumAttempts } }, [input]);
}

function endOf(error: unknown): EndedAttempt {
  if (causeOf(error) instanceof TimeoutFailure) return { code: 'worker_lost', reason: 'The worker that wrote this reply was lost; beginning again.' };
  const { code, message } = turnFailureOf(error);
  return { code, reason: message };
}
