import { createLogger, type Logger } from '@dramatis/telemetry/logger';
import { join } from 'node:path';
import type { Server } from 'node:http';
import { createApp } from './create-app.js';
import { type Env, EnvironmentError, readEnv } from './env.js';
import { findWebRoot } from './http/static-web.js';

/** How long requests under way may take to finish once the process was told to stop, in milliseconds. */
const shutdownGraceMs = 10_000;
/** Longer than clients and load balancers keep an idle connection, so that none of them writes into one just closed. */
const keepAliveMs = 75_000;

const env = readEnvOrExit();
const logger = createLogger({ name: 'api', level: env.logLevel });

// After an error that nobody caught the process is in no known state: its supervisor starts a fresh one.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    logger.fatal({ err: error }, event);
    process.exit(1);
  });
}

await run(env, logger);

async function run(env: Env, logger: Logger): Promise<void> {
  const webRoot = findWebRoot(join(import.meta.dirname, '../../web/dist'));
  if (webRoot === null) logger.warn('the web application is not built; serving the API alone');
  const app = await createApp(env, { logger, webRoot });
  const server: Server = app.getHttpServer();
  server.keepAliveTimeout = keepAliveMs;
  server.headersTimeout = keepAliveMs + 1_000;
  server.once('error', (error: NodeJS.ErrnoException) => {
    logger.fatal({ err: error }, error.code === 'EADDRINUSE' ? `port ${env.port} is in use; set PORT to another` : 'cannot listen');
    process.exit(1);
  });
  await app.listen(env.port, env.host);
  logger.info({ address: server.address() }, 'listening');

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => server.closeAllConnections(), shutdownGraceMs).unref();
    app.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.fatal({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function readEnvOrExit(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
