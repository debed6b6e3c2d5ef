import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { goInstall } from '../lib/go-install.mjs';
import { acceptsConnections, temporalAnswers } from '../lib/probes.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute } from '../lib/routes.mjs';
import { runCommand } from '../lib/run-command.mjs';
import { StackError } from '../lib/stack-error.mjs';
import { downloadAndUnpack } from '../lib/tarball.mjs';

/** Of the command line tool. 1.6 and later cannot be installed by `go install`. */
const VERSION = '1.5.1';
const NAMESPACE = 'default';

const SEARCH_ATTRIBUTES = [
  'DramatisPersonaId',
  'DramatisConversationId',
  'DramatisMode',
  'DramatisFormat',
  'DramatisProvider',
  'DramatisSourceId',
];

/**
 * The development server has one history shard, and its queue processors poll at most 20 times a second a shard: each
 * workflow task and activity would wait for the next tick of 50 ms. One task queue partition is enough for one node.
 */
const DYNAMIC_CONFIG = [
  'history.transferProcessorMaxPollRPS=2000',
  'history.timerProcessorMaxPollRPS=2000',
  'history.visibilityProcessorMaxPollRPS=2000',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
];

/** Readers do not block the writer, and a commit costs no fsync of its own. */
const SQLITE_PRAGMAS = ['journal_mode=wal', 'synchronous=normal'];

const DOWNLOAD_ARCHITECTURES = { x64: 'amd64', arm64: 'arm64' };
const PINNED_SHA256 = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

/** @type {import('./server.mjs').ServerDefinition} */
export const temporal = {
  id: 'temporal',
  name: 'Temporal',
  addressVariable: 'TEMPORAL_ADDRESS',

  ports: {
    temporal: { port: 7233, use: 'Temporal', variable: 'DRAMATIS_TEMPORAL_PORT' },
    temporalUi: { port: 8233, use: "Temporal's page", variable: 'DRAMATIS_TEMPORAL_UI_PORT' },
  },

  routes() {
    const entry = `temporal-${VERSION}-${process.platform}-${process.arch}`;
    return [
      addressRoute('TEMPORAL_ADDRESS', isReachable),
      pathRoute('temporal', { accept: (binary) => requireDevServer(binary) }),
      cacheRoute(entry),
      installRoute('official download', entry, downloadRelease),
      installRoute('go install', entry, buildFromSource),
    ];
  },

  environment({ address, ports }) {
    return address !== undefined
      ? { TEMPORAL_ADDRESS: address, ...(process.env.TEMPORAL_UI_URL && { TEMPORAL_UI_URL: process.env.TEMPORAL_UI_URL }) }
      : { TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`, TEMPORAL_UI_URL: `http://localhost:${ports.temporalUi}` };
  },

  process({ installation, dataDir, ports }) {
    const binary = installation.binary ?? join(/** @type {string} */ (installation.directory), 'bin', 'temporal');
    return {
      command: () => ({
        file: binary,
        args: [
          'server', 'start-dev',
          '--ip', '127.0.0.1',
          '--port', String(ports.temporal),
          '--ui-port', String(ports.temporalUi),
          '--namespace', NAMESPACE,
          '--db-filename', join(dataDir, 'temporal.db'),
          '--log-level', 'warn',
          ...DYNAMIC_CONFIG.flatMap((setting) => ['--dynamic-config-value', setting]),
          ...SQLITE_PRAGMAS.flatMap((pragma) => ['--sqlite-pragma', pragma]),
          ...SEARCH_ATTRIBUTES.flatMap((attribute) => ['--search-attribute', `${attribute}=Keyword`]),
        ],
      }),
      isReady: () => temporalAnswers(ports.temporal, NAMESPACE, SEARCH_ATTRIBUTES),
      readyTimeoutMs: 60_000,
      stopGraceMs: 10_000,
    };
  },
};

/** @param {string} address host:port, as Temporal's clients take it */
function isReachable(address) {
  const [, host, port] = /^(?:\w+:\/\/)?\[?([^\]]+?)\]?(?::(\d+))?$/.exec(address) ?? [];
  return acceptsConnections(host, Number(port ?? 7233));
}

/** @param {string} binary */
async function requireDevServer(binary) {
  const help = await runCommand(binary, ['server', 'start-dev', '--help'], { timeoutMs: 10_000 });
  if (!help.includes('--search-attribute')) {
    throw new StackError('TOO_OLD', `${binary} has no "server start-dev --search-attribute".`, { remedy: `Update it to ${VERSION} or later.` });
  }
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
async function downloadRelease(directory, context) {
  const architecture = DOWNLOAD_ARCHITECTURES[/** @type {'x64'} */ (process.arch)];
  const platform = /** @type {keyof typeof PINNED_SHA256} */ (`${process.platform}_${architecture}`);
  const release = `https://github.com/temporalio/cli/releases/download/v${VERSION}`;
  await mkdir(join(directory, 'bin'));
  await downloadAndUnpack(
    {
      url: `${release}/temporal_cli_${VERSION}_${platform}.tar.gz`,
      algorithm: 'sha256',
      pinned: PINNED_SHA256[platform],
      checksumUrl: `${release}/checksums.txt`,
      strip: 0,
      only: ['temporal'],
    },
    directory,
    context,
  );
  await rename(join(directory, 'temporal'), join(directory, 'bin', 'temporal'));
}

/**
 * @param {string} directory
 * @param {import('../lib/routes.mjs').RouteContext} context
 */
function buildFromSource(directory, context) {
  const ldflags = `-X github.com/temporalio/cli/temporalcli.Version=${VERSION}`;
  return goInstall({ module: `github.com/temporalio/cli/cmd/temporal@v${VERSION}`, ldflags }, directory, context);
}
