import { CancellationScope, isCancellation, setCurrentDetails, sleep } from '@temporalio/workflow';
import { switchSteps } from './embedding-switch/switch-steps.js';
import { reasonOf } from './ingestion/failure-reason.js';

export interface SwitchEmbedderInput {
  switchId: string;
  /** How long questions may still be asked of the former index after the move. Default 30,000. */
  graceMs?: number;
}

/**
 * Moves a persona to another embedder. All its passages are embedded again beside those that serve, checked, and then one field of the persona
 * decides. Until then nobody sees any of it: a switch that fails or is cancelled leaves the former embedder as it is. Its record holds the
 * place of the persona's one running ingestion, so that the passages do not change meanwhile.
 */
export async function switchEmbedder({ switchId, graceMs = 30_000 }: SwitchEmbedderInput): Promise<{ passages: number }> {
  try {
    const { passages } = await switchSteps.beginSwitch({ switchId });
    setCurrentDetails(`Embedding ${passages} passages again.`);
    await switchSteps.embedPassagesAgain({ switchId });
    setCurrentDetails('Checking that database and new index agree.');
    const checked = await switchSteps.checkSwitch({ switchId });
    // What is complete takes over even when a cancellation comes now.
    await CancellationScope.nonCancellable(() => takeOver(switchId, graceMs));
    setCurrentDetails(`The new embedder serves: ${checked.passages} passages.`);
    return checked;
  } catch (error) {
    const status = isCancellation(error) ? 'cancelled' : 'failed';
    const failure = status === 'failed' ? { failure: reasonOf(error) } : {};
    await CancellationScope.nonCancellable(() => switchSteps.abandonSwitch({ switchId, status, ...failure }));
    throw error;
  }
}

async function takeOver(switchId: string, graceMs: number): Promise<void> {
  await switchSteps.moveToEmbedder({ switchId });
  setCurrentDetails('The new embedder serves. The former index is cleared shortly.');
  await sleep(graceMs);
  await switchSteps.clearFormerIndex({ switchId });
  await switchSteps.finishSwitch({ switchId });
}
