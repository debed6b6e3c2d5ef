import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { enrichmentPromptVersion } from '@dramatis/prompting/enrichment/enrichment-prompt';
import { ApplicationFailure } from '@temporalio/common';
import { enrichDocument } from '../ingestion/enrich-document.js';
import type { IngestionActivities } from '../ingestion/ingestion-activities.js';
import type { IngestionDependencies } from '../ingestion/ingestion-dependencies.js';
import { withFailures } from '../ingestion/ingestion-failure.js';
import { keepAlive } from '../ingestion/keep-alive.js';
import { StepLog } from '../ingestion/step-log.js';

/** Failures that lie in the document or the model, and come again however often it is asked. After others the next run asks again. */
const lasting = new Set(['refused', 'context_exceeded', 'output_truncated', 'malformed_response']);

/** Passages that are read at once. */
const pageSize = 500;

export function createDescribeRevision(dependencies: IngestionDependencies): Pick<IngestionActivities, 'describeRevision' | 'leaveUndescribed'> {
  const { personas, documents, passages, ingestions, progress, describer } = dependencies;

  async function revisionOf(revisionId: string): Promise<DocumentRevision> {
    const revision = await documents.get(revisionId);
    if (!revision) throw ApplicationFailure.nonRetryable(`There is no revision ${revisionId}.`, 'not_found');
    return revision;
  }

  async function passagesOf({ _id, passages: count }: DocumentRevision) {
    const all: Awaited<ReturnType<typeof passages.listOfRevision>> = [];
    while (all.length < count) {
      const page = await passages.listOfRevision(_id, { fromOrdinal: all.length, limit: pageSize });
      if (page.length === 0) break;
      all.push(...page);
    }
    return all;
  }

  return {
    describeRevision: ({ ingestionId, entryId, revisionId }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          if (!describer) throw ApplicationFailure.nonRetryable('This worker asks no language model about documents.', 'no_provider');
          const log = new StepLog(ingestions.documents, { ingestionId, entryId });
          const described = await log.keeping('enrich', () =>
            log.step(
              'enrich',
              async () => {
                const revision = await revisionOf(revisionId);
                const { personaId, title, contentHash } = revision;
                const persona = await personas.get(personaId);
                const result = await describer.describeDocument(persona, { title, contentHash, passages: await passagesOf(revision) }, signal);
                const { summary, questions, by } = result;
                await documents.setEnrichment(revisionId, { ...enrichmentOf(revision), summary, questions, summarisedBy: by, modelFailure: null }, enrichmentPromptVersion);
                return result;
              },
              ({ by, questions }) => `${by}: summary, questions of ${questions.length} passages`,
            ),
          );
          progress.changed(ingestionId);
          return { calls: described.calls };
        }),
      ),

    leaveUndescribed: ({ ingestionId, entryId, revisionId, code, reason }) =>
      withFailures(async () => {
        const ref = { ingestionId, entryId };
        const revision = await revisionOf(revisionId);
        await documents.setEnrichment(revisionId, { ...enrichmentOf(revision), modelFailure: { code, reason } }, lasting.has(code) ? enrichmentPromptVersion : null);
        const { warnings } = await ingestions.documents.get(ref);
        const warning = `No language model has summarised it: ${reason}`;
        if (!warnings.includes(warning)) await ingestions.documents.record(ref, { fields: { warnings: [...warnings, warning] } });
        progress.changed(ingestionId);
      }),
  };
}

/** What is known already; of revisions of before there was enrichment, what is found now. */
function enrichmentOf({ enrichment, text }: DocumentRevision) {
  return enrichment ?? enrichDocument(text).enrichment;
}
