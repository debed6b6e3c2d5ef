import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './stack-error.mjs';

const POLL_MS = 300;

/**
 * Does something while holding a lock file, which names the process that holds it. A lock whose process has ended is
 * taken over.
 *
 * @template T
 * @param {string} file
 * @param {{ signal?: AbortSignal, onWait?: (holderPid: number) => void }} options
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @throws {StackError} INTERRUPTED when the signal was aborted while waiting
 */
export async function withLock(file, { signal, onWait }, work) {
  let told = false;
  for (;;) {
    const holder = await tryLock(file);
    if (holder === undefined) break;
    if (!told) onWait?.(holder);
    told = true;
    if (signal?.aborted) throw new StackError('INTERRUPTED', `Waiting for ${file} was interrupted.`);
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await unlock(file);
  }
}

/**
 * Takes a lock file for this process.
 * @param {string} file
 * @returns {Promise<number | undefined>} the process that holds it instead, undefined when this one does now
 */
export async function tryLock(file) {
  for (;;) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return undefined;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (isRunning(holder)) return holder;
    await rm(file, { force: true });
  }
}

/** @param {string} file */
export async function unlock(file) {
  await rm(file, { force: true });
}

/** @param {number} pid */
export function isRunning(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
