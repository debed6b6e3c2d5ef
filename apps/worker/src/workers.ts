import { taskQueues } from '@dramatis/contracts/ids';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Adapters } from './adapters.js';
import type { WorkerEnv } from './env.js';

export interface Workers {
  /** Resolves when all have drained after `shutdown`. @throws when one of them fails */
  run(): Promise<void>;
  shutdown(): void;
}

/** Workers for turns, for ingestion and for corpus versions, each on its own task queue: chat waits for no ingestion, and an operator neither. */
export async function createWorkers(env: WorkerEnv, adapters: Adapters): Promise<Workers> {
  const connection = await NativeConnection.connect({ address: env.TEMPORAL_ADDRESS });
  const shared: Pick<WorkerOptions, 'connection' | 'namespace' | 'workflowBundle' | 'shutdownGraceTime' | 'shutdownForceTime'> = {
    connection,
    namespace: env.TEMPORAL_NAMESPACE,
    workflowBundle: { codePath: new URL('./workflow-bundle.js', import.meta.url).pathname },
    // A reply of the built-in model ends within this; a longer one is told to stop and goes on with another worker.
    shutdownGraceTime: '3 seconds',
    shutdownForceTime: '10 seconds',
  };
  const turns = await Worker.create({
    ...shared,
    taskQueue: taskQueues.turns,
    activities: { ...adapters.turnActivities, ...adapters.playgroundActivities },
    maxConcurrentActivityTaskExecutions: env.DRAMATIS_MAX_CONCURRENT_TURNS,
    // A cancellation is heard of only with a heartbeat, and heartbeats are held back by default for seconds.
    maxHeartbeatThrottleInterval: '250 milliseconds',
    // How long a workflow waits for the worker that knew it, when that worker is dead.
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const ingestion = await Worker.create({
    ...shared,
    taskQueue: taskQueues.ingestion,
    activities: { ...adapters.ingestionActivities, ...adapters.embeddingSwitchActivities },
    maxConcurrentActivityTaskExecutions: 2,
    maxHeartbeatThrottleInterval: '1 second',
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const corpora = await Worker.create({
    ...shared,
    taskQueue: taskQueues.corpora,
    activities: { ...adapters.corpusActivities },
    maxConcurrentActivityTaskExecutions: 2,
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const workers = [turns, ingestion, corpora];
  return {
    run: async () => {
      try {
        await Promise.all(workers.map((worker) => worker.run()));
      } finally {
        await connection.close();
      }
    },
    shutdown: () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
