import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** A worker that does nothing else than bare workflows: the baseline on the same server. */
Runtime.install({ shutdownSignals: [] });
const quiet = { log: () => {}, trace: () => {}, debug: () => {}, info: () => {}, warn: console.warn, error: console.error };
const workflowBundle = await bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflow.mjs', import.meta.url)), logger: quiet });
const connection = await NativeConnection.connect({ address: process.env.TEMPORAL_ADDRESS });
const worker = await Worker.create({
  connection,
  workflowBundle,
  taskQueue: 'bench-bare',
  activities: { nothing: async () => null },
  maxConcurrentActivityTaskExecutions: 100,
});
process.on('SIGTERM', () => worker.shutdown());
const running = worker.run();
process.send?.('ready');
await running;
await connection.close();
process.exit(0);
