import type { CorpusVersionRecord } from '@dramatis/database/corpus/corpus-version-model';
import { assertNoneRefused, withFailures } from '../ingestion/ingestion-failure.js';
import { versionSubject } from '../enrichment/describer.js';
import type { CorpusActivities } from './corpus-activities.js';
import type { CorpusDependencies } from './corpus-dependencies.js';

type CollectActivities = Pick<CorpusActivities, 'planCollection' | 'listUnseenRevisions' | 'collectRevisions' | 'collectObjects'>;

export function createCollectGarbage(dependencies: CorpusDependencies): CollectActivities {
  const { versions, documents, passages, garbage, spaces, facts, profiles, graphs, objects, answers, retainedVersions } = dependencies;

  async function retainedOf(personaId: string): Promise<{ retained: number[]; dispensable: number[] }> {
    const records = await versions.records(personaId);
    // In this order: what is read last is what others may have moved meanwhile.
    const [inUse, publishedVersion] = [await versions.versionsInUse(personaId), await versions.publishedVersion(personaId)];
    return chooseRetained({ records, inUse, publishedVersion, keep: retainedVersions });
  }

  return {
    planCollection: ({ personaId }) =>
      withFailures(async () => {
        const { dispensable } = await retainedOf(personaId);
        await versions.setCollected(personaId, dispensable, true);
        // Who pins or rolls back moves first and looks for the mark then; so here the mark is set first, and looked again then.
        const [inUse, publishedVersion] = [await versions.versionsInUse(personaId), await versions.publishedVersion(personaId)];
        const wanted = dispensable.filter((version) => version === publishedVersion || inUse.includes(version));
        await versions.setCollected(personaId, wanted, false);
        const collected = dispensable.filter((version) => !wanted.includes(version));
        await Promise.all([profiles.delete(personaId, collected), graphs.delete(personaId, collected), answers.delete(personaId, collected.map(versionSubject))]);
        const { retained } = await retainedOf(personaId);
        return { retained, collected };
      }),

    listUnseenRevisions: ({ personaId, limit }) =>
      withFailures(async () => {
        const { retained } = await retainedOf(personaId);
        const unseen = await garbage.unseenRevisions(personaId, retained, limit);
        return { revisionIds: unseen.map(({ _id }) => _id), objectKeys: [...new Set(unseen.map(({ objectKey }) => objectKey))] };
      }),

    collectRevisions: ({ personaId, revisionIds }) =>
      withFailures(async () => {
        const { passageIndex } = await spaces.of(personaId);
        const ids = await passages.idsOfRevisions(revisionIds);
        if (ids.length > 0) assertNoneRefused((await passageIndex.deletePassages(ids)).failures);
        await passages.delete(ids);
        await facts.delete(revisionIds);
        await answers.delete(personaId, await documents.contentsOnlyOf(personaId, revisionIds));
        await documents.delete(revisionIds);
        return { revisions: revisionIds.length, passages: ids.length };
      }),

    collectObjects: ({ objectKeys }) =>
      withFailures(async () => {
        const unused = await garbage.unreferencedObjects(objectKeys);
        for (const key of unused) await objects.delete(key);
        return { objects: unused.length };
      }),
  };
}

/**
 * Which of the versions that are there stay: the published one with those before it, `keep` together, all that came after it, and
 * those in use. The others are dispensable.
 */
export function chooseRetained({
  records,
  inUse,
  publishedVersion,
  keep,
}: {
  records: readonly Pick<CorpusVersionRecord, 'version' | 'collectedAt' | 'discardedAt'>[];
  inUse: readonly number[];
  publishedVersion: number;
  keep: number;
}): { retained: number[]; dispensable: number[] } {
  const available = records
    .filter(({ collectedAt, discardedAt }) => collectedAt === null && discardedAt === null)
    .map(({ version }) => version)
    .sort((a, b) => b - a);
  const upToPublished = available.filter((version) => version <= publishedVersion).slice(0, keep);
  const waiting = available.filter((version) => version > publishedVersion);
  const retained = new Set([...waiting, ...upToPublished, publishedVersion, ...inUse]);
  return { retained: [...retained].sort((a, b) => b - a), dispensable: available.filter((version) => !retained.has(version)) };
}
