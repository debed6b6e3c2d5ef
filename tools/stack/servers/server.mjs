/**
 * What the launcher must know of a server: the ways to get it, and how to run it.
 *
 * @typedef {import('../lib/routes.mjs').Route} Route
 * @typedef {import('../lib/routes.mjs').Installation} Installation
 * @typedef {import('../stack.mjs').PortName} PortName
 * @typedef {Record<PortName, number>} Ports
 *
 * @typedef {object} ServerDefinition
 * @property {import('../stack.mjs').ServerId} id names its data folder and its log file
 * @property {string} name as people call it
 * @property {string} addressVariable the environment variable that points to a server that runs already
 * @property {Partial<Record<PortName, { port: number, use: string, variable: string }>>} ports the ports it listens on, with their defaults
 *   and the environment variables that change them
 * @property {(options: { dataDir: string }) => Route[]} routes in order of preference
 * @property {(options: { address?: string, ports: Ports }) => Record<string, string>} environment what the product needs in its
 *   environment to reach it; `address` is given when the server was not started here
 * @property {(options: ProcessOptions) => ServerProcess | Promise<ServerProcess>} process
 *
 * @typedef {object} ProcessOptions
 * @property {Installation} installation
 * @property {string} dataDir a folder of its own, which exists
 * @property {Ports} ports
 * @property {import('../lib/routes.mjs').RouteContext} context
 *
 * @typedef {object} ServerProcess
 * @property {() => import('../lib/managed-process.mjs').Command} command
 * @property {() => Promise<boolean>} isReady
 * @property {number} readyTimeoutMs
 * @property {number} stopGraceMs
 */

export {};
