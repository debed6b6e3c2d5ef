import type { IngestionActivities } from '@dramatis/activities/ingestion/ingestion-activities';
import { ActivityCancellationType, proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** What was begun has ended before its workflow goes on, so that nothing writes when the next ingestion begins. */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** An outage of a quarter of an hour delays an ingestion and does not fail it. */
const { openIngestion, beginIngestion, closeMissingDocuments, listPendingDocuments, leaveUndescribed, failDocument, publishCorpus } =
  proxyActivities<IngestionActivities>({
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '15 minutes',
    cancellationType,
    retry: patience,
  });

/** Counts that differ may still come together, but not after long. */
const { checkCorpus } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '6 minutes',
  retry: { ...patience, maximumAttempts: 6 },
});

/** Tried until it succeeds: an ingestion without an end would keep its persona from every other. */
const { finishIngestion } = proxyActivities<IngestionActivities>({ startToCloseTimeout: '30 seconds', retry: patience });

/**
 * The web is slow, hosts ask for pauses, and long documents take minutes. A dead worker is noticed by the missing heartbeat. How
 * often the web is asked again is up to the activity, which knows what went wrong.
 */
const { discoverDocuments, fetchDocument } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 seconds',
  cancellationType,
  retry: { ...patience, initialInterval: '1 second' },
});

const { prepareDocument } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '10 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
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
  heartbeatTimeout: '30 seconds',
  cancellationType,
  retry: { ...patience, initialInterval: '2 seconds', maximumAttempts: 4 },
});

/** The next worker goes on where the last one stopped. */
const { indexRevision, removeKnowledge } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 seconds',
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
