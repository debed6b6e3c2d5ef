import { spawn } from 'node:child_process';
import { StackError } from './stack-error.mjs';

const TAIL_LINES = 20;
const KILL_GRACE_MS = 5_000;

/**
 * Runs a command to its end and gives its standard output. It runs in a process group of its own, so that Ctrl-C
 * reaches it only through `signal`, and so that whatever it started ends with it.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {object} [options]
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} [options.env] replaces the environment
 * @param {AbortSignal} [options.signal]
 * @param {number} [options.timeoutMs]
 * @param {(line: string) => void | false} [options.onLine] each line of output as it comes, of both streams; false keeps it out of an
 *   error's detail
 * @returns {Promise<string>}
 * @throws {StackError} TOOL_MISSING when there is no such command; COMMAND_FAILED with the tail of its output;
 *   COMMAND_TIMED_OUT; INTERRUPTED when the signal was aborted
 */
export function runCommand(file, args, { cwd, env = process.env, signal, timeoutMs, onLine } = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(interrupted(file));
    const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {string[]} */
    const tail = [];
    let output = '';
    let timedOut = false;

    const end = () => {
      killGroup(child.pid, 'SIGTERM');
      setTimeout(() => killGroup(child.pid, 'SIGKILL'), KILL_GRACE_MS).unref();
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => ((timedOut = true), end()), timeoutMs);
    signal?.addEventListener('abort', end, { once: true });

    child.stdout.on('data', (chunk) => (output += chunk));
    for (const stream of [child.stdout, child.stderr]) {
      splitLines(stream, (line) => {
        if (onLine?.(line) === false) return;
        tail.push(line);
        if (tail.length > TAIL_LINES) tail.shift();
      });
    }

    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
    };
    child.once('error', (error) => {
      settle();
      const missing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT';
      reject(
        missing
          ? new StackError('TOOL_MISSING', `${file} is not installed, or not on the PATH.`, { cause: error })
          : new StackError('COMMAND_FAILED', `${file} could not be run: ${error.message}`, { cause: error }),
      );
    });
    child.once('close', (code, killedBy) => {
      settle();
      const command = [file, ...args].join(' ');
      const detail = tail.join('\n');
      if (signal?.aborted) reject(interrupted(file));
      else if (timedOut) reject(new StackError('COMMAND_TIMED_OUT', `${command} took longer than ${timeoutMs} ms.`, { detail }));
      else if (code === 0) resolve(output);
      else reject(new StackError('COMMAND_FAILED', `${command} ended with ${killedBy ?? `code ${code}`}.`, { detail }));
    });
  });
}

/**
 * Sends a signal to a process group; a group that is gone already is fine.
 * @param {number | undefined} pid the group's leader
 * @param {NodeJS.Signals} signal
 */
export function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/**
 * @param {NodeJS.ReadableStream} stream
 * @param {(line: string) => void} onLine called without the line's end; carriage returns end a line too, as progress bars use them
 */
export function splitLines(stream, onLine) {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk) => {
    const lines = (rest + chunk).split(/\r?\n|\r/);
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') onLine(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });
}

/** @param {string} file */
function interrupted(file) {
  return new StackError('INTERRUPTED', `${file} was interrupted.`);
}
