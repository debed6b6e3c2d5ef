/** Names of the task queues. Workflows import them too, so they stand apart from the schemas. */
export const taskQueues = { turns: 'dramatis-turns', ingestion: 'dramatis-ingestion', corpora: 'dramatis-corpora' } as const;
