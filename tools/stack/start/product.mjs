import { existsSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { ManagedProcess } from '../lib/managed-process.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';
import { productNode } from './dependencies.mjs';
import { secret } from './secrets.mjs';

/** Running turns get the time to hand over; an open stream must not keep the launcher waiting for ever. */
const STOP_GRACE_MS = 15_000;

/** What is wrong with a worker's code or environment shows at once; what it connects to, it waits for. */
const WORKER_TRIAL_MS = 1_500;

/**
 * The environment of worker, API and seed.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {import('../stack.mjs').StackEnvironment} stackEnvironment
 * @param {import('./certificate.mjs').LocalCertificate | null} certificate for the API to show; without one it speaks plain HTTP
 * @returns {NodeJS.ProcessEnv}
 */
export function productEnvironment({ root, dataDir, port }, stackEnvironment, certificate) {
  return {
    ...stackEnvironment,
    DRAMATIS_EMBEDDED: '1',
    DRAMATIS_OBJECTS_DIR: join(dataDir, 'objects'),
    DRAMATIS_ADMIN_TOKEN: secret('DRAMATIS_ADMIN_TOKEN', dataDir, 'operator-token'),
    DRAMATIS_SESSION_SECRET: secret('DRAMATIS_SESSION_SECRET', dataDir, 'session-secret'),
    DRAMATIS_API_URL: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    PORT: String(port),
    // Worker and seed know this certificate, which nobody vouches for, by its file.
    ...(certificate && { DRAMATIS_TLS_CERT: certificate.certFile, DRAMATIS_TLS_KEY: certificate.keyFile, NODE_EXTRA_CA_CERTS: certificate.certFile }),
    // Loading the code takes most of a start; with this Node compiles it once.
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'dramatis', 'compiled'),
  };
}

/** glibc would keep what was freed, in an arena for each thread, and raise the size from which it gives back. */
const givingBack = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/** By itself the heap grows to several times what is in use before it is looked through. */
const lookingThrough = ['--max-semi-space-size=16', '--heap-growing-percent=60'];

/** How the worker of turns runs, and the API: as small in the evening as in the morning. */
export const turnsWorker = { nodeOptions: lookingThrough, env: { ...givingBack, DRAMATIS_WORKER_ROLE: 'turns' } };
export const apiProcess = { nodeOptions: lookingThrough, env: { ...givingBack } };

/**
 * How the ingestion worker runs. It gives way to everybody else on the machine, so that chat hardly feels it, and it stays small: what
 * it reads and embeds is short-lived, so that a large young generation would only be filled before it is collected. The old one is
 * looked through before it has grown by a third: after 600 documents of 5 kB the process has 520 MB instead of 715.
 */
export const ingestionWorker = {
  nodeOptions: ['--max-semi-space-size=8', '--heap-growing-percent=30'],
  env: { ...givingBack, DRAMATIS_WORKER_ROLE: 'ingestion', DRAMATIS_NICE: '19' },
};

/**
 * Workers and API as processes that are not started yet.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./certificate.mjs').LocalCertificate | null} certificate
 * @param {import('../lib/orphan-guard.mjs').OrphanGuard} guard
 */
export function productProcesses({ root, logsDir, port }, env, certificate, guard) {
  /**
   * @param {string} name
   * @param {string} app
   * @param {(sinceStartMs: number) => Promise<boolean>} isReady
   * @param {{ log?: string, env?: NodeJS.ProcessEnv, nodeOptions?: readonly string[] }} [own]
   */
  const define = (name, app, isReady, own = {}) => {
    let startedAt = 0;
    return new ManagedProcess({
      name,
      command: () => {
        startedAt = Date.now();
        return { file: productNode(root), args: [...(own.nodeOptions ?? []), '--enable-source-maps', builtFile(root, app, 'main.js')], cwd: root, env: { ...env, ...own.env } };
      },
      logFile: join(logsDir, `${own.log ?? app}.log`),
      isReady: () => isReady(Date.now() - startedAt),
      readyTimeoutMs: 60_000,
      stopGraceMs: STOP_GRACE_MS,
      guard,
    });
  };
  return {
    worker: define('Worker', 'worker', async (sinceStartMs) => sinceStartMs > WORKER_TRIAL_MS, turnsWorker),
    ingestion: define('Ingestion worker', 'worker', async (sinceStartMs) => sinceStartMs > WORKER_TRIAL_MS, {
      log: 'ingestion',
      ...ingestionWorker,
      // Two processes cannot tell their metrics at one address.
      env: { ...ingestionWorker.env, DRAMATIS_WORKER_METRICS: '' },
    }),
    api: define('API', 'api', () => apiIsReady(port, certificate), apiProcess),
  };
}

/**
 * Whether the API says that it is ready.
 *
 * @param {number} port
 * @param {import('./certificate.mjs').LocalCertificate | null} certificate
 * @returns {Promise<boolean>}
 */
function apiIsReady(port, certificate) {
  const address = { host: '127.0.0.1', port, path: '/health/ready', agent: false, signal: AbortSignal.timeout(5_000) };
  return new Promise((resolve, reject) => {
    const answered = (/** @type {import('node:http').IncomingMessage} */ response) => {
      response.resume();
      resolve(response.statusCode === 200);
    };
    const request = certificate ? https.get({ ...address, ca: certificate.pem }, answered) : http.get(address, answered);
    request.once('error', reject);
  });
}

/**
 * Puts the first personas into a new installation; on a later start it finds them and ends.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {{ signal: AbortSignal, report: (text: string) => void }} context
 * @returns {Promise<string>} its last words
 * @throws {StackError} SEED_FAILED
 */
export async function seed(root, env, { signal, report }) {
  let last = 'seeded';
  try {
    await runCommand(productNode(root), ['--enable-source-maps', builtFile(root, 'worker', 'seed.js')], {
      cwd: root,
      env: { ...process.env, ...env },
      signal,
      onLine: (line) => {
        last = line;
        report(line);
      },
    });
  } catch (error) {
    if (error instanceof StackError && error.code === 'INTERRUPTED') throw error;
    throw new StackError('SEED_FAILED', 'The first personas could not be put in:', {
      detail: error instanceof StackError ? error.detail : String(error),
      remedy: 'Look into the logs of worker and API, then start again: what is there already is kept.',
      cause: error,
    });
  }
  return last;
}

/**
 * @param {string} root
 * @param {string} app
 * @param {string} name
 */
function builtFile(root, app, name) {
  const file = join(root, 'apps', app, 'dist', name);
  if (!existsSync(file)) {
    throw new StackError('NOT_BUILT', `${file} is missing, though the build went well.`, { remedy: 'Run "npm run build" and look at what it says.' });
  }
  return file;
}
