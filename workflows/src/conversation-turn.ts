import type { FinishTurnInput, LoadedTurn, RetrievedPassages } from '@dramatis/activities/turn/turn-activities';
import type { TurnStatus } from '@dramatis/contracts/turn';
import { CancellationScope, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import { generateWithFallback } from './turn/generate-with-fallback.js';
import { turnFailureOf } from './turn/turn-failure.js';
import { turnSteps } from './turn/turn-steps.js';

export interface ConversationTurnInput {
  turnId: string;
}

/**
 * One turn: load and retrieve side by side, compose, generate, validate, save. Ends in exactly one of completed, cancelled
 * and failed, and whatever happened is stored before it ends.
 */
export async function conversationTurn({ turnId }: ConversationTurnInput): Promise<{ status: TurnStatus }> {
  const account: Omit<FinishTurnInput, 'status'> = { turnId, steps: [] };
  try {
    const [loaded, retrieved] = await prepare(account);
    const { judged, ...accepted } = await generateWithFallback({
      turnId,
      loaded,
      retrieved,
      steps: account.steps,
    });
    const { draftKey, step: _judged, ...verdicts } = judged;
    return await finish({ ...account, status: 'completed', draftKey, judged: verdicts, ...accepted });
  } catch (error) {
    // A step that failed by itself while it was being cancelled is no cancellation, but the turn is.
    if (isCancellation(error) || CancellationScope.current().consideredCancelled) return finish({ ...account, status: 'cancelled' });
    return finish({ ...account, status: 'failed', failure: turnFailureOf(error) });
  }
}

async function prepare(account: Omit<FinishTurnInput, 'status'>): Promise<[LoadedTurn, RetrievedPassages]> {
  const { turnId, steps } = account;
  setCurrentDetails('Reading the persona and searching its corpus.');
  const [loaded, retrieved] = await Promise.all([
    turnSteps.loadTurn({ turnId }),
    turnSteps.retrievePassages({ turnId }).catch(withoutPassages),
  ]);
  const { step: loadStep, personaVersion, corpusVersion } = loaded;
  const { step: retrieveStep, ...found } = retrieved;
  steps.push(loadStep, retrieveStep);
  account.loaded = { personaVersion, corpusVersion };
  account.retrieved = found;
  return [loaded, retrieved];
}

/** A reply without its passages is worth more than none; it is marked as ungrounded. */
function withoutPassages(error: unknown): RetrievedPassages {
  if (isCancellation(error)) throw error;
  const step = { step: 'retrieve' as const, startedAt: new Date().toISOString(), durationMs: 0, note: 'search is out of reach' };
  return { passages: [], grounded: false, ungroundedReason: 'search_unavailable', step };
}

/** What was said is stored even when the turn is being cancelled. */
function finish(ending: FinishTurnInput): Promise<{ status: TurnStatus }> {
  setCurrentDetails(`Storing the turn as ${ending.status}.`);
  return CancellationScope.nonCancellable(() => turnSteps.finishTurn(ending));
}
