import { Client, Connection } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const keywords = ['DramatisPersonaId', 'DramatisConversationId', 'DramatisMode', 'DramatisFormat', 'DramatisSourceId'];
const keywordType = 2;

/**
 * A namespace of its own, where no worker of another spec takes the workflows. No worker is there at all: the spec plays
 * the worker's part through MongoDB and Redis, and so decides what happens when.
 */
export async function createTemporalNamespace(): Promise<{ namespace: string; client: Client; close: () => Promise<void> }> {
  const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS'] ?? '' });
  const namespace = `api-spec-${randomUUID().slice(0, 8)}`;
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: { seconds: 86_400 as never } });
  const client = new Client({ connection, namespace });
  const searchAttributes = Object.fromEntries(keywords.map((name) => [name, keywordType]));
  await eventually(() => connection.operatorService.addSearchAttributes({ namespace, searchAttributes }));
  // The server's parts learn of a namespace one after the other; a start that works says that all of them have.
  await eventually(() =>
    client.workflow.start('probe', {
      workflowId: 'probe',
      taskQueue: 'nobody',
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      searchAttributes: Object.fromEntries(keywords.map((name) => [name, ['x']])),
    }),
  );
  return { namespace, client, close: () => connection.close() };
}

/** The result of the action, once it stops throwing. @throws its last error after a while */
export async function eventually<T>(action: () => Promise<T> | T, timeoutMs = 30_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(100);
    }
  }
}
