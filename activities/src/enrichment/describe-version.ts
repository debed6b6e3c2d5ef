import { ApplicationFailure } from '@temporalio/common';
import type { CorpusActivities } from '../corpus/corpus-activities.js';
import type { CorpusDependencies } from '../corpus/corpus-dependencies.js';
import { withFailures } from '../ingestion/ingestion-failure.js';
import { keepAlive } from '../ingestion/keep-alive.js';

export function createDescribeVersion(dependencies: CorpusDependencies): Pick<CorpusActivities, 'describeVersion' | 'leaveVersionUndescribed'> {
  const { personas, contents, profiles, describer } = dependencies;
  return {
    describeVersion: ({ personaId, version }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          if (!describer) throw ApplicationFailure.nonRetryable('This worker asks no language model about corpora.', 'no_provider');
          const documents = (await contents.describedAt(personaId, version)).flatMap(({ title, enrichment }) =>
            enrichment && enrichment.summary.length > 0 ? [{ title, summary: enrichment.summary, questions: enrichment.questions ?? [] }] : [],
          );
          // Of nothing nothing can be said.
          if (documents.length === 0) return { calls: 0 };
          const { answer, by, calls } = await describer.describeCorpus(await personas.get(personaId), version, documents, signal);
          await profiles.describe(personaId, version, {
            summary: answer.summary,
            summarisedBy: by,
            modelFailure: null,
            ...(answer.questions.length > 0 ? { starterQuestions: answer.questions } : {}),
          });
          return { calls };
        }),
      ),

    leaveVersionUndescribed: ({ personaId, version, code, reason }) =>
      withFailures(() => profiles.describe(personaId, version, { modelFailure: { code, reason } })),
  };
}
