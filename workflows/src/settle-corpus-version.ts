import { corpusWorkflowId } from '@dramatis/contracts/corpus-workflow-id';
import { executeChild, isCancellation, setCurrentDetails } from '@temporalio/workflow';
import type { collectCorpusGarbage } from './collect-corpus-garbage.js';
import { isAlreadyStarted } from './corpus/already-started.js';
import { corpusSteps } from './corpus/corpus-steps.js';
import { codeOf, reasonOf } from './ingestion/failure-reason.js';

export interface SettleCorpusVersionInput {
  personaId: string;
  version: number;
}

/** What follows the publication of a version: its profile and graph are computed, and what no version needs any more is removed. */
export async function settleCorpusVersion({ personaId, version }: SettleCorpusVersionInput): Promise<void> {
  setCurrentDetails('Computing topics, entities and their graph.');
  const profiled = await profile({ personaId, version });
  setCurrentDetails(`${profiled} Removing what no version needs.`);
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
  setCurrentDetails(profiled);
}

/** A version without a profile is less to look at, and nothing else. */
async function profile(input: SettleCorpusVersionInput): Promise<string> {
  try {
    const { topics, entities, relations, describe: wanted } = await corpusSteps.profileVersion(input);
    if (wanted) await describe(input);
    return `${topics} topics, ${entities} entities, ${relations} relations.`;
  } catch (error) {
    if (isCancellation(error)) throw error;
    return `No profile: ${reasonOf(error)}`;
  }
}

/** What a language model says of a version stands in place of what was computed; without it that stays. */
async function describe(input: SettleCorpusVersionInput): Promise<void> {
  setCurrentDetails('A language model is describing the version.');
  try {
    await corpusSteps.describeVersion(input);
  } catch (error) {
    if (isCancellation(error)) throw error;
    await corpusSteps.leaveVersionUndescribed({ ...input, reason: reasonOf(error), code: codeOf(error) });
  }
}
