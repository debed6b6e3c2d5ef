import { setTimeout as delay } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';

/** Code of a check that has found a difference, which is another thing than a check that could not be made. */
const checkFailed = 'corpus_check_failed';
/** Between one look and the next, in milliseconds: what differs may still come together, but not after long. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Checks, and looks again a few times while the check finds a difference. What keeps it from looking, as an outage does, passes
 * through at once, to be waited for as long as it lasts. @throws ApplicationFailure corpus_check_failed, not to be tried again
 */
export async function checkAgain<T>(check: () => Promise<T>, waits: readonly number[] = waitsMs): Promise<T> {
  const [waitMs, ...later] = waits;
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof ApplicationFailure) || error.type !== checkFailed) throw error;
    if (waitMs === undefined) throw ApplicationFailure.nonRetryable(error.message, checkFailed);
    await delay(waitMs);
    return checkAgain(check, later);
  }
}
