import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { StackError } from './stack-error.mjs';

/**
 * @typedef {{ pid: number, command: string }} PortHolder
 * @typedef {{ port: number, use: string, variable: string }} PortUse
 */

/**
 * Whether a TCP port can be listened on, at the loopback address of both protocols.
 * @param {number} port
 * @returns {Promise<boolean>}
 * @throws {StackError} PORT_FORBIDDEN for a port that this user may not listen on
 */
export async function isPortFree(port) {
  const codes = await Promise.all(['127.0.0.1', '::1'].map((host) => listenErrorCode(port, host)));
  if (codes.includes('EACCES')) {
    throw new StackError('PORT_FORBIDDEN', `This user may not listen on port ${port}.`, { remedy: 'Choose a port from 1024 upwards.' });
  }
  return !codes.includes('EADDRINUSE');
}

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<string | undefined>} undefined when it could be listened on
 */
function listenErrorCode(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(/** @type {NodeJS.ErrnoException} */ (error).code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Ports that nobody listens on now.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/**
 * Checks that all these ports are free.
 * @param {readonly PortUse[]} uses
 * @throws {StackError} PORT_IN_USE, which names each taken port, who holds it and how to choose another
 */
export async function requireFreePorts(uses) {
  const free = await Promise.all(uses.map(({ port }) => isPortFree(port)));
  const taken = uses.filter((_, index) => !free[index]);
  if (taken.length > 0) throw portInUse(taken.map((use) => ({ use, holder: findHolder(use.port) })));
}

/**
 * @param {readonly { use: PortUse, holder: PortHolder | undefined }[]} taken
 */
export function portInUse(taken) {
  const lines = taken.map(({ use, holder }) => {
    const who = holder === undefined ? 'another process, of another user' : `process ${holder.pid} (${holder.command})`;
    return `Port ${use.port}, wanted for ${use.use}, is held by ${who}.`;
  });
  const variables = taken.map(({ use }) => `${use.variable}=${use.port + 10}`).join(' ');
  const pids = [...new Set(taken.flatMap(({ holder }) => (holder ? [holder.pid] : [])))];
  const stop = pids.length === 0 ? 'Stop it' : `Stop it (kill ${pids.join(' ')})`;
  return new StackError('PORT_IN_USE', lines.join('\n'), { remedy: `${stop}, or choose other ports: ${variables} npm start` });
}

/**
 * The process that listens on a port, if this user may know it.
 * @param {number} port
 * @returns {PortHolder | undefined}
 */
export function findHolder(port) {
  return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port);
}

/** @param {number} port */
function holderFromProc(port) {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listeningInodes(readText(file), port)));
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    let descriptors;
    try {
      descriptors = readdirSync(`/proc/${pid}/fd`);
    } catch {
      continue;
    }
    for (const descriptor of descriptors) {
      const inode = /^socket:\[(\d+)\]$/.exec(readLink(`/proc/${pid}/fd/${descriptor}`))?.[1];
      if (inode !== undefined && inodes.has(inode)) {
        const command = readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
        return { pid: Number(pid), command: shorten(command || readText(`/proc/${pid}/comm`).trim()) };
      }
    }
  }
  return undefined;
}

/**
 * The socket inodes that listen on a port, out of the kernel's table.
 * @param {string} table the text of /proc/net/tcp or tcp6
 * @param {number} port
 * @returns {string[]}
 */
export function listeningInodes(table, port) {
  const LISTEN = '0A';
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${wanted}`) && fields[3] === LISTEN)
    .map((fields) => fields[9]);
}

/** @param {number} port */
function holderFromLsof(port) {
  try {
    const text = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const pid = /^p(\d+)/m.exec(text)?.[1];
    return pid === undefined ? undefined : { pid: Number(pid), command: /^c(.*)/m.exec(text)?.[1] ?? '' };
  } catch {
    return undefined;
  }
}

/** @param {string} command */
function shorten(command) {
  const line = command.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** @param {string} file */
function readLink(file) {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
