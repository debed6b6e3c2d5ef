import { resolveSrv } from 'node:dns/promises';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installPackage } from '../lib/python.mjs';
import { acceptsConnections, mongodbAnswers } from '../lib/probes.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute } from '../lib/routes.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { downloadAndUnpack } from '../lib/tarball.mjs';
import { mongodbBuild } from './mongodb-builds.mjs';

const MONGOD_VERSION = '8.0.9';
const SECANTUSDB_VERSION = '0.7.0b3';
const DATABASE = 'dramatis';

/** Remembers in the data folder which server made the data: none reads another's files. */
const ENGINE_FILE = 'engine';

/** @type {import('./server.mjs').ServerDefinition} */
export const mongodb = {
  id: 'mongodb',
  name: 'MongoDB',
  addressVariable: 'MONGODB_URI',

  ports: {
    mongodb: { port: 27017, use: 'MongoDB', variable: 'DRAMATIS_MONGODB_PORT' },
  },

  routes({ dataDir }) {
    const mongod = { engine: 'mongod' };
    const secantusdb = { engine: 'secantusdb' };
    const mongodEntry = `mongod-${MONGOD_VERSION}-${process.platform}-${process.arch}`;
    const secantusdbEntry = `secantusdb-${SECANTUSDB_VERSION}-${process.platform}-${process.arch}`;
    const build = mongodbBuild(process.platform, process.arch, readOsRelease());
    const routes = [
      { ...mongod, route: pathRoute('mongod', { ...mongod, accept: requireRunnable }) },
      { ...mongod, route: cacheRoute(mongodEntry, mongod) },
      { ...secantusdb, route: cacheRoute(secantusdbEntry, secantusdb) },
      ...(build === undefined ? [] : [{ ...mongod, route: installRoute('official download', mongodEntry, downloadMongod(build), mongod) }]),
      { ...secantusdb, route: installRoute('Python package', secantusdbEntry, installSecantusdb, secantusdb) },
    ];
    const made = dataEngine(dataDir);
    return [
      addressRoute('MONGODB_URI', isReachable),
      ...routes.filter(({ engine }) => made === undefined || engine === made).map(({ route }) => route),
    ];
  },

  environment({ address, ports }) {
    // One node has no other that a write could be repeated at, and SecantusDB looks through all its notes of retryable writes at each.
    return { MONGODB_URI: address ?? `mongodb://127.0.0.1:${ports.mongodb}/${DATABASE}?directConnection=true&retryWrites=false` };
  },

  process({ installation, dataDir, ports }) {
    const { engine } = installation;
    writeFileSync(join(dataDir, ENGINE_FILE), `${engine}\n`);
    const command = engine === 'mongod' ? mongodCommand : secantusdbCommand;
    return {
      command: () => command(installation, join(dataDir, 'data'), ports.mongodb),
      isReady: () => mongodbAnswers(ports.mongodb),
      readyTimeoutMs: 60_000,
      stopGraceMs: 15_000,
    };
  },
};

/**
 * @param {import('../lib/routes.mjs').Installation} installation
 * @param {string} data
 * @param {number} port
 */
function mongodCommand({ binary, directory }, data, port) {
  const file = binary ?? join(/** @type {string} */ (directory), 'bin', 'mongod');
  return { file, args: ['--dbpath', ensureFolder(data), '--bind_ip', '127.0.0.1', '--port', String(port), '--wiredTigerCacheSizeGB', '0.5'] };
}

/**
 * @param {import('../lib/routes.mjs').Installation} installation
 * @param {string} data
 * @param {number} port
 */
function secantusdbCommand({ directory }, data, port) {
  return {
    // The virtual environment was moved after it was made, so its scripts point nowhere; its interpreter works.
    file: join(/** @type {string} */ (directory), 'bin', 'python'),
    args: ['-m', 'secantus', '--host', '127.0.0.1', '--port', String(port), '--storage-path', ensureFolder(data), '--sync-on-commit', '--cache-size', '512M', '--log-level', 'WARNING'],
    // A configuration file of the user's own must not reach in.
    cwd: data,
    env: { PYTHONUNBUFFERED: '1' },
  };
}

/**
 * @param {string} dataDir
 * @returns {string | undefined}
 */
function dataEngine(dataDir) {
  const file = join(dataDir, ENGINE_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** @param {string} uri */
async function isReachable(uri) {
  const [, srv, hosts] = /^mongodb(\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/.exec(uri) ?? [];
  if (hosts === undefined) return false;
  const servers = srv === undefined ? hosts.split(',').map(hostAndPort) : await resolveSrv(`_mongodb._tcp.${hosts}`);
  const answers = await Promise.all(servers.map(({ name, port }) => acceptsConnections(name, port)));
  return answers.includes(true);
}

/** @param {string} host */
function hostAndPort(host) {
  const [, name, port] = /^\[?([^\]]+?)\]?(?::(\d+))?$/.exec(host) ?? [];
  return { name, port: Number(port ?? 27017) };
}

/** @param {string} binary */
async function requireRunnable(binary) {
  await runCommand(binary, ['--version'], { timeoutMs: 10_000 });
}

/** @param {{ folder: string, name: string }} build */
function downloadMongod({ folder, name }) {
  const file = `${name}-${MONGOD_VERSION}`;
  const url = `https://fastdl.mongodb.org/${folder}/${file}.tgz`;
  /** @param {string} directory @param {import('../lib/routes.mjs').RouteContext} context */
  return async (directory, context) => {
    await downloadAndUnpack({ url, algorithm: 'sha256', checksumUrl: `${url}.sha256`, strip: 1 }, directory, context);
    await requireRunnable(join(directory, 'bin', 'mongod'));
  };
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function installSecantusdb(directory, context) {
  await installPackage(`secantusdb==${SECANTUSDB_VERSION}`, directory, context);
}

/** @param {string} folder */
function ensureFolder(folder) {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
