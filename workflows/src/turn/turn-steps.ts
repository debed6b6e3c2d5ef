import type {
  FinishTurnInput,
  GenerateReplyInput,
  PreparedTurn,
  RetrievedPassages,
  SettledTurn,
  SettleTurnInput,
  TurnActivities,
} from '@dramatis/activities/turn/turn-activities';
import {
  ActivityCancellationType,
  ApplicationFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import { causeOf } from './turn-failure.js';
import { answerTurn } from './answer-turn.js';

export interface TurnInput {
  turnId: string;
  /** Saves a read. */
  conversationId?: string;
}

/**
 * A step runs beside its workflow task, which costs no round trip. One short try: an outage must not hold the task. What
 * fails here is done again by the steps below, one by one, with the patience that an outage takes and where operators see it.
 */
const nearby = proxyLocalActivities<Pick<TurnActivities, 'prepareTurn' | 'composePrompt' | 'judgeReply' | 'settleTurn' | 'finishTurn'>>({
  startToCloseTimeout: '4 seconds',
  retry: { maximumAttempts: 1 },
});

const patient = proxyActivities<Pick<TurnActivities, 'loadTurn' | 'composePrompt' | 'judgeReply'>>({
  startToCloseTimeout: '15 seconds',
  scheduleToCloseTimeout: '15 minutes',
  retry: { initialInterval: '250 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/** A reply can be made without passages, so they are not waited for as long. */
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

/** The turn's steps as its workflow calls them. */
export const turnSteps: Omit<TurnActivities, 'loadTurn' | 'retrievePassages' | 'beginAnswer' | 'awaitAnswer'> = {
  answerTurn,
  prepareTurn: (input) => nearby.prepareTurn(input).catch(unlessCancelled(() => prepareStepByStep(input))),
  composePrompt: (input) => nearby.composePrompt(input).catch(unlessPermanent(() => patient.composePrompt(input))),
  generateReply: (input) => generation.generateReply.executeWithOptions({ summary: summaryOf(input) }, [input]),
  judgeReply: (input) => nearby.judgeReply(input).catch(unlessPermanent(() => patient.judgeReply(input))),
  settleTurn: (input) => nearby.settleTurn(input).catch(unlessPermanent(() => settleStepByStep(input))),
  finishTurn,
};

/** What was prepared for the turn, for its record; null when that cannot be had at once. */
export function recallPrepared(input: TurnInput): Promise<PreparedTurn | null> {
  return CancellationScope.nonCancellable(() => nearby.prepareTurn(input)).catch(() => null);
}

/** Both have ended before this does: what comes in while the turn's end is being stored would have it stored again. */
export async function prepareStepByStep(input: TurnInput): Promise<PreparedTurn> {
  const [loaded, retrieved] = await Promise.allSettled([
    patient.loadTurn(input),
    impatient.retrievePassages(input).catch(withoutPassages),
  ]);
  if (loaded.status === 'rejected') throw loaded.reason;
  if (retrieved.status === 'rejected') throw retrieved.reason;
  return { loaded: loaded.value, retrieved: retrieved.value, composed: null };
}

/** A reply without its passages is worth more than none; it is marked as ungrounded. */
function withoutPassages(error: unknown): RetrievedPassages {
  if (isCancellation(error)) throw error;
  const step = { step: 'retrieve' as const, startedAt: new Date().toISOString(), durationMs: 0, note: 'search is out of reach', noteWording: { key: 'verdicts.note.no_search', params: {} } };
  return { passages: [], grounded: false, ungroundedReason: 'search_unavailable', step };
}

async function settleStepByStep(input: SettleTurnInput): Promise<SettledTurn> {
  const { turnId, draftKey, generated } = input;
  const judged = await patient.judgeReply({ turnId, draftKey });
  if (!judged.formatVerdict.satisfied && !generated.builtIn) return { judged, status: null };
  const { step, draftKey: judgedKey, ...verdicts } = judged;
  const ending = { ...input, status: 'completed' as const, draftKey: judgedKey, judged: verdicts, steps: [...input.steps, step] };
  return { judged, ...(await unyielding.finishTurn(ending)) };
}

function finishTurn(input: FinishTurnInput): ReturnType<TurnActivities['finishTurn']> {
  return nearby.finishTurn(input).catch(unlessCancelled(() => unyielding.finishTurn(input)));
}

function summaryOf({ provider, purpose }: GenerateReplyInput): string {
  return purpose === 'reply' ? provider : `${provider}, correcting the format`;
}

function unlessCancelled<T>(again: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    if (isCancellation(error)) throw error;
    return again();
  };
}

/** Repeats a failed step elsewhere, unless it cannot succeed. */
function unlessPermanent<T>(again: () => Promise<T>): (error: unknown) => Promise<T> {
  return (error) => {
    const cause = causeOf(error);
    if (isCancellation(error) || (cause instanceof ApplicationFailure && cause.nonRetryable === true)) throw error;
    return again();
  };
}
