import type { FinishedTurn, FinishTurnInput } from '@dramatis/activities/turn/turn-activities';
import { CancellationScope, setCurrentDetails } from '@temporalio/workflow';
import { enterPrepared, isCancelled, replyWithFallback, type TurnAccount } from './turn/reply-with-fallback.js';
import { TurnFailedError, turnFailureOf } from './turn/turn-failure.js';
import { prepareStepByStep, recallPrepared, turnSteps, type TurnInput } from './turn/turn-steps.js';

export type ConversationTurnInput = TurnInput;

/**
 * One turn. When all is well, it is answered at once; whatever that could not do is done step by step: prepared with patience,
 * asked of the next provider, corrected, stored. Ends in exactly one of completed, cancelled and failed, and whatever happened is
 * stored before it ends.
 */
export async function conversationTurn(input: ConversationTurnInput): Promise<FinishedTurn> {
  const account: TurnAccount = { turnId: input.turnId, steps: [] };
  try {
    return await reply(account, input);
  } catch (error) {
    if (!isCancelled(error)) return finish({ ...account, status: 'failed', failure: turnFailureOf(error) });
    if (!account.retrieved) enterPrepared(account, await recallPrepared(input));
    return finish({ ...account, status: 'cancelled' });
  }
}

async function reply(account: TurnAccount, input: ConversationTurnInput): Promise<FinishedTurn> {
  setCurrentDetails('Preparing, and waiting for the first provider of the route.');
  try {
    const answered = await turnSteps.answerTurn(input);
    if (answered.status) return answered;
    if (answered.prepared) return await replyWithFallback(account, answered.prepared, answered);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const failure = new TurnFailedError(turnFailureOf(error));
    return replyWithFallback(account, await turnSteps.prepareTurn(input), { failure });
  }
  setCurrentDetails('Reading the persona and searching its corpus, with patience.');
  return replyWithFallback(account, await prepareStepByStep(input));
}

/** What was said is stored even when the turn is being cancelled. */
function finish(ending: FinishTurnInput): Promise<FinishedTurn> {
  setCurrentDetails(`Storing the turn as ${ending.status}.`);
  return CancellationScope.nonCancellable(() => turnSteps.finishTurn(ending));
}
