import { ApplicationFailure } from '@temporalio/common';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { assertNoneRefused, withFailures } from './ingestion-failure.js';
import { keepAlive } from './keep-alive.js';

/** Passages that go at once. */
const pageSize = 1_000;

export function createRemoveKnowledge(dependencies: IngestionDependencies): Pick<IngestionActivities, 'removeKnowledge'> {
  const { sources, documents, passages, ingestions, webPages, spaces, answers } = dependencies;
  return {
    removeKnowledge: ({ personaId }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          if ((await ingestions.findRunning(personaId)) !== null) {
            throw ApplicationFailure.retryable('An ingestion of the persona is still ending.', 'ingestion_in_progress');
          }
          // A write to an index that is not there would make one without its mapping.
          for (const { passageIndex } of spaces.all()) await passageIndex.ensure();
          let removed = 0;
          // The index first, so that the database knows what is left until the index is clean.
          for (let ids = await passages.pageOfPersona(personaId, { limit: pageSize }); ids.length > 0; ids = await passages.pageOfPersona(personaId, { limit: pageSize })) {
            for (const { passageIndex } of spaces.all()) assertNoneRefused((await passageIndex.deletePassages(ids, { signal })).failures);
            await passages.delete(ids);
            removed += ids.length;
          }
          await documents.deleteOfPersona(personaId);
          await answers.deleteOfPersona(personaId);
          for (const sourceId of await sources.idsOfPersona(personaId)) {
            await webPages.deleteOfSource(sourceId);
            await sources.delete(sourceId);
          }
          await ingestions.deleteOfPersona(personaId);
          return { passages: removed };
        }),
      ),
  };
}
