import { Connection } from '@temporalio/client';
import { eventually } from '../eventually.js';

const searchAttributes = [
  'DramatisPersonaId',
  'DramatisConversationId',
  'DramatisMode',
  'DramatisFormat',
  'DramatisProvider',
  'DramatisSourceId',
];
/** temporal.api.enums.v1.IndexedValueType */
const keyword = 2;
const retentionSeconds = 86_400;

/** A namespace of its own on a Temporal server, so that several products share one server and not their task queues. */
export class TemporalNamespace {
  private constructor(
    private readonly connection: Connection,
    readonly name: string,
  ) {}

  static async create(address: string, name: string): Promise<TemporalNamespace> {
    const connection = await Connection.connect({ address });
    await connection.workflowService.registerNamespace({
      namespace: name,
      workflowExecutionRetentionPeriod: { seconds: retentionSeconds as never },
    });
    // The server's own caches learn of a new namespace after a moment.
    await eventually(`the namespace ${name} to take search attributes`, async () => {
      await connection.operatorService.addSearchAttributes({
        namespace: name,
        searchAttributes: Object.fromEntries(searchAttributes.map((attribute) => [attribute, keyword])),
      });
      return true;
    });
    return new TemporalNamespace(connection, name);
  }

  /** Whether some worker polls the task queue for workflow tasks. */
  async hasWorker(taskQueue: string): Promise<boolean> {
    const { pollers } = await this.connection.workflowService.describeTaskQueue({
      namespace: this.name,
      taskQueue: { name: taskQueue },
      taskQueueType: 1,
    });
    return (pollers ?? []).length > 0;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
