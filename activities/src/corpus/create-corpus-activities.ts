import { createDescribeVersion } from '../enrichment/describe-version.js';
import { createPublishVersion } from './check-version.js';
import { createCollectGarbage } from './collect-garbage.js';
import type { CorpusActivities } from './corpus-activities.js';
import type { CorpusDependencies } from './corpus-dependencies.js';
import { createProfileVersion } from './profile-version.js';
import { createReproduceVersion } from './reproduce-version.js';

export type { CorpusDependencies } from './corpus-dependencies.js';

/** Everything that the workflows on corpus versions call. */
export function createCorpusActivities(dependencies: CorpusDependencies): CorpusActivities {
  return {
    ...createPublishVersion(dependencies),
    ...createProfileVersion(dependencies),
    ...createDescribeVersion(dependencies),
    ...createCollectGarbage(dependencies),
    ...createReproduceVersion(dependencies),
  };
}
