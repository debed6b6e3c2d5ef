import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { createLogger, type Logger } from '@dramatis/telemetry/logger';
import { createAdapters } from './adapters.js';
import { announceProviders } from './announce-providers.js';
import { describesDocuments, readEnv } from './env.js';
import { installTemporalRuntime } from './temporal-logger.js';
import { createWorkers } from './workers.js';

const retryDelayMs = 1_000;

async function main(): Promise<void> {
  const env = readEnv();
  const logger = createLogger({ name: 'worker', level: env.LOG_LEVEL });
  // Before any thread is made: each has the priority of the one that made it.
  if (env.DRAMATIS_NICE !== undefined) setPriority(env.DRAMATIS_NICE);
  installTemporalRuntime(logger, env.DRAMATIS_WORKER_METRICS);

  let stopping = false;
  let shutdown = (): void => process.exit(0);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      logger.info({ signal }, 'stopping');
      shutdown();
    });
  }

  if (env.DRAMATIS_ENRICHMENT === 'language-model' && !describesDocuments(env)) {
    logger.warn('DRAMATIS_ENRICHMENT asks for a language model, and none is configured: documents are described by extracts');
  }
  const adapters = await createAdapters(env, logger);
  await untilItWorks('the database', logger, adapters.prepare);
  const workers = await untilItWorks('Temporal', logger, () => createWorkers(env, adapters));
  shutdown = () => workers.shutdown();
  // What answers turns is known by those that do.
  const stopAnnouncing = env.DRAMATIS_WORKER_ROLE === 'ingestion' ? () => undefined : announceProviders(adapters.redis, adapters, logger);
  logger.info({ temporal: env.TEMPORAL_ADDRESS }, 'working');
  try {
    await workers.run();
  } finally {
    stopAnnouncing();
    await adapters.close();
  }
}

/** A worker may start before its servers do. */
async function untilItWorks<T>(what: string, logger: Logger, action: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      logger.warn({ err: error }, `${what} is out of reach; trying again`);
      await delay(retryDelayMs);
    }
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
