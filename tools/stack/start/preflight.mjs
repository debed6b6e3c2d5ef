import { existsSync } from 'node:fs';
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { requireFreePorts } from '../lib/ports.mjs';
import { explainFileSystemError, StackError } from '../lib/stack-error.mjs';

const MINIMUM_NODE = 20;
const GIGABYTE = 1024 ** 3;
/** What data and logs should be able to grow by, at the least. */
const DATA_GB = 1;
/** Building Temporal takes 3 GB for a while; what stays of all servers is under 1 GB. */
const INSTALLATION_GB = 5;
const NODE_MODULES_GB = 2.5;

/**
 * Finds out before anything is begun whether the start can succeed.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {string} options.dataDir
 * @param {string} options.cacheDir
 * @param {readonly import('../lib/ports.mjs').PortUse[]} options.ports
 * @param {(text: string) => void} options.warn
 * @throws {StackError} PLATFORM_UNSUPPORTED, NODE_TOO_OLD, FOLDER_NOT_WRITABLE, DISK_FULL, PORT_IN_USE
 */
export async function preflight({ root, dataDir, cacheDir, ports, warn }) {
  requirePlatform(process.platform, process.arch, warn);
  requireNode(process.versions.node);
  await requireWritable(dataDir, 'DRAMATIS_DATA');
  await requireWritable(cacheDir, 'DRAMATIS_CACHE');
  await requireSpace(dataDir, DATA_GB, 'DRAMATIS_DATA', warn);
  await requireSpace(cacheDir, existsSync(join(cacheDir, 'minilm')) ? 0 : INSTALLATION_GB, 'DRAMATIS_CACHE', warn);
  if (!existsSync(join(root, 'node_modules'))) await requireSpace(root, NODE_MODULES_GB, undefined, warn);
  await requireFreePorts(ports);
}

/**
 * @param {string} platform
 * @param {string} architecture
 * @param {(text: string) => void} warn
 */
export function requirePlatform(platform, architecture, warn) {
  if (platform === 'darwin') return warn('macOS is not tested as Linux is; tell us what does not work.');
  if (platform !== 'linux' || !['x64', 'arm64'].includes(architecture)) {
    throw new StackError('PLATFORM_UNSUPPORTED', `Dramatis does not run on ${platform} ${architecture}.`, {
      remedy: 'Use Linux on x64 or arm64; on Windows, the Windows Subsystem for Linux.',
    });
  }
}

/** @param {string} version */
export function requireNode(version) {
  if (Number(version.split('.')[0]) < MINIMUM_NODE) {
    throw new StackError('NODE_TOO_OLD', `This is Node ${version}; npm start needs Node ${MINIMUM_NODE} or later.`, { remedy: 'Install a later Node.' });
  }
}

/**
 * @param {string} folder
 * @param {string} variable
 */
async function requireWritable(folder, variable) {
  const trial = join(folder, `.write-trial-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'trial');
    await rm(trial);
  } catch (error) {
    throw explainFileSystemError(error, folder, variable);
  }
}

/**
 * @param {string} folder
 * @param {number} wantedGb
 * @param {string | undefined} variable
 * @param {(text: string) => void} warn
 */
async function requireSpace(folder, wantedGb, variable, warn) {
  const { bavail, bsize } = await statfs(folder);
  const freeGb = (bavail * bsize) / GIGABYTE;
  if (freeGb >= wantedGb) return;
  const text = `The disk that holds ${folder} has ${freeGb.toFixed(1)} GB free; ${wantedGb} GB are wanted.`;
  const remedy = variable === undefined ? 'Free some space.' : `Free some space, or set ${variable} to a folder on another disk.`;
  if (freeGb < wantedGb / 4) throw new StackError('DISK_FULL', text, { remedy });
  warn(`${text} ${remedy}`);
}
