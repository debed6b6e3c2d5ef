import type { IngestionActivities } from '@dramatis/activities/ingestion/ingestion-activities';
import { ActivityCancellationType, proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** What was begun has ended before its workflow goes on, so that nothing writes when the next ingestion begins. */
const cancellationType = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED;

/** An outage of a quarter of an hour delays an ingestion and does not fail it. */
const { beginIngestion, closeMissingDocuments, listPendingDocuments, prepareDocument, completeDocument, failDocument, publishCorpus } =
  proxyActivities<IngestionActivities>({
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '15 minutes',
    cancellationType,
    retry: patience,
  });

/** Counts that differ may still come together, but not after long. */
const { checkCorpus } = proxyActivities<IngestionActivities>({
  startToCloseTimeout: '1 minute',
  scheduleToCloseTimeout: '5 minutes',
  retry: { ...patience, maximumAttempts: 6 },
});

/** Tried until it succeeds: an ingestion without an end would keep its persona from every other. */
const { finishIngestion } = proxyActivities<IngestionActivities>({ startToCloseTimeout: '30 seconds', retry: patience });

/** Long documents take minutes. A dead worker is noticed by the missing heartbeat, and the next goes on where it stopped. */
export const indexing = proxyActivities<Pick<IngestionActivities, 'indexRevision'>>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 seconds',
  cancellationType,
  retry: { ...patience, maximumAttempts: 50 },
});

/** The steps of an ingestion that take no longer than a request. */
export const ingestionSteps: Omit<IngestionActivities, 'indexRevision'> = {
  beginIngestion,
  closeMissingDocuments,
  listPendingDocuments,
  prepareDocument,
  completeDocument,
  failDocument,
  checkCorpus,
  publishCorpus,
  finishIngestion,
};
