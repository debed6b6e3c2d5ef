import type { ReproducedDocuments } from '@dramatis/activities/corpus/corpus-activities';
import { CancellationScope, continueAsNew, ContinueAsNew, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { corpusSteps } from './corpus/corpus-steps.js';
import { reasonOf } from './ingestion/failure-reason.js';

export interface ReproduceCorpusInput {
  reproductionId: string;
  personaId: string;
  version: number;
  /** Set by the workflow itself when it continues. */
  continued?: ReproducedDocuments;
}

/** Documents that are made again in one step. */
const batchSize = 20;

const nothing: ReproducedDocuments = {
  lastId: '',
  documents: { total: 0, identical: 0, different: 0 },
  passages: { total: 0, identical: 0, different: 0 },
  differences: 0,
  chains: { rebuilt: '', recorded: '' },
};

/** Makes a version again from its raw objects, and says whether it is the same, bit for bit. Changes nothing of it. */
export async function reproduceCorpus({ reproductionId, personaId, version, continued = nothing }: ReproduceCorpusInput): Promise<'identical' | 'different'> {
  let done = continued;
  try {
    for (;;) {
      const next = await corpusSteps.reproduceDocuments({ reproductionId, personaId, version, afterId: done.lastId!, limit: batchSize, chains: done.chains });
      if (next.lastId === null) break;
      done = sum(done, next);
      setCurrentDetails(`${done.documents.total} documents, ${done.differences} differences.`);
      if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof reproduceCorpus>({ reproductionId, personaId, version, continued: done });
    }
    const status = done.differences === 0 ? 'identical' : 'different';
    await corpusSteps.finishReproduction({ reproductionId, status, ...endingOf(done) });
    return status;
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    const ending = { reproductionId, status: 'failed', ...endingOf(done), failure: reasonOf(error) } as const;
    await CancellationScope.nonCancellable(() => corpusSteps.finishReproduction(ending));
    throw error;
  }
}

function sum(before: ReproducedDocuments, next: ReproducedDocuments): ReproducedDocuments {
  const add = (a: ReproducedDocuments['documents'], b: ReproducedDocuments['documents']) => ({
    total: a.total + b.total,
    identical: a.identical + b.identical,
    different: a.different + b.different,
  });
  const differences = before.differences + next.differences;
  return { lastId: next.lastId, documents: add(before.documents, next.documents), passages: add(before.passages, next.passages), differences, chains: next.chains };
}

function endingOf({ documents, passages, differences, chains }: ReproducedDocuments) {
  return { documents, passages, differenceCount: differences, rebuiltHash: chains.rebuilt || null, recordedHash: chains.recorded || null };
}
