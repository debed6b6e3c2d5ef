import { documentIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { DiscoveredDocument } from '@dramatis/database/knowledge/ingestion-repository';
import type { SourceItem } from '@dramatis/database/knowledge/source-repository';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { runOf } from './ingestion-run.js';
import { withFailures } from './ingestion-failure.js';
import { closeRevisions, restorePublished } from './unpublished.js';

type BeginActivities = Pick<IngestionActivities, 'beginIngestion' | 'closeMissingDocuments' | 'listPendingDocuments'>;

export function createBeginIngestion(dependencies: IngestionDependencies): BeginActivities {
  const { sources, documents, ingestions, spaces } = dependencies;
  return {
    beginIngestion: ({ ingestionId }) =>
      withFailures(async () => {
        const { sourceId, personaId, targetVersion } = await ingestions.getRecord(ingestionId);
        await (await spaces.of(personaId)).passageIndex.ensure();
        const source = await sources.getRecord(sourceId);
        if (targetVersion === null) {
          const publishedVersion = await ingestions.publishedVersion(personaId);
          await restorePublished(dependencies, personaId, publishedVersion);
          // After a rollback, numbers that were published once are not given to another content.
          const highest = await ingestions.highestPublished(personaId);
          await ingestions.setVersions(ingestionId, { publishedVersion, targetVersion: Math.max(publishedVersion, highest) + 1 });
        }
        await ingestions.addDocuments(ingestionId, discover(sourceId, source.documents));
        await sources.setLastIngestion(sourceId, ingestionId);
        const run = await runOf(ingestions, ingestionId);
        return { personaId, sourceId, targetVersion: run.targetVersion, discovered: source.documents.length };
      }),

    closeMissingDocuments: ({ ingestionId }) =>
      withFailures(async () => {
        const { sourceId, personaId, targetVersion } = await runOf(ingestions, ingestionId);
        // What is a duplicate now has its passages elsewhere.
        const listed = (await ingestions.documents(ingestionId)).filter(({ state }) => state !== 'duplicate');
        const kept = new Set(listed.map(({ documentId }) => documentId));
        const open = await documents.listOpenOfSource(sourceId);
        const missing = open.filter(({ documentId, validFrom }) => !kept.has(documentId) && validFrom < targetVersion);
        await closeRevisions(dependencies, personaId, missing.map(({ _id }) => _id), targetVersion);
        return { closed: missing.length };
      }),

    listPendingDocuments: ({ ingestionId, afterOrdinal, limit }) =>
      withFailures(async () => {
        const pending = await ingestions.pendingDocuments(ingestionId, { afterOrdinal, limit });
        return { documents: pending.map(({ documentId, title, ordinal }) => ({ documentId, title, ordinal })) };
      }),
  };
}

/** Gives the source's documents their ids, and sees which are the same bytes as one before. */
function discover(sourceId: string, items: readonly SourceItem[]): DiscoveredDocument[] {
  const occurrences = new Map<string, number>();
  const firstTitles = new Map<string, string>();
  return items.map(({ title, contentType, objectKey, sha256 }, ordinal) => {
    const occurrence = occurrences.get(title) ?? 0;
    occurrences.set(title, occurrence + 1);
    const content = `${contentType} ${sha256}`;
    const first = firstTitles.get(content);
    if (first === undefined) firstTitles.set(content, title);
    return {
      ordinal,
      documentId: documentIdOf(sourceId, title, occurrence),
      title,
      contentType,
      objectKey,
      sha256,
      state: first === undefined ? null : 'duplicate',
      reason: first === undefined ? null : duplicateReason(first),
    };
  });
}

export function duplicateReason(title: string): string {
  return `It says the same as “${title}”.`;
}
