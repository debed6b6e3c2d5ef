import { DomainError } from '@dramatis/contracts/errors';
import type { Passage } from '@dramatis/contracts/knowledge';
import type { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { splitSentences } from '@dramatis/text/sentences';
import { ApplicationFailure } from '@temporalio/common';
import { embedPassages } from '../ingestion/embed-passages.js';
import { withFailures } from '../ingestion/ingestion-failure.js';
import type { EmbeddingSpace } from '../retrieval/embedding-spaces.js';
import type { CorpusActivities } from './corpus-activities.js';
import type { CorpusDependencies } from './corpus-dependencies.js';

/** Passages that are looked for before a version is published. */
const sampleSize = 3;
/** Among how many hits, by vector or by words, a passage must be found with its own words. */
const sampleCandidates = 20;

/** How many passages database and index agree on. @throws ApplicationFailure corpus_check_failed */
async function requireCountsAgree({ passageIndex }: EmbeddingSpace, passages: PassageRepository, personaId: string, version: number): Promise<number> {
  await passageIndex.refresh();
  const [stored, indexed] = await Promise.all([passages.countAt(personaId, version), passageIndex.count(personaId, version)]);
  if (stored === indexed) return stored;
  throw ApplicationFailure.retryable(`The database has ${stored} passages of version ${version}, the index ${indexed}.`, 'corpus_check_failed');
}

/** @throws ApplicationFailure corpus_check_failed when a search with a passage's own words does not find it */
async function requireSamplesAreFound({ embedder, passageIndex }: EmbeddingSpace, version: number, samples: readonly Passage[]): Promise<void> {
  for (const sample of samples) {
    const query = splitSentences(sample.text)[0]?.text ?? sample.text;
    const [embedded] = await embedPassages(embedder, [sample]);
    const hits = await passageIndex.search({
      personaId: sample.personaId,
      corpusVersion: version,
      query,
      vector: embedded!.vector,
      candidates: sampleCandidates,
    });
    const found = [...hits.byVector, ...hits.byWords].some(({ passage }) => passage.passageId === sample.passageId);
    if (!found) throw ApplicationFailure.retryable(`A search does not find passage ${sample.passageId}.`, 'corpus_check_failed');
  }
}

export function createPublishVersion(dependencies: CorpusDependencies): Pick<CorpusActivities, 'checkVersion' | 'moveCorpus'> {
  const { versions, documents, passages, contents, personas, ingestions, spaces } = dependencies;
  return {
    checkVersion: ({ personaId, version }) =>
      withFailures(async () => {
        await versions.requireAvailable(personaId, version);
        const space = await spaces.of(personaId);
        const passageCount = await requireCountsAgree(space, passages, personaId, version);
        await requireSamplesAreFound(space, version, await contents.sample(personaId, version, sampleSize));
        return { documents: await documents.countAt(personaId, version), passages: passageCount };
      }),

    moveCorpus: ({ personaId, version, expectedVersion, checked, note }) =>
      withFailures(async () => {
        const { embedder } = await spaces.of(personaId);
        const corpus = { corpusVersion: version, ...checked, embedder: embedder.id };
        const moved = await personas.publishCorpus(personaId, { expectedCorpusVersion: expectedVersion, corpus });
        // An earlier try may have moved it and died before it could say so.
        const current = moved ? version : await versions.publishedVersion(personaId);
        if (current !== version) {
          throw new DomainError('conflict.version_moved', { current, expected: expectedVersion });
        }
        await versions.markPublished(personaId, version, note);
        await ingestions.markPublished(personaId, version);
        return { corpusVersion: version };
      }),
  };
}
