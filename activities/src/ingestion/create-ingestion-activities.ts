import { createDescribeRevision } from '../enrichment/describe-revision.js';
import { createBeginIngestion } from './begin-ingestion.js';
import { createDiscoverDocuments } from './discover-documents.js';
import { createFetchDocument } from './fetch-document.js';
import { createIndexRevision } from './index-revision.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { createPendingDocuments } from './pending-documents.js';
import { createPrepareDocument } from './prepare-document.js';
import { createPublishCorpus } from './publish-corpus.js';
import { keptAlive } from './keep-alive.js';
import { createRemoveKnowledge } from './remove-knowledge.js';

export type { IngestionDependencies } from './ingestion-dependencies.js';

/** Everything that the workflows of ingestion call. All of them heartbeat, so that each is soon with another worker when its own dies. */
export function createIngestionActivities(dependencies: IngestionDependencies): IngestionActivities {
  const { openIngestion, beginIngestion } = createBeginIngestion(dependencies);
  const { listPendingDocuments, failDocument, closeMissingDocuments } = createPendingDocuments(dependencies);
  const { checkCorpus, publishCorpus, finishIngestion } = createPublishCorpus(dependencies);
  const { leaveUndescribed, describeRevision } = createDescribeRevision(dependencies);
  return {
    openIngestion: keptAlive(openIngestion),
    beginIngestion: keptAlive(beginIngestion),
    ...createDiscoverDocuments(dependencies),
    listPendingDocuments: keptAlive(listPendingDocuments),
    failDocument: keptAlive(failDocument),
    closeMissingDocuments: keptAlive(closeMissingDocuments),
    ...createFetchDocument(dependencies),
    ...createPrepareDocument(dependencies),
    describeRevision,
    leaveUndescribed: keptAlive(leaveUndescribed),
    ...createIndexRevision(dependencies),
    checkCorpus: keptAlive(checkCorpus),
    publishCorpus: keptAlive(publishCorpus),
    finishIngestion: keptAlive(finishIngestion),
    ...createRemoveKnowledge(dependencies),
  };
}
