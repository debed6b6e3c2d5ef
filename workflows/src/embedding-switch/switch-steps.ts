import type { EmbeddingSwitchActivities } from '@dramatis/activities/embedding-switch/embedding-switch-activities';
import { ActivityCancellationType, proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** What was begun has ended before its workflow goes on, so that nothing writes while it is taken back. */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

const { beginSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '15 minutes',
  cancellationType,
  retry: patience,
});

/** Counts that differ may still come together, but not after long. */
const { checkSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '10 minutes',
  cancellationType,
  retry: { ...patience, maximumAttempts: 6 },
});

/** Hours for a large corpus. A dead worker is noticed by the missing heartbeat, and the next goes on where it stopped. */
const { embedPassagesAgain } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '12 hours',
  scheduleToCloseTimeout: '24 hours',
  heartbeatTimeout: '30 seconds',
  cancellationType,
  retry: { ...patience, maximumInterval: '1 minute', maximumAttempts: 200 },
});

/** Tried until they succeed: a switch without an end would keep its persona from every ingestion. */
const { moveToEmbedder, clearFormerIndex, abandonSwitch, finishSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '10 minutes',
  retry: patience,
});

export const switchSteps: EmbeddingSwitchActivities = {
  beginSwitch,
  embedPassagesAgain,
  checkSwitch,
  moveToEmbedder,
  clearFormerIndex,
  abandonSwitch,
  finishSwitch,
};
