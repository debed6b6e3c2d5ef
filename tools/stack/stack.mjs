import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { allOrFirstError } from './lib/all-or-first-error.mjs';
import { ArtifactCache } from './lib/artifact-cache.mjs';
import { ManagedProcess } from './lib/managed-process.mjs';
import { OrphanGuard } from './lib/orphan-guard.mjs';
import { requireFreePorts } from './lib/ports.mjs';
import { takeFirstRoute } from './lib/routes.mjs';
import { explainFileSystemError } from './lib/stack-error.mjs';
import { withMissingTools } from './lib/tools.mjs';
import { embedderModel } from './servers/embedder-model.mjs';
import { choosePorts, portUses, SERVERS, SERVERS_ON_REQUEST } from './servers/ports.mjs';

/** DRAMATIS_CACHE, or ~/.cache/dramatis. */
export function defaultCacheDir() {
  return process.env.DRAMATIS_CACHE ? resolve(process.env.DRAMATIS_CACHE) : join(homedir(), '.cache', 'dramatis');
}

/**
 * Brings up Temporal, MongoDB, Elasticsearch and Redis with their data in one folder, and the built-in embedder's model.
 * Documented in stack.d.mts.
 *
 * @param {import('./stack.mjs').StackOptions} options
 * @returns {Promise<import('./stack.mjs').Stack>}
 */
export async function startStack({ dataDir, ports: given = {}, cacheDir = defaultCacheDir(), only, log = () => undefined, signal }) {
  const isNamed = (/** @type {string} */ id) => only?.some((one) => one === id) ?? false;
  const wanted = (/** @type {string} */ id) => only === undefined || isNamed(id);
  const ports = await choosePorts(given);
  const cache = new ArtifactCache(cacheDir);
  const guard = new OrphanGuard();
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {Record<string, ManagedProcess>} */
  const servers = {};
  const stop = async () => void (await Promise.all(Object.values(servers).map((server) => server.stop())));

  const failed = new AbortController();
  const onAbort = () => failed.abort();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  const contextOf = (/** @type {string} */ name) => ({
    cache,
    signal: failed.signal,
    report: (/** @type {string} */ text) => log({ kind: 'progress', name, text }),
    warn: (/** @type {string} */ text) => log({ kind: 'warning', name, text }),
  });

  /** @param {import('./servers/server.mjs').ServerDefinition} definition */
  const bringUp = async (definition) => {
    const { id, name } = definition;
    const folder = join(resolve(dataDir), id);
    const context = contextOf(name);
    const installation = await takeFirstRoute(name, definition.routes({ dataDir: folder }), context);
    Object.assign(env, definition.environment({ address: installation.address, ports }));
    if (installation.address === undefined) {
      await makeFolder(folder);
      const command = await definition.process({ installation, dataDir: folder, ports, context });
      await requireFreePorts(portUses(definition, ports));
      const server = new ManagedProcess({ name, logFile: join(resolve(dataDir), 'logs', `${id}.log`), guard, ...command });
      servers[id] = server;
      context.report('starting');
      await server.start({ signal: failed.signal });
    }
    const where = installation.address === undefined ? `, port ${ports[id]}` : '';
    log({ kind: 'ready', name, text: `${installation.route}${where}` });
  };
  const fetchModel = async () => {
    const { name, routes } = embedderModel;
    const { directory, route } = await takeFirstRoute(name, routes(), contextOf(name));
    env.EMBEDDER_MODEL_DIR = /** @type {string} */ (directory);
    log({ kind: 'ready', name, text: route });
  };

  try {
    const work = [...SERVERS.filter(({ id }) => wanted(id)), ...SERVERS_ON_REQUEST.filter(({ id }) => isNamed(id))].map(bringUp);
    if (wanted('embedder')) work.push(fetchModel());
    await allOrFirstError(work, () => failed.abort());
  } catch (error) {
    await stop();
    throw await withMissingTools(error);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
  return /** @type {import('./stack.mjs').Stack} */ (/** @type {unknown} */ ({ env, ports, servers, stop }));
}

/** @param {string} folder */
async function makeFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw explainFileSystemError(error, folder, 'DRAMATIS_DATA');
  }
}
