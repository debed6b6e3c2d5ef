import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { EmbeddingSpace } from '../retrieval/embedding-spaces.js';
import { embedPassages } from './embed-passages.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { assertNoneRefused, withFailures } from './ingestion-failure.js';
import { keepAlive } from './keep-alive.js';
import { StepLog } from './step-log.js';
import { closeRevisions } from './unpublished.js';

/** Passages that are embedded and written at once: about a second's work of the built-in embedder. */
export const indexBatchSize = 16;

/** How many passages of the revision the index has; the next try begins there. */
interface Progressed {
  indexed: number;
}

export function createIndexRevision(dependencies: IngestionDependencies): Pick<IngestionActivities, 'indexRevision'> {
  const { documents, passages, ingestions, spaces, progress } = dependencies;

  /** Embeds and writes one batch. Vectors go from the embedder to the index and nowhere else. */
  async function indexBatch({ embedder, passageIndex }: EmbeddingSpace, revisionId: string, fromOrdinal: number, signal: AbortSignal): Promise<number> {
    const batch = await passages.listOfRevision(revisionId, { fromOrdinal, limit: Math.min(indexBatchSize, embedder.maxBatch) });
    if (batch.length === 0) return 0;
    const items = await embedPassages(embedder, batch, { signal });
    assertNoneRefused((await passageIndex.bulkWrite(items, { signal })).failures);
    return batch.length;
  }

  async function indexAll(space: EmbeddingSpace, revisionId: string, total: number, progressed: Progressed, signal: AbortSignal): Promise<number> {
    while (progressed.indexed < total) {
      const written = await indexBatch(space, revisionId, progressed.indexed, signal);
      if (written === 0) throw ApplicationFailure.retryable(`Passages of revision ${revisionId} are missing.`, 'not_found');
      progressed.indexed += written;
      Context.current().heartbeat(progressed.indexed);
    }
    return progressed.indexed;
  }

  return {
    indexRevision: ({ ingestionId, entryId, revisionId }) => {
      const heartbeatDetails: unknown = Context.current().info.heartbeatDetails;
      const progressed: Progressed = { indexed: typeof heartbeatDetails === 'number' ? heartbeatDetails : 0 };
      const index = async (signal: AbortSignal): Promise<{ indexed: number }> => {
        const ref = { ingestionId, entryId };
        const revision = await documents.getHead(revisionId);
        if (!revision) throw ApplicationFailure.nonRetryable(`There is no revision ${revisionId}.`, 'not_found');
        const space = await spaces.of(revision.personaId);
        const log = new StepLog(ingestions.documents, ref);
        const indexed = await log.keeping('embed', async () => {
          const embed = () => indexAll(space, revisionId, revision.passages, progressed, signal);
          const count = await log.step('embed', embed, (written) => (written === 1 ? '1 passage' : `${written} passages`));
          await log.step('index', async () => {
            const former = await documents.findOpenBefore(revision.documentId, revision.validFrom);
            await closeRevisions(dependencies, revision.personaId, former.map(({ _id }) => _id), revision.validFrom);
            await documents.markComplete(revisionId);
          });
          log.settle({ state: 'indexed', passages: revision.passages, revisionId });
          return count;
        });
        progress.changed(ingestionId);
        return { indexed };
      };
      return withFailures(() => keepAlive(index, () => progressed.indexed));
    },
  };
}
