import { splitSentences } from '@dramatis/text/sentences';
import { ApplicationFailure } from '@temporalio/common';
import type { EmbeddingSpace } from '../retrieval/embedding-spaces.js';
import { checkAgain } from '../corpus/check-again.js';
import { embedPassages } from './embed-passages.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { discardUnfinished } from './unpublished.js';

/** New passages that are looked for before a version is published. */
const sampleSize = 3;
/** Among how many hits, by vector or by words, a passage must be found with its own words. */
const sampleCandidates = 20;

type PublishActivities = Pick<IngestionActivities, 'checkCorpus' | 'publishCorpus' | 'finishIngestion'>;

export function createPublishCorpus(dependencies: IngestionDependencies): PublishActivities {
  const { personas, sources, webPages, documents, passages, ingestions, versions, spaces, progress } = dependencies;

  /** @throws ApplicationFailure all_documents_failed */
  async function assertSomethingCameIn(ingestionId: string): Promise<void> {
    const counts = await ingestions.documents.counts(ingestionId);
    const settled = counts.indexed + counts.unchanged + counts.duplicate + counts.skipped + counts.failed;
    if (settled !== counts.discovered) {
      throw ApplicationFailure.nonRetryable(`${counts.discovered - settled} documents have no state.`, 'corpus_check_failed');
    }
    if (counts.failed === 0 || counts.failed < counts.discovered) return;
    const [first] = await ingestions.documents.inState(ingestionId, 'failed', { limit: 1 });
    const reason = first?.reason ?? 'unknown';
    throw ApplicationFailure.nonRetryable(`None of ${counts.failed} documents could be brought in, the first because: ${reason}`, 'all_documents_failed');
  }

  async function assertCountsAgree({ passageIndex }: EmbeddingSpace, { personaId, targetVersion }: IngestionRun): Promise<number> {
    const [stored, indexed] = await Promise.all([passages.countAt(personaId, targetVersion), passageIndex.count(personaId, targetVersion)]);
    if (stored === indexed) return stored;
    throw ApplicationFailure.retryable(`The database has ${stored} passages of version ${targetVersion}, the index ${indexed}.`, 'corpus_check_failed');
  }

  async function assertSamplesAreFound({ embedder, passageIndex }: EmbeddingSpace, { personaId, targetVersion }: IngestionRun): Promise<void> {
    for (const sample of await passages.sampleBrought(personaId, targetVersion, sampleSize)) {
      const query = splitSentences(sample.text)[0]?.text ?? sample.text;
      const [embedded] = await embedPassages(embedder, [sample]);
      const hits = await passageIndex.search({ personaId, corpusVersion: targetVersion, query, vector: embedded!.vector, candidates: sampleCandidates });
      const found = [...hits.byVector, ...hits.byWords].some(({ passage }) => passage.passageId === sample.passageId);
      if (!found) throw ApplicationFailure.retryable(`A search does not find passage ${sample.passageId}.`, 'corpus_check_failed');
    }
  }

  return {
    checkCorpus: ({ ingestionId }) =>
      withFailures(async () => {
        const run = await runOf(ingestions, ingestionId);
        await ingestions.setStage(ingestionId, 'checking');
        progress.changed(ingestionId);
        await assertSomethingCameIn(ingestionId);
        await discardUnfinished(dependencies, run.personaId, run.targetVersion);
        const space = await spaces.of(run.personaId);
        const passageCount = await checkAgain(async () => {
          await space.passageIndex.refresh();
          const count = await assertCountsAgree(space, run);
          await assertSamplesAreFound(space, run);
          return count;
        });
        const { brought, closed } = await documents.changesOf(run.personaId, run.targetVersion);
        const documentCount = await documents.countAt(run.personaId, run.targetVersion);
        const changed = brought + closed > 0;
        if (changed) {
          await versions.recordBuilt({
            personaId: run.personaId,
            version: run.targetVersion,
            baseVersion: await versions.baseOf(run.personaId, run.publishedVersion),
            documents: documentCount,
            passages: passageCount,
            brought,
            closed,
            embedder: space.embedder.id,
            ingestionId,
            sourceId: run.sourceId,
          });
          await ingestions.setBuilt(ingestionId, run.targetVersion, { documents: documentCount, passages: passageCount });
        }
        return { changed, documents: documentCount, passages: passageCount, publish: run.publish };
      }),

    publishCorpus: ({ ingestionId, checked }) =>
      withFailures(async () => {
        const { personaId, publishedVersion, targetVersion } = await runOf(ingestions, ingestionId);
        await ingestions.setStage(ingestionId, 'publishing');
        if (!checked.changed) return { corpusVersion: publishedVersion, personaId };
        const { embedder } = await spaces.of(personaId);
        const { documents: documentCount, passages: passageCount } = checked;
        const corpus = { corpusVersion: targetVersion, documents: documentCount, passages: passageCount, embedder: embedder.id };
        const moved = await personas.publishCorpus(personaId, { expectedCorpusVersion: publishedVersion, corpus });
        // An earlier try may have moved it and died before it could say so.
        const current = moved ? targetVersion : await ingestions.publishedVersion(personaId);
        if (current === targetVersion) {
          // With it are published those that had waited below it.
          await ingestions.markPublished(personaId, targetVersion);
          await versions.markPublished(personaId, targetVersion);
          return { corpusVersion: targetVersion, personaId };
        }
        const message = `The persona publishes corpus version ${current}, and no longer ${publishedVersion}, on which the run was built.`;
        throw ApplicationFailure.nonRetryable(message, 'conflict');
      }),

    finishIngestion: ({ ingestionId, ...ending }) =>
      withFailures(async () => {
        const { sourceId } = await ingestions.getRecord(ingestionId);
        const source = ending.status === 'completed' ? await sources.findHead(sourceId) : null;
        if (source?.removed) {
          await webPages.deleteOfSource(sourceId);
          await sources.delete(sourceId);
        }
        await ingestions.finish(ingestionId, ending);
        await progress.ended(ingestionId);
      }),
  };
}
