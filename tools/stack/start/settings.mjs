import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { portFromEnvironment, portsFromEnvironment, portUses, SERVERS } from '../servers/ports.mjs';
import { defaultCacheDir } from '../stack.mjs';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const PRODUCT_PORT = { port: 3000, use: 'Dramatis itself', variable: 'DRAMATIS_PORT' };

/**
 * What the environment says about this start.
 *
 * @typedef {object} Settings
 * @property {string} root the checkout
 * @property {string} dataDir
 * @property {string} cacheDir
 * @property {string} logsDir
 * @property {number} port the product's
 * @property {import('../servers/ports.mjs').Ports} serverPorts
 * @property {import('../lib/ports.mjs').PortUse[]} portUses all ports that this start will listen on
 *
 * @param {{ serversOnly: boolean }} options
 * @returns {Settings}
 * @throws {import('../lib/stack-error.mjs').StackError} PORT_INVALID
 */
export function readSettings({ serversOnly }) {
  const dataDir = resolve(process.env.DRAMATIS_DATA || join(ROOT, '.dramatis'));
  const port = portFromEnvironment(PRODUCT_PORT.variable, PRODUCT_PORT.port);
  const serverPorts = portsFromEnvironment();
  return {
    root: ROOT,
    dataDir,
    cacheDir: defaultCacheDir(),
    logsDir: join(dataDir, 'logs'),
    port,
    serverPorts,
    portUses: [...(serversOnly ? [] : [{ ...PRODUCT_PORT, port }]), ...SERVERS.flatMap((server) => portUses(server, serverPorts))],
  };
}
