import type { EmbeddingSwitchActivities } from '@dramatis/activities/embedding-switch/embedding-switch-activities';
import { ActivityCancellationType, proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** What was begun has ended before its workflow goes on, so that nothing writes while it is taken back. */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** Without a heartbeat for so long a worker is dead, and another goes on. */
const heartbeatTimeout = '15 seconds';

const { beginSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '15 minutes',
  heartbeatTimeout,
  cancellationType,
  retry: patience,
});

/** A difference ends it; an outage of an hour only delays it. */
const { checkSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout,
  cancellationType,
  retry: patience,
});

/** Hours for a large corpus. The next worker goes on where the last one stopped. */
const { embedPassagesAgain } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '12 hours',
  scheduleToCloseTimeout: '24 hours',
  heartbeatTimeout,
  cancellationType,
  retry: { ...patience, maximumInterval: '1 minute', maximumAttempts: 200 },
});

/** Tried until they succeed: a switch without an end would keep its persona from every ingestion. */
const { moveToEmbedder, clearFormerIndex, abandonSwitch, finishSwitch } = proxyActivities<EmbeddingSwitchActivities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout,
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
