import { readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { StackError } from './stack-error.mjs';

const POLL_MS = 300;
/** Longer than another process takes from reading a lock to removing it. */
const TAKEOVER_MS = 100;

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
  const mine = identityOf(process.pid);
  let takenOver = false;
  for (;;) {
    try {
      await writeFile(file, mine, { flag: 'wx' });
      if (!takenOver) return undefined;
      // Another that found the same dead holder may have removed this lock with the dead one's.
      await sleep(TAKEOVER_MS);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const holder = await readFile(file, 'utf8').catch(() => '');
    if (takenOver && holder === mine) return undefined;
    if (isAlive(holder)) return Number.parseInt(holder, 10);
    takenOver = true;
    await rm(file, { force: true });
  }
}

/** @param {string} file */
export async function unlock(file) {
  await rm(file, { force: true });
}

/** @param {string} identity */
function isAlive(identity) {
  const pid = Number.parseInt(identity, 10);
  return pid > 0 && identityOf(pid) === identity;
}

/**
 * Names a running process. Ids are used again, so its time of start belongs to it where the system tells it.
 * @param {number} pid
 * @returns {string} empty when there is no such process
 */
function identityOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return '';
  }
  return `${pid} ${startTime(pid)}`.trim();
}

/**
 * @param {number} pid
 * @returns {string} in clock ticks since the system's start; empty where it cannot be known
 */
function startTime(pid) {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '');
    return afterName.split(' ')[19];
  } catch {
    return '';
  }
}
