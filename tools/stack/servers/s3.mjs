import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { goInstall } from '../lib/go-install.mjs';
import { acceptsConnections, s3Answers } from '../lib/probes.mjs';
import { addressRoute, cacheRoute, installRoute, pathRoute } from '../lib/routes.mjs';

/** Of the Versity S3 gateway, which serves a folder. */
const VERSION = '1.8.0';

/** Of a server that only this machine reaches and that holds what tests put there. */
const ROOT_KEYS = { S3_ACCESS_KEY_ID: 'dramatis-tests', S3_SECRET_ACCESS_KEY: 'not-a-secret-on-loopback' };

/**
 * An S3 server for the specs of the object store. The product itself keeps its objects in a folder, or where the operator says:
 * no start brings this one up unless it is asked for.
 *
 * @type {import('./server.mjs').ServerDefinition}
 */
export const s3 = {
  id: 's3',
  name: 'S3',
  addressVariable: 'S3_ENDPOINT',

  ports: {
    s3: { port: 7070, use: 'the S3 server', variable: 'DRAMATIS_S3_PORT' },
  },

  routes() {
    const entry = `versitygw-${VERSION}-${process.platform}-${process.arch}`;
    return [
      addressRoute('S3_ENDPOINT', isReachable),
      pathRoute('versitygw'),
      cacheRoute(entry),
      installRoute('go install', entry, (directory, context) =>
        goInstall({ module: `github.com/versity/versitygw/cmd/versitygw@v${VERSION}` }, directory, context),
      ),
    ];
  },

  environment({ address, ports }) {
    // The keys of a server of one's own are in the environment already.
    return address === undefined ? { S3_ENDPOINT: `http://127.0.0.1:${ports.s3}`, ...ROOT_KEYS } : { S3_ENDPOINT: address };
  },

  process({ installation, dataDir, ports }) {
    const binary = installation.binary ?? join(/** @type {string} */ (installation.directory), 'bin', 'versitygw');
    const folder = join(dataDir, 'buckets');
    // Beside the objects and not in their extended attributes, which not every file system has.
    const metadata = join(dataDir, 'metadata');
    for (const path of [folder, metadata]) mkdirSync(path, { recursive: true });
    return {
      command: () => ({
        file: binary,
        args: ['--port', `127.0.0.1:${ports.s3}`, '--keep-alive', '--quiet', '--health', '/health', 'posix', '--sidecar', metadata, folder],
        env: { ROOT_ACCESS_KEY: ROOT_KEYS.S3_ACCESS_KEY_ID, ROOT_SECRET_KEY: ROOT_KEYS.S3_SECRET_ACCESS_KEY },
      }),
      isReady: () => s3Answers(ports.s3),
      readyTimeoutMs: 30_000,
      stopGraceMs: 5_000,
    };
  },
};

/** @param {string} endpoint */
function isReachable(endpoint) {
  const { protocol, hostname, port } = new URL(endpoint);
  return acceptsConnections(hostname, Number(port || (protocol === 'https:' ? 443 : 80)));
}
