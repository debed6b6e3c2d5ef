import { openEnded } from '@dramatis/contracts/knowledge';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { assertNoneRefused } from './ingestion-failure.js';

type Dependencies = Pick<IngestionDependencies, 'documents' | 'passages' | 'spaces'>;

/*
 * The order of writes makes every step repeatable after a crash. Writing and closing go to MongoDB first, so that it knows of
 * all that the index may hold; taking back goes to the index first, so that MongoDB knows until the index is clean.
 */

/** Takes back all that was written or closed under versions that are not published. */
export async function restorePublished(dependencies: Dependencies, personaId: string, publishedVersion: number): Promise<void> {
  const { documents, passages, spaces } = dependencies;
  const { passageIndex } = await spaces.of(personaId);
  const brought = await passages.idsBroughtAfter(personaId, publishedVersion);
  assertNoneRefused((await passageIndex.deletePassages(brought)).failures);
  await passages.delete(brought);
  await documents.delete(await documents.idsBroughtAfter(personaId, publishedVersion));

  const closed = await passages.idsClosedAfter(personaId, publishedVersion);
  assertNoneRefused((await passageIndex.closePassages(closed, openEnded)).failures);
  await passages.setValidTo(closed, openEnded);
  await documents.setValidTo(await documents.idsClosedAfter(personaId, publishedVersion), openEnded);
}

/** Takes back revisions whose passages did not all reach the index. */
export async function discardUnfinished(dependencies: Dependencies, personaId: string, targetVersion: number): Promise<void> {
  const { documents, passages, spaces } = dependencies;
  const { passageIndex } = await spaces.of(personaId);
  const unfinished = await documents.idsUnfinished(personaId, targetVersion);
  if (unfinished.length === 0) return;
  const ids = await passages.idsOfRevisions(unfinished);
  assertNoneRefused((await passageIndex.deletePassages(ids)).failures);
  await passages.delete(ids);
  await documents.delete(unfinished);
}

/** Ends revisions and their passages with the version before `validTo`. */
export async function closeRevisions(dependencies: Dependencies, personaId: string, revisionIds: readonly string[], validTo: number): Promise<void> {
  if (revisionIds.length === 0) return;
  const { documents, passages, spaces } = dependencies;
  const { passageIndex } = await spaces.of(personaId);
  const ids = await passages.idsOfRevisions(revisionIds);
  await passages.setValidTo(ids, validTo);
  assertNoneRefused((await passageIndex.closePassages(ids, validTo)).failures);
  await documents.setValidTo(revisionIds, validTo);
}
