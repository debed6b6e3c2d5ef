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
import { createRemoveKnowledge } from './remove-knowledge.js';

export type { IngestionDependencies } from './ingestion-dependencies.js';

/** Everything that the workflows of ingestion call. */
export function createIngestionActivities(dependencies: IngestionDependencies): IngestionActivities {
  return {
    ...createBeginIngestion(dependencies),
    ...createDiscoverDocuments(dependencies),
    ...createPendingDocuments(dependencies),
    ...createFetchDocument(dependencies),
    ...createPrepareDocument(dependencies),
    ...createDescribeRevision(dependencies),
    ...createIndexRevision(dependencies),
    ...createPublishCorpus(dependencies),
    ...createRemoveKnowledge(dependencies),
  };
}
