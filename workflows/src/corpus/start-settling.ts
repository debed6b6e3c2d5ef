import { corpusWorkflowId } from '@dramatis/contracts/corpus-workflow-id';
import { taskQueues } from '@dramatis/contracts/task-queues';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { isAlreadyStarted } from './already-started.js';
import type { settleCorpusVersion, SettleCorpusVersionInput } from '../settle-corpus-version.js';

/** Starts what follows a publication, which nobody waits for and which outlives the workflow that published. */
export async function startSettling(input: SettleCorpusVersionInput): Promise<void> {
  try {
    await startChild<typeof settleCorpusVersion>('settleCorpusVersion', {
      args: [input],
      taskQueue: taskQueues.corpora,
      workflowId: corpusWorkflowId('settle', input.personaId, input.version),
      parentClosePolicy: ParentClosePolicy.ABANDON,
      staticSummary: `Corpus version ${input.version} of ${input.personaId}`,
    });
  } catch (error) {
    if (!isAlreadyStarted(error)) throw error;
  }
}
