/** Names of the task queues. Workflows import them too, so they stand apart from the schemas. */
export const taskQueues = { turns: 'dramatis-turns', ingestion: 'dramatis-ingestion', corpora: 'dramatis-corpora' } as const;

/** Where one worker process alone waits for the answers that it has begun. */
export function inHandTaskQueueOf(processName: string): string {
  return `${taskQueues.turns}/in-hand/${processName}`;
}
