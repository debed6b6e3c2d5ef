import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import { isWebSource } from '@dramatis/contracts/source';
import type { IngestionActivities, PendingDocument } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { isDescribed, isMadeAlike, isUndescribed } from './made-alike.js';
import { closeRevisions } from './unpublished.js';

type PendingActivities = Pick<IngestionActivities, 'listPendingDocuments' | 'failDocument' | 'closeMissingDocuments'>;

/** How many records one look at the database brings. */
const pageSize = 500;

export function createPendingDocuments(dependencies: IngestionDependencies): PendingActivities {
  const { documents, ingestions, sources, progress } = dependencies;

  /** Ends those whose bytes the corpus has already, made as they would be now; gives the others. */
  async function settleUnchanged({ ingestionId, personaId, targetVersion }: IngestionRun, records: IngestionDocumentRecord[]): Promise<IngestionDocumentRecord[]> {
    const stored = records.filter(({ sha256 }) => sha256 !== null);
    const open = await documents.findManyOpen(stored.map(({ documentId }) => documentId));
    const described = await isDescribed(dependencies, personaId);
    const unchanged = stored.flatMap((record) => {
      const former = open.get(record.documentId);
      const same = former !== undefined && former.validFrom !== targetVersion && former.rawSha256 === record.sha256 && isMadeAlike(former, record) && !(described && isUndescribed(former));
      return same ? [{ ingestionId, entryId: record.entryId, state: 'unchanged' as const, revisionId: former._id }] : [];
    });
    await ingestions.documents.settleMany(unchanged);
    const settled = new Set(unchanged.map(({ entryId }) => entryId));
    return records.filter(({ entryId }) => !settled.has(entryId));
  }

  return {
    listPendingDocuments: ({ ingestionId, limit, except }) =>
      withFailures(async () => {
        const run = await runOf(ingestions, ingestionId);
        await keepWithinLimit(run, except);
        const waiting: PendingDocument[] = [];
        while (waiting.length < limit) {
          const known = [...except, ...waiting.map(({ entryId }) => entryId)];
          const records = await ingestions.documents.pending(ingestionId, { limit: pageSize, except: known });
          const left = await settleUnchanged(run, records);
          waiting.push(
            ...left.slice(0, limit - waiting.length).map(({ entryId, documentId, title, objectKey }) => ({ entryId, documentId, title, fetch: objectKey === null })),
          );
          if (records.length < pageSize) break;
        }
        progress.changed(ingestionId);
        return { documents: waiting, counts: await ingestions.documents.counts(ingestionId) };
      }),

    failDocument: ({ ingestionId, entryId, reason, code }) =>
      withFailures(async () => {
        await ingestions.documents.settle({ ingestionId, entryId }, { state: 'failed', reason, code });
        progress.changed(ingestionId);
      }),

    closeMissingDocuments: ({ ingestionId }) =>
      withFailures(async () => {
        const run = await runOf(ingestions, ingestionId);
        const { sourceId, targetVersion } = run;
        if (run.retryOf === null) await sources.setDocumentCount(sourceId, (await ingestions.documents.counts(ingestionId)).discovered);
        if (!(await knowsAllDocuments(run))) return { closed: 0 };
        let closed = 0;
        const all = await documents.openOfSource(sourceId);
        for (let start = 0; start < all.length; start += pageSize) {
          const open = all.slice(start, start + pageSize);
          // What is a duplicate now has its passages elsewhere.
          const listed = await ingestions.documents.listed(ingestionId, open.map(({ documentId }) => documentId));
          const missing = open.filter(({ documentId, validFrom }) => !listed.has(documentId) && validFrom < targetVersion);
          await closeRevisions(dependencies, run.personaId, missing.map(({ _id }) => _id), targetVersion);
          closed += missing.length;
        }
        return { closed };
      }),
  };

  /**
   * Pages that are fetched at once each add links without knowing of the others', so that together they may find more than the source
   * takes. Here one asks at a time, and nothing is taken up that was not listed here.
   */
  async function keepWithinLimit({ ingestionId, sourceId }: IngestionRun, except: readonly string[]): Promise<void> {
    const source = await sources.findHead(sourceId);
    if (source?.kind === 'site') await ingestions.documents.removeBeyond(ingestionId, { most: source.settings!.maxPages, except });
  }

  /**
   * Whether what the run has not met is gone: not when it looked at failures only; not for feeds, which forget their older entries;
   * and not when pages of the web failed, since other pages are only found by them.
   */
  async function knowsAllDocuments({ ingestionId, sourceId, retryOf }: IngestionRun): Promise<boolean> {
    const { kind, removed } = await sources.getHead(sourceId);
    if (removed) return true;
    if (retryOf !== null || kind === 'feed') return false;
    return !isWebSource(kind) || (await ingestions.documents.counts(ingestionId)).failed === 0;
  }
}
