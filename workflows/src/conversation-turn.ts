import type { FinishedTurn, FinishTurnInput, PreparedTurn } from '@dramatis/activities/turn/turn-activities';
import { CancellationScope, setCurrentDetails } from '@temporalio/workflow';
import { isCancelled, replyWithFallback, type TurnAccount } from './turn/reply-with-fallback.js';
import { turnFailureOf } from './turn/turn-failure.js';
import { turnSteps } from './turn/turn-steps.js';

export interface ConversationTurnInput {
  turnId: string;
  /** Saves a read. */
  conversationId?: string;
}

/**
 * One turn: load and retrieve side by side, compose, generate, validate, save. Ends in exactly one of completed, cancelled
 * and failed, and whatever happened is stored before it ends.
 */
export async function conversationTurn(input: ConversationTurnInput): Promise<FinishedTurn> {
  const account: TurnAccount = { turnId: input.turnId, steps: [] };
  try {
    return await replyWithFallback(account, await prepare(account, input));
  } catch (error) {
    if (isCancelled(error)) return finish({ ...account, status: 'cancelled' });
    return finish({ ...account, status: 'failed', failure: turnFailureOf(error) });
  }
}

async function prepare(account: TurnAccount, input: ConversationTurnInput): Promise<PreparedTurn> {
  setCurrentDetails('Reading the persona and searching its corpus.');
  const prepared = await turnSteps.prepareTurn(input);
  const { loaded, retrieved } = prepared;
  const { passages, grounded, ungroundedReason } = retrieved;
  account.steps.push(loaded.step, retrieved.step);
  account.retrieved = { passages, grounded, ungroundedReason };
  return prepared;
}

/** What was said is stored even when the turn is being cancelled. */
function finish(ending: FinishTurnInput): Promise<FinishedTurn> {
  setCurrentDetails(`Storing the turn as ${ending.status}.`);
  return CancellationScope.nonCancellable(() => turnSteps.finishTurn(ending));
}
