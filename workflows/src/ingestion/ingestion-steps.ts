import type { IngestionActivities } from '@dramatis/activities/ingestion/ingestion-activities';
import { ActivityCancellationType, proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** What was begun has ended before its workflow goes on, so that nothing writes when the next ingestion begins. */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** Without a heartbeat for so long a worker is dead, and another goes on. Heartbeats are a few seconds apart. */
const heartbeatTimeout = '15 seconds';

/** An outage of an hour delays an ingestion and does not fail it. */
const { openIngestion, beginIngestion, closeMissingDocuments, listPendingDocuments, leaveUndescribed, failDocument, checkCorpus, publishCorpus } =
  proxyActivities<IngestionActivities>({
    startToCloseTimeout: '10 minutes',
    scheduleToCloseTimeout: '1 hour',
    heartbeatTimeout,
    cancellationType,
    retry: patience,
  });

/** Tried until it succeeds: an ingestion without an end would keep its persona from every other. */
const { finishIngestion } = proxyActivities<IngestionActivities>({ startToCloseTimeout: '1 minute', heartbeatTimeout, retry: patience });

/**
 * The web is slow, hosts ask for pauses, and long documents take minutes. A dead worker is noticed by the missing heartbeat. How
 * often the web is asked again is up to the activity, which knows what went wrong.
 */
const { discoverDocuments, fetchDocument } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout,
  cancellationType,
  retry: { ...patience, initialInterval: '1 second' },
});

const { prepareDocument } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout,
  cancellationType,
  retry: { ...patience, maximumAttempts: 50 },
});

/**
 * A language model is asked a bounded number of times: each try asks each provider of the route at most once for each window, and only
 * for those that are not answered yet. Whoever stays away for long is gone without.
 */
const { describeRevision } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout,
  cancellationType,
  retry: { ...patience, initialInterval: '2 seconds', maximumAttempts: 4 },
});

/** The next worker goes on where the last one stopped. */
const { indexRevision, removeKnowledge } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout,
  cancellationType,
  retry: { ...patience, maximumAttempts: 50 },
});

export const ingestionSteps: IngestionActivities = {
  openIngestion,
  beginIngestion,
  discoverDocuments,
  listPendingDocuments,
  fetchDocument,
  prepareDocument,
  describeRevision,
  leaveUndescribed,
  indexRevision,
  failDocument,
  closeMissingDocuments,
  checkCorpus,
  publishCorpus,
  finishIngestion,
  removeKnowledge,
};
