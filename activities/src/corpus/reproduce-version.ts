import type { ReproductionDifference } from '@dramatis/contracts/lineage';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { ObjectStoreError } from '@dramatis/object-store/port';
import { Context } from '@temporalio/activity';
import { withFailures } from '../ingestion/ingestion-failure.js';
import type { CorpusActivities } from './corpus-activities.js';
import type { CorpusDependencies } from './corpus-dependencies.js';
import { readRevision } from './read-revision.js';
import { chain, rebuildRevision } from './rebuild-revision.js';

type ReproduceActivities = Pick<CorpusActivities, 'reproduceDocuments' | 'finishReproduction'>;

export function createReproduceVersion(dependencies: CorpusDependencies): ReproduceActivities {
  const { versions, contents, objects, reproductions } = dependencies;

  /** What stands in the way of reading the raw object, or null and what it says. */
  async function read(revision: DocumentRevision): Promise<Awaited<ReturnType<typeof readRevision>> | ReproductionDifference> {
    const about = { documentId: revision.documentId, title: revision.title, passageId: null, recorded: revision.rawSha256, rebuilt: null };
    try {
      return await readRevision(dependencies, revision, await objects.get(revision.objectKey), Context.current().cancellationSignal);
    } catch (error) {
      if (error instanceof ObjectStoreError && error.code === 'not_found') return { ...about, kind: 'raw_missing', reason: 'Its raw object is gone.' };
      if (error instanceof ObjectStoreError && error.code === 'corrupted') return { ...about, kind: 'raw_corrupted', reason: error.message };
      if (error instanceof ObjectStoreError || Context.current().cancellationSignal.aborted || isRetryable(error)) throw error;
      return { ...about, kind: 'unreadable', reason: error instanceof Error ? error.message : 'It cannot be read any more.' };
    }
  }

  return {
    reproduceDocuments: ({ reproductionId, personaId, version, afterId, limit, chains }) =>
      withFailures(async () => {
        await versions.requireAvailable(personaId, version);
        const page = await contents.revisionsAt(personaId, version, { afterId, limit });
        const counts = { documents: { total: 0, identical: 0, different: 0 }, passages: { total: 0, identical: 0, different: 0 }, differences: 0 };
        let { rebuilt: rebuiltHash, recorded: recordedHash } = chains;
        for (const revision of page) {
          Context.current().heartbeat();
          const stored = await contents.passagesOf(revision._id);
          const said = await read(revision);
          const made = 'kind' in said ? { passages: [], differences: [said], identical: 0 } : rebuildRevision(revision, said, stored);
          rebuiltHash = chain(rebuiltHash, made.passages);
          recordedHash = chain(recordedHash, stored);
          await reproductions.keep(reproductionId, revision._id, made.differences);
          counts.documents.total += 1;
          counts.documents[made.differences.length === 0 ? 'identical' : 'different'] += 1;
          counts.passages.total += stored.length;
          counts.passages.identical += made.identical;
          counts.passages.different += stored.length - made.identical;
          counts.differences += made.differences.length;
        }
        return { lastId: page.at(-1)?._id ?? null, ...counts, chains: { rebuilt: rebuiltHash, recorded: recordedHash } };
      }),

    finishReproduction: ({ reproductionId, ...ending }) => withFailures(() => reproductions.finish(reproductionId, ending)),
  };
}

function isRetryable(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'retryable' in error && error.retryable === true;
}
