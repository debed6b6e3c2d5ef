import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { StackError } from './stack-error.mjs';

/** A network that says no, or nothing, must not hold up the start. */
const CONNECT_TIMEOUT_MS = 4_000;
const IDLE_TIMEOUT_MS = 20_000;

/**
 * Downloads a file and checks its content. A file that is not what it should be is not kept.
 *
 * @param {string} url
 * @param {string} file
 * @param {object} check
 * @param {'sha256' | 'sha512'} check.algorithm
 * @param {string} check.expected the digest in hexadecimal
 * @param {AbortSignal} [check.signal]
 * @param {(done: number, total: number | undefined) => void} [check.onProgress] in bytes
 * @throws {StackError} DOWNLOAD_FAILED, DOWNLOAD_CORRUPT
 */
export async function download(url, file, { algorithm, expected, signal, onProgress }) {
  const hash = createHash(algorithm);
  const { response, idle } = await request(url, signal);
  const total = Number(response.headers.get('content-length')) || undefined;
  let done = 0;
  const count = new Transform({
    transform(chunk, _encoding, next) {
      idle.restart();
      hash.update(chunk);
      done += chunk.length;
      onProgress?.(done, total);
      next(null, chunk);
    },
  });
  try {
    if (response.body === null) throw new Error('the answer has no body');
    await pipeline(Readable.fromWeb(/** @type {any} */ (response.body)), count, createWriteStream(file));
  } catch (error) {
    await rm(file, { force: true });
    throw failed(url, error);
  } finally {
    idle.stop();
  }
  const actual = hash.digest('hex');
  if (actual !== expected.toLowerCase()) {
    await rm(file, { force: true });
    throw new StackError('DOWNLOAD_CORRUPT', `${url} has the ${algorithm} ${actual} instead of ${expected}.`, {
      remedy: 'Try again; if it stays so, something between you and the vendor changes the file.',
    });
  }
}

/**
 * The digest of a file out of a checksum file that its vendor publishes beside it: either the digest alone or lines of
 * digest and name.
 *
 * @param {string} url
 * @param {string} name
 * @param {AbortSignal} [signal]
 * @throws {StackError} DOWNLOAD_FAILED
 */
export async function publishedChecksum(url, name, signal) {
  const { response, idle } = await request(url, signal);
  try {
    const digest = findChecksum(await response.text(), name);
    if (digest === undefined) throw new Error(`it has no checksum of ${name}`);
    return digest;
  } catch (error) {
    throw failed(url, error);
  } finally {
    idle.stop();
  }
}

/**
 * @param {string} text a checksum file's content
 * @param {string} name
 * @returns {string | undefined}
 */
export function findChecksum(text, name) {
  const lines = text.trim().split('\n').map((line) => line.trim().split(/\s+\*?/));
  const found = lines.find((fields) => fields[1]?.split('/').pop() === name) ?? (lines.length === 1 && lines[0].length === 1 ? lines[0] : undefined);
  return found && /^[0-9a-f]{64,128}$/i.test(found[0]) ? found[0] : undefined;
}

/**
 * @param {string} url
 * @param {AbortSignal} [signal]
 */
async function request(url, signal) {
  const controller = new AbortController();
  const abort = () => controller.abort(new Error('interrupted'));
  signal?.addEventListener('abort', abort, { once: true });
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const arm = (/** @type {number} */ ms) => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  };
  const idle = {
    restart: () => arm(IDLE_TIMEOUT_MS),
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
  arm(CONNECT_TIMEOUT_MS);
  try {
    const response = await fetch(url, { signal: controller.signal, redirect: 'follow' });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    idle.restart();
    return { response, idle };
  } catch (error) {
    idle.stop();
    throw failed(url, controller.signal.aborted ? controller.signal.reason : error);
  }
}

/**
 * @param {string} url
 * @param {unknown} error
 */
function failed(url, error) {
  const { message, cause } = /** @type {Error} */ (error);
  const reason = cause instanceof Error && cause.message ? cause.message : message;
  return new StackError('DOWNLOAD_FAILED', `${url} could not be downloaded: ${reason}.`, { cause: error });
}
