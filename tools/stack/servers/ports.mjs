import { freePorts } from '../lib/ports.mjs';
import { StackError } from '../lib/stack-error.mjs';
import { elasticsearch } from './elasticsearch.mjs';
import { mongodb } from './mongodb.mjs';
import { redis } from './redis.mjs';
import { s3 } from './s3.mjs';
import { temporal } from './temporal.mjs';

/** None depends on another: they are started and stopped side by side. */
export const SERVERS = [elasticsearch, mongodb, redis, temporal];

/** Brought up only for who asks for them by name. */
export const SERVERS_ON_REQUEST = [s3];

/** @type {Record<string, import('../lib/ports.mjs').PortUse>} */
const USES = Object.assign({}, ...[...SERVERS, ...SERVERS_ON_REQUEST].map(({ ports }) => ports));

/** @typedef {Record<import('../stack.mjs').PortName, number>} Ports */

/**
 * The servers' ports: the usual ones, unless the environment says otherwise.
 * @returns {Ports}
 * @throws {StackError} PORT_INVALID
 */
export function portsFromEnvironment() {
  return /** @type {Ports} */ (Object.fromEntries(Object.entries(USES).map(([name, { port, variable }]) => [name, portFromEnvironment(variable, port)])));
}

/**
 * @param {string} variable
 * @param {number} fallback
 * @param {NodeJS.ProcessEnv} [environment]
 * @throws {StackError} PORT_INVALID
 */
export function portFromEnvironment(variable, fallback, environment = process.env) {
  const text = environment[variable];
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError('PORT_INVALID', `${variable} is "${text}", which is no port.`, { remedy: `Set ${variable} to a number from 1 to 65535.` });
  }
  return port;
}

/**
 * All ports, of which some are given.
 * @param {'free' | Partial<Ports>} given
 * @returns {Promise<Ports>}
 */
export async function choosePorts(given) {
  if (given !== 'free') return { ...portsFromEnvironment(), ...given };
  const names = Object.keys(USES);
  const free = await freePorts(names.length);
  return /** @type {Ports} */ (Object.fromEntries(names.map((name, index) => [name, free[index]])));
}

/**
 * The ports that a server listens on, with what each is for; none for a server that the environment points to.
 *
 * @param {import('./server.mjs').ServerDefinition} server
 * @param {Ports} ports
 * @returns {import('../lib/ports.mjs').PortUse[]}
 */
export function portUses(server, ports) {
  if (process.env[server.addressVariable]) return [];
  return Object.entries(server.ports).map(([name, use]) => ({ ...use, port: ports[/** @type {keyof Ports} */ (name)] }));
}
