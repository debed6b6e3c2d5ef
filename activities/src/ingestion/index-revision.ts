import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { EmbeddingSpace } from '../retrieval/embedding-spaces.js';
import { embeddingTextOf } from './cut-document.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { assertNoneRefused, withFailures } from './ingestion-failure.js';
import { closeRevisions } from './unpublished.js';

/** Passages between two heartbeats: about a second's work of the built-in embedder. */
const batchSize = 8;

type IndexActivities = Pick<IngestionActivities, 'indexRevision' | 'completeDocument' | 'failDocument'>;

export function createIndexRevision(dependencies: IngestionDependencies): IndexActivities {
  const { documents, passages, ingestions, spaces } = dependencies;

  /** Embeds and writes one batch. Vectors go from the embedder to the index and nowhere else. */
  async function indexBatch({ embedder, passageIndex }: EmbeddingSpace, revisionId: string, fromOrdinal: number, signal: AbortSignal): Promise<number> {
    const batch = await passages.listOfRevision(revisionId, { fromOrdinal, limit: batchSize });
    if (batch.length === 0) return 0;
    const vectors = await embedder.embed(batch.map(embeddingTextOf), { signal });
    const items = batch.map((passage, i) => ({ passage, vector: vectors[i]! }));
    assertNoneRefused((await passageIndex.bulkWrite(items, { signal })).failures);
    return batch.length;
  }

  return {
    indexRevision: ({ revisionId }) =>
      withFailures(async () => {
        const { heartbeat, cancellationSignal, info } = activityContext();
        const revision = await documents.get(revisionId);
        if (!revision) throw ApplicationFailure.nonRetryable(`There is no revision ${revisionId}.`, 'not_found');
        const space = await spaces.of(revision.personaId);
        let indexed = typeof info.heartbeatDetails === 'number' ? info.heartbeatDetails : 0;
        heartbeat(indexed);
        try {
          while (indexed < revision.passages) {
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
        return { indexed };
      }),

    completeDocument: ({ ingestionId, documentId, revisionId }) =>
      withFailures(async () => {
        const revision = await documents.get(revisionId);
        if (!revision) throw ApplicationFailure.nonRetryable(`There is no revision ${revisionId}.`, 'not_found');
        const former = await documents.findOpenBefore(documentId, revision.validFrom);
        await closeRevisions(dependencies, revision.personaId, former.map(({ _id }) => _id), revision.validFrom);
        await documents.markComplete(revisionId);
        await ingestions.settleDocument(ingestionId, documentId, { state: 'indexed', passages: revision.passages });
      }),

    failDocument: ({ ingestionId, documentId, reason }) =>
      withFailures(() => ingestions.settleDocument(ingestionId, documentId, { state: 'failed', reason })),
  };
}

function activityContext(): Pick<Context, 'heartbeat' | 'cancellationSignal' | 'info'> {
  const context = Context.current();
  return { heartbeat: (details) => context.heartbeat(details), cancellationSignal: context.cancellationSignal, info: context.info };
}
