import { DomainError } from '@dramatis/contracts/errors';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { runOf } from './ingestion-run.js';
import { restorePublished } from './unpublished.js';

type BeginActivities = Pick<IngestionActivities, 'openIngestion' | 'beginIngestion'>;

export function createBeginIngestion(dependencies: IngestionDependencies): BeginActivities {
  const { sources, ingestions, versions, spaces } = dependencies;
  return {
    openIngestion: ({ sourceId }) =>
      withFailures(async () => {
        const source = await sources.findHead(sourceId);
        if (source === null || source.removed) return { ingestionId: null, reason: 'The source is gone.' };
        const { personaId, name: sourceName, publish } = source;
        try {
          const { ingestionId } = await ingestions.start({ sourceId, personaId, sourceName, publish, trigger: 'schedule' });
          await sources.setLastIngestion(sourceId, ingestionId);
          return { ingestionId, reason: null };
        } catch (error) {
          if (!(error instanceof DomainError && error.code === 'ingestion_in_progress')) throw error;
          // An earlier try may have made the record and died before it could say so.
          const running = await ingestions.findRunning(personaId);
          const isOurs = running?.sourceId === sourceId && running.trigger === 'schedule' && running.targetVersion === null;
          return isOurs ? { ingestionId: running._id, reason: null } : { ingestionId: null, reason: 'Another ingestion of the persona is at work.' };
        }
      }),

    beginIngestion: ({ ingestionId }) =>
      withFailures(async () => {
        const { sourceId, personaId, targetVersion } = await ingestions.getRecord(ingestionId);
        await (await spaces.of(personaId)).passageIndex.ensure();
        await sources.getHead(sourceId);
        if (targetVersion === null) {
          const published = await ingestions.publishedVersion(personaId);
          // A version that waits to be published is built upon, and not lost.
          const base = await versions.baseOf(personaId, published);
          // Before anything of them is taken back: nobody is to begin with what is about to go.
          await versions.discardAfter(personaId, base);
          await restorePublished(dependencies, personaId, base);
          // Numbers that were given once are not given to another content, also after a rollback.
          const highest = Math.max(await ingestions.highestBuilt(personaId), await versions.highest(personaId));
          await ingestions.setVersions(ingestionId, { publishedVersion: published, targetVersion: Math.max(base, highest) + 1 });
        }
        await sources.setLastIngestion(sourceId, ingestionId);
        const run = await runOf(ingestions, ingestionId);
        return { personaId, sourceId, targetVersion: run.targetVersion };
      }),
  };
}
