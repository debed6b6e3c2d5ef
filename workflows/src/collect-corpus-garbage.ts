import { continueAsNew, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import { corpusSteps } from './corpus/corpus-steps.js';

export interface CollectCorpusGarbageInput {
  personaId: string;
  /** Set by the workflow itself when it continues. */
  removed?: CollectedGarbage;
}

export interface CollectedGarbage {
  revisions: number;
  passages: number;
  objects: number;
}

/** Revisions that are removed at a time. */
const batchSize = 50;

/**
 * Removes what no retained version, pinned conversation or running turn sees: passages, revisions, and raw objects that nothing
 * refers to. What is to go is listed first and removed then, so that a repeated step removes the same.
 */
export async function collectCorpusGarbage({ personaId, removed }: CollectCorpusGarbageInput): Promise<CollectedGarbage> {
  const total = removed ?? { revisions: 0, passages: 0, objects: 0 };
  if (removed === undefined) await corpusSteps.planCollection({ personaId });
  for (;;) {
    const { revisionIds, objectKeys } = await corpusSteps.listUnseenRevisions({ personaId, limit: batchSize });
    if (revisionIds.length === 0) break;
    const collected = await corpusSteps.collectRevisions({ personaId, revisionIds });
    total.revisions += collected.revisions;
    total.passages += collected.passages;
    total.objects += (await corpusSteps.collectObjects({ objectKeys })).objects;
    setCurrentDetails(describe(total));
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof collectCorpusGarbage>({ personaId, removed: total });
  }
  setCurrentDetails(describe(total));
  return total;
}

function describe({ revisions, passages, objects }: CollectedGarbage): string {
  return `Removed ${revisions} revisions, ${passages} passages, ${objects} raw objects.`;
}
