import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { allOrFirstError } from './lib/all-or-first-error.mjs';
import { ArtifactCache } from './lib/artifact-cache.mjs';
import { ManagedProcess } from './lib/managed-process.mjs';
import { OrphanGuard } from './lib/orphan-guard.mjs';
import { freePorts, requireFreePorts } from './lib/ports.mjs';
import { takeFirstRoute } from './lib/routes.mjs';
import { explainFileSystemError, StackError } from './lib/stack-error.mjs';
import { elasticsearch } from './servers/elasticsearch.mjs';
import { embedderModel } from './servers/embedder-model.mjs';
import { mongodb } from './servers/mongodb.mjs';
import { redis } from './servers/redis.mjs';
import { temporal } from './servers/temporal.mjs';

/** None depends on another: they are started and stopped side by side. */
const DEFINITIONS = [elasticsearch, mongodb, redis, temporal];

const PORT_USES = Object.assign({}, ...DEFINITIONS.map(({ ports }) => ports));

/** Where installed servers are kept: DRAMATIS_CACHE, or ~/.cache/dramatis. */
export function defaultCacheDir() {
  return process.env.DRAMATIS_CACHE ? resolve(process.env.DRAMATIS_CACHE) : join(homedir(), '.cache', 'dramatis');
}

/**
 * The servers' ports: their defaults, unless the environment says otherwise.
 * @returns {Record<string, number>}
 * @throws {StackError} PORT_INVALID
 */
export function portsFromEnvironment() {
  return Object.fromEntries(Object.entries(PORT_USES).map(([name, { port, variable }]) => [name, portFromEnvironment(variable, port)]));
}

/**
 * The ports that servers started here will listen on, with what each is for; none for a server that the environment points to.
 * @param {Record<string, number>} ports
 */
export function portUsesOf(ports) {
  return DEFINITIONS.filter(({ addressVariable }) => !process.env[addressVariable]).flatMap((definition) => portUses(definition, ports));
}

/**
 * @param {import('./servers/server.mjs').ServerDefinition} definition
 * @param {Record<string, number>} ports
 */
function portUses(definition, ports) {
  return Object.entries(definition.ports).map(([name, use]) => ({ ...use, port: ports[name] }));
}

/**
 * @param {string} variable
 * @param {number} fallback
 */
export function portFromEnvironment(variable, fallback) {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError('PORT_INVALID', `${variable} is "${text}", which is no port.`, { remedy: `Set ${variable} to a number from 1 to 65535.` });
  }
  return port;
}

/**
 * Brings up Temporal, MongoDB, Elasticsearch and Redis with their data in one folder, and the built-in embedder's model.
 * Documented in stack.d.mts.
 *
 * @param {import('./stack.mjs').StackOptions} options
 * @returns {Promise<import('./stack.mjs').Stack>}
 */
export async function startStack({ dataDir, ports = {}, cacheDir = defaultCacheDir(), only, log = () => undefined, signal }) {
  const definitions = DEFINITIONS.filter(({ id }) => only === undefined || only.includes(/** @type {any} */ (id)));
  const cache = new ArtifactCache(cacheDir);
  const allPorts = await choosePorts(ports);
  const guard = new OrphanGuard();
  /** @type {Record<string, string>} */
  const env = {};
  /** @type {Record<string, ManagedProcess>} */
  const servers = {};
  const stop = async () => void (await Promise.all(Object.values(servers).map((server) => server.stop())));

  // One failure ends the others' installation too, and all are waited for: nothing goes on behind the caller's back.
  const failed = new AbortController();
  const interrupted = () => failed.abort();
  signal?.addEventListener('abort', interrupted, { once: true });
  if (signal?.aborted) interrupted();
  /** @param {string} name */
  const context = (name) => ({
    cache,
    signal: failed.signal,
    report: (/** @type {string} */ text) => log({ kind: 'progress', name, text }),
    warn: (/** @type {string} */ text) => log({ kind: 'warning', name, text }),
  });
  const work = definitions.map(async (definition) => {
    const { name } = definition;
    const folder = join(resolve(dataDir), definition.id);
    const installation = await takeFirstRoute(name, definition.routes({ dataDir: folder }), context(name));
    Object.assign(env, definition.environment({ address: installation.address, ports: allPorts }));
    if (installation.address !== undefined) return log({ kind: 'ready', name, text: installation.route });
    await makeFolder(folder);
    await requireFreePorts(portUses(definition, allPorts));
    const server = new ManagedProcess({
      name,
      logFile: join(resolve(dataDir), 'logs', `${definition.id}.log`),
      guard,
      ...(await definition.process({ installation, dataDir: folder, ports: allPorts, context: context(name) })),
    });
    servers[definition.id] = server;
    log({ kind: 'progress', name, text: 'starting' });
    await server.start({ signal: failed.signal });
    log({ kind: 'ready', name, text: `${installation.route}, port ${allPorts[definition.id]}` });
  });
  if (only === undefined || only.includes('embedder')) {
    work.push(
      (async () => {
        const { name } = embedderModel;
        const { directory, route } = await takeFirstRoute(name, embedderModel.routes(), context(name));
        env.EMBEDDER_MODEL_DIR = /** @type {string} */ (directory);
        log({ kind: 'ready', name, text: route });
      })(),
    );
  }
  try {
    await allOrFirstError(work, () => failed.abort());
  } catch (error) {
    await stop();
    throw error;
  } finally {
    signal?.removeEventListener('abort', interrupted);
  }
  return /** @type {any} */ ({ env, ports: allPorts, servers, guard, stop });
}

/** @param {import('./stack.mjs').StackOptions['ports']} ports */
async function choosePorts(ports) {
  if (ports !== 'free') return { ...portsFromEnvironment(), ...ports };
  const names = Object.keys(PORT_USES);
  const free = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, free[index]]));
}

/** @param {string} folder */
async function makeFolder(folder) {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw explainFileSystemError(error, folder, 'DRAMATIS_DATA');
  }
}
