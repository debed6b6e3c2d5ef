import { createBeginIngestion } from './begin-ingestion.js';
import { createIndexRevision } from './index-revision.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { createPrepareDocument } from './prepare-document.js';
import { createPublishCorpus } from './publish-corpus.js';

export type { IngestionDependencies } from './ingestion-dependencies.js';

/** Everything that the workflows of ingestion call. */
export function createIngestionActivities(dependencies: IngestionDependencies): IngestionActivities {
  return {
    ...createBeginIngestion(dependencies),
    ...createPrepareDocument(dependencies),
    ...createIndexRevision(dependencies),
    ...createPublishCorpus(dependencies),
  };
}
