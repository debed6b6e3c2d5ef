import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { EmbeddingSpace } from '../retrieval/embedding-spaces.js';
import { embedPassages } from './embed-passages.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { assertNoneRefused, withFailures } from './ingestion-failure.js';
import { StepLog } from './step-log.js';
import { closeRevisions } from './unpublished.js';

/** Passages between two heartbeats: about a second's work of the built-in embedder. */
export const indexBatchSize = 16;

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

  async function indexAll(space: EmbeddingSpace, revisionId: string, total: number): Promise<number> {
    const { heartbeat, cancellationSignal, info } = activityContext();
    let indexed = typeof info.heartbeatDetails === 'number' ? info.heartbeatDetails : 0;
    heartbeat(indexed);
    try {
      while (indexed < total) {
        const written = await indexBatch(space, revisionId, indexed, cancellationSignal);
        if (written === 0) throw ApplicationFailure.retryable(`Passages of revision ${revisionId} are missing.`, 'not_found');
        indexed += written;
        heartbeat(indexed);
      }
    } catch (error) {
      // The clients' own abort errors are not taken for a cancellation.
      cancellationSignal.throwIfAborted();
      throw error;
    }
    return indexed;
  }

  return {
    indexRevision: ({ ingestionId, entryId, revisionId }) =>
      withFailures(async () => {
        const ref = { ingestionId, entryId };
        const revision = await documents.getHead(revisionId);
        if (!revision) throw ApplicationFailure.nonRetryable(`There is no revision ${revisionId}.`, 'not_found');
        const space = await spaces.of(revision.personaId);
        const log = new StepLog(ingestions.documents, ref);
        const indexed = await log.keeping('embed', async () => {
          const count = await log.step('embed', () => indexAll(space, revisionId, revision.passages), (written) => (written === 1 ? '1 passage' : `${written} passages`));
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
      }),
  };
}

function activityContext(): Pick<Context, 'heartbeat' | 'cancellationSignal' | 'info'> {
  const context = Context.current();
  return { heartbeat: (details) => context.heartbeat(details), cancellationSignal: context.cancellationSignal, info: context.info };
}
