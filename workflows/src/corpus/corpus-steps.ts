import type { CorpusActivities } from '@dramatis/activities/corpus/corpus-activities';
import { proxyActivities, type RetryPolicy } from '@temporalio/workflow';

const patience: RetryPolicy = { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' };

/** An operator waits for these: what cannot be done within a quarter of a minute is said. */
const { checkVersion, moveCorpus } = proxyActivities<CorpusActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { ...patience, maximumAttempts: 4 },
});

/** Nobody waits for these, and an outage of an hour only delays them. */
const { planCollection, listUnseenRevisions, collectRevisions, collectObjects, finishReproduction, leaveVersionUndescribed } = proxyActivities<CorpusActivities>({
  startToCloseTimeout: '2 minutes',
  scheduleToCloseTimeout: '1 hour',
  retry: patience,
});

const { profileVersion, reproduceDocuments } = proxyActivities<CorpusActivities>({
  startToCloseTimeout: '30 minutes',
  scheduleToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  retry: { ...patience, maximumAttempts: 10 },
});

/** A language model that stays away is gone without. */
const { describeVersion } = proxyActivities<CorpusActivities>({
  startToCloseTimeout: '15 minutes',
  scheduleToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { ...patience, initialInterval: '2 seconds', maximumAttempts: 4 },
});

export const corpusSteps: CorpusActivities = {
  checkVersion,
  moveCorpus,
  profileVersion,
  describeVersion,
  leaveVersionUndescribed,
  planCollection,
  listUnseenRevisions,
  collectRevisions,
  collectObjects,
  reproduceDocuments,
  finishReproduction,
};
