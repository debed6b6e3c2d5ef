import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { fileURLToPath } from 'node:url';

/** Runs the real workflows of one task queue, with activities that the spec plays. */
export async function startSpecWorker(options: { namespace: string; taskQueue: string; activities: object }): Promise<{ stop: () => Promise<void> }> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const connection = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  const worker = await Worker.create({
    ...options,
    connection,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(import.meta.resolve('@dramatis/workflows/index')),
      logger: new DefaultLogger('ERROR'),
      webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
    }),
  });
  const running = worker.run();
  return {
    stop: async () => {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}
