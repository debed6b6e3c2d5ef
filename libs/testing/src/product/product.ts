import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { taskQueues } from '@dramatis/contracts/ids';
import { AppProcess } from './app-process.js';
import { TemporalNamespace } from './temporal-namespace.js';

/** Where the four servers and the embedder's model are. */
export interface ServerAddresses {
  TEMPORAL_ADDRESS: string;
  MONGODB_URI: string;
  ELASTICSEARCH_URL: string;
  REDIS_URL: string;
  EMBEDDER_MODEL_DIR: string;
}

export interface ProductOptions {
  servers: ServerAddresses;
  /** For logs and objects. */
  folder: string;
  /** Number of the database in Redis, so that products on one server share no cache; Redis has 16. */
  redisDatabase: number;
  /** Further variables for worker and API: providers, timeouts. */
  env?: Record<string, string>;
}

/** Worker and API as processes of their own, on servers that may be shared with others. */
export interface Product {
  readonly url: string;
  readonly operatorToken: string;
  readonly namespace: string;
  /** Name of its passages in Elasticsearch. */
  readonly passagesIndex: string;
  readonly worker: AppProcess;
  readonly api: AppProcess;
  stop(): Promise<void>;
}

/**
 * Starts the built worker and API with a database, an index, a namespace and objects of their own. Of this process's
 * environment they get the PATH only. @throws Error with the end of a process's log when it does not start
 */
export async function startProduct({ servers, folder, redisDatabase, env: more = {} }: ProductOptions): Promise<Product> {
  const id = `test-${randomUUID().slice(0, 8)}`;
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const operatorToken = randomUUID();
  const database = new URL(servers.MONGODB_URI);
  database.pathname = `/dramatis-${id}`;
  const redis = new URL(servers.REDIS_URL);
  redis.pathname = `/${redisDatabase}`;
  mkdirSync(folder, { recursive: true });
  const passagesIndex = `passages-${id}`;
  const namespace = await TemporalNamespace.create(servers.TEMPORAL_ADDRESS, id);
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '',
    ...servers,
    MONGODB_URI: database.href,
    REDIS_URL: redis.href,
    TEMPORAL_NAMESPACE: id,
    DRAMATIS_PASSAGES_INDEX: passagesIndex,
    DRAMATIS_OBJECTS_DIR: join(folder, 'objects'),
    DRAMATIS_EMBEDDED: '1',
    DRAMATIS_ADMIN_TOKEN: operatorToken,
    DRAMATIS_API_URL: url,
    PORT: String(port),
    ...more,
  };
  const worker = new AppProcess({
    name: 'worker',
    file: builtFile('worker'),
    env,
    logFile: join(folder, 'worker.log'),
    isReady: async () => (await Promise.all(Object.values(taskQueues).map((queue) => namespace.hasWorker(queue)))).every(Boolean),
  });
  const api = new AppProcess({
    name: 'API',
    file: builtFile('api'),
    env,
    logFile: join(folder, 'api.log'),
    isReady: async () => (await fetch(`${url}/health/ready`)).ok,
  });
  const stop = async (): Promise<void> => {
    await Promise.all([api.stop(), worker.stop()]);
    await namespace.close();
  };
  try {
    await Promise.all([worker.start(), api.start()]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, operatorToken, namespace: id, passagesIndex, worker, api, stop };
}

function builtFile(app: 'worker' | 'api'): string {
  return fileURLToPath(new URL(`../../../../apps/${app}/dist/main.js`, import.meta.url));
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
