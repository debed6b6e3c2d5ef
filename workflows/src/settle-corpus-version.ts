import { corpusWorkflowId } from '@dramatis/contracts/corpus-workflow-id';
import { executeChild } from '@temporalio/workflow';
import type { collectCorpusGarbage } from './collect-corpus-garbage.js';
import { isAlreadyStarted } from './corpus/already-started.js';

export interface SettleCorpusVersionInput {
  personaId: string;
  version: number;
}

/** What follows the publication of a version: its profile and graph are computed, and what no version needs any more is removed. */
export async function settleCorpusVersion({ personaId }: SettleCorpusVersionInput): Promise<void> {
  try {
    await executeChild<typeof collectCorpusGarbage>('collectCorpusGarbage', {
      args: [{ personaId }],
      workflowId: corpusWorkflowId('collect', personaId, 'garbage'),
      staticSummary: `Garbage of ${personaId}`,
    });
  } catch (error) {
    // One at a time is enough: the one that runs sees what this one would.
    if (!isAlreadyStarted(error)) throw error;
  }
}
