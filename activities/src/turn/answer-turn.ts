import type { TurnStatus } from '@dramatis/contracts/turn';
import type { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { attemptScopeOf, type AttemptScope } from '../generation/attempt-scope.js';
import type { ReplyGenerator } from '../generation/generate-reply.js';
import { whileHeartbeating } from '../heartbeat.js';
import { AnswersInHand, type AnswerInHand } from './answers-in-hand.js';
import type { AnsweredTurn, AnswerTurnInput, FinishTurnInput, GeneratedReply, PreparedTurn, TurnActivities } from './turn-activities.js';
import type { TurnContexts } from './turn-context.js';

type Steps = Pick<TurnActivities, 'prepareTurn' | 'settleTurn'> & ReplyGenerator;

export interface AnswerTurnDependencies {
  turns: Pick<TurnRepository, 'find'>;
  contexts: Pick<TurnContexts, 'get'>;
  handOver: {
    /** The task queue of this process alone, where `awaitAnswer` runs. */
    taskQueue: string;
    /** How many answers may be made beside workflow tasks at once. */
    atOnce: number;
    /** Aborted when this process stops: what it has begun then is another's to make. */
    stopping: AbortSignal;
    /** How long a workflow task may wait for an answer, in milliseconds: a cancellation is not heard of before. Default 1,000. */
    afterMs?: number;
  };
}

/**
 * The whole turn at once. It is begun beside the workflow's first task, and when it is done soon it has cost no other. A longer one goes
 * on while an activity of this same process waits for it, which heartbeats and can be cancelled. Where that fails, it is
 * an activity like any other.
 */
export function createAnswerTurn(
  { turns, contexts, handOver }: AnswerTurnDependencies,
  steps: Steps,
): Pick<TurnActivities, 'beginAnswer' | 'awaitAnswer' | 'answerTurn'> {
  const inHand = new AnswersInHand(handOver.atOnce);

  async function answer(input: AnswerTurnInput, scope: AttemptScope, told: AnswerInHand['told']): Promise<AnsweredTurn> {
    const stored = await endedStatus(input, scope);
    if (stored) return { status: stored };
    const prepared = await steps.prepareTurn(input).catch(() => null);
    const provider = prepared?.loaded.route[0]?.provider;
    if (!prepared?.composed || provider === undefined) return { status: null, prepared: null };
    told.asking = provider;
    const generated = await steps.generate(
      {
        turnId: input.turnId,
        provider,
        promptHash: prepared.composed.promptHash,
        retrieved: { passages: prepared.retrieved.passages, grounded: prepared.retrieved.grounded },
        purpose: 'reply',
        discard: { code: 'internal', reason: 'Beginning again.' },
      },
      scope,
    );
    const account = accountOf(input.turnId, prepared, generated);
    const settled = await steps.settleTurn({ ...account, draftKey: generated.draftKey, generated }).catch(() => null);
    return settled?.status ? { status: settled.status } : { status: null, prepared, generated, judged: settled?.judged ?? null };
  }

  /** How the turn is stored already, by an attempt whose worker came to tell nobody. Null when it is not, or when that cannot be told now. */
  async function endedStatus({ turnId, conversationId }: AnswerTurnInput, { before }: AttemptScope): Promise<TurnStatus | null> {
    const reading = before ? turns.find(turnId) : contexts.get(turnId, conversationId).then(({ turn }) => turn);
    const status = (await reading.catch(() => null))?.status;
    return status === undefined || status === 'running' ? null : status;
  }

  /** Waits for an answer in hand, for which the activity stands. */
  async function join(activity: Context, turnId: string, answering: AnswerInHand): Promise<AnsweredTurn> {
    const { cancellationSignal } = activity;
    const abort = () => answering.abort(cancellationSignal.reason, activity.cancellationDetails?.workerShutdown === true);
    if (cancellationSignal.aborted) abort();
    cancellationSignal.addEventListener('abort', abort);
    try {
      return await whileHeartbeating(activity, () => answering.outcome, answering.told);
    } catch (error) {
      inHand.forget(turnId);
      throw error;
    }
  }

  const begin = (input: AnswerTurnInput) => inHand.get(input.turnId) ?? inHand.begin(input.turnId, (scope, told) => answer(input, scope, told));

  return {
    async beginAnswer(input) {
      const { turnId } = input;
      const { taskQueue, stopping, afterMs = 1_000 } = handOver;
      const answering = begin(input);
      if (!answering) return { answered: null, taskQueue: null };
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), afterMs)));
      try {
        const answered = await Promise.race([answering.outcome, late]);
        if (answered) return { answered };
        if (!stopping.aborted) return { answered: null, taskQueue };
        answering.abort(stopping.reason, true);
        return { answered: await answering.outcome };
      } catch (error) {
        inHand.forget(turnId);
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },

    async awaitAnswer(input) {
      const answering = begin(input);
      if (!answering) throw ApplicationFailure.retryable('This worker has as many replies in hand as it may have.', 'internal');
      return join(Context.current(), input.turnId, answering);
    },

    async answerTurn(input) {
      const activity = Context.current();
      const answering = inHand.get(input.turnId);
      if (answering) return join(activity, input.turnId, answering);
      const told = {};
      return whileHeartbeating(activity, () => answer(input, attemptScopeOf(activity, told, input.earlier), told), told);
    },
  };
}

function accountOf(turnId: string, { loaded, retrieved, composed }: PreparedTurn, generated: GeneratedReply): Omit<FinishTurnInput, 'status'> {
  const { passages, grounded, ungroundedReason } = retrieved;
  return {
    turnId,
    steps: [loaded.step, retrieved.step, composed!.step, generated.step],
    retrieved: { passages, grounded, ungroundedReason },
    promptHash: composed!.promptHash,
  };
}
