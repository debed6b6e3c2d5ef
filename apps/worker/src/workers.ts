import type { AnswerTurnInput } from '@dramatis/activities/turn/turn-activities';
import { taskQueues } from '@dramatis/contracts/ids';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import type { Adapters } from './adapters.js';
import type { WorkerEnv } from './env.js';

export interface Workers {
  /** Resolves when all have drained after `shutdown`. @throws when one of them fails */
  run(): Promise<void>;
  shutdown(): void;
}

/** Workflow tasks at once that wait for no answer: as many as the SDK has by default. */
const shortWorkflowTasks = 40;

/**
 * Workers for turns, for ingestion and for corpus versions, each on its own task queue: chat waits for no ingestion, and an operator
 * neither. A process has all of them, or by its role those for turns or the others.
 */
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
  const createTurns = () => Worker.create({
    ...shared,
    taskQueue: taskQueues.turns,
    activities: { ...adapters.turnActivities, ...adapters.playgroundActivities },
    maxConcurrentActivityTaskExecutions: env.DRAMATIS_MAX_CONCURRENT_TURNS,
    // A turn's first task lasts until its answer is there, or about a second; the tasks of other turns must not wait behind it.
    maxConcurrentWorkflowTaskExecutions: env.DRAMATIS_MAX_CONCURRENT_TURNS + shortWorkflowTasks,
    // A cancellation is heard of only with a heartbeat, and heartbeats are held back by default for seconds.
    maxHeartbeatThrottleInterval: '250 milliseconds',
    // How long a workflow waits for the worker that knew it, when that worker is dead.
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  // What this process has begun, it alone can wait for.
  const createInHand = () => Worker.create({
    ...shared,
    workflowBundle: undefined,
    taskQueue: adapters.inHandTaskQueue,
    activities: { awaitAnswer: (input: AnswerTurnInput) => adapters.turnActivities.awaitAnswer(input) },
    maxConcurrentActivityTaskExecutions: env.DRAMATIS_MAX_CONCURRENT_TURNS,
    maxHeartbeatThrottleInterval: '250 milliseconds',
  });
  const createIngestion = () => Worker.create({
    ...shared,
    taskQueue: taskQueues.ingestion,
    activities: { ...adapters.ingestionActivities, ...adapters.embeddingSwitchActivities },
    // More than one embedder needs: fetches wait for their hosts most of the time.
    maxConcurrentActivityTaskExecutions: 8,
    // Each child workflow that is remembered costs memory, and is hardly needed once it waits for its embedding.
    maxCachedWorkflows: 40,
    maxHeartbeatThrottleInterval: '1 second',
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const createCorpora = () => Worker.create({
    ...shared,
    taskQueue: taskQueues.corpora,
    activities: { ...adapters.corpusActivities },
    maxConcurrentActivityTaskExecutions: 2,
    stickyQueueScheduleToStartTimeout: '1 second',
  });
  const creators = { all: [createTurns, createInHand, createIngestion, createCorpora], turns: [createTurns, createInHand], ingestion: [createIngestion, createCorpora] };
  const workers = await Promise.all(creators[env.DRAMATIS_WORKER_ROLE].map((create) => create()));
  return {
    run: async () => {
      try {
        await Promise.all(workers.map((worker) => worker.run()));
      } finally {
        await connection.close();
      }
    },
    shutdown: () => {
      adapters.stop();
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}
