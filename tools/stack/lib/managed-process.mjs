import { spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from './run-command.mjs';
import { explainFileSystemError, StackError } from './stack-error.mjs';

const ROTATE_LOG_BYTES = 10 * 1024 * 1024;
const READY_POLL_MS = 100;
const TAIL_LINES = 25;

/**
 * @typedef {object} Command
 * @property {string} file
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} [env] added to the launcher's environment
 * @property {string} [cwd]
 */

/**
 * A process that can be started, stopped and killed again and again on the same command, in a process group of its own so
 * that the terminal's Ctrl-C does not reach it before the launcher has decided on the order. Its output goes to a log file.
 *
 * Emits `exit` with { code, signal } when it ends without having been told to.
 */
export class ManagedProcess extends EventEmitter {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #child;
  /** Whether the end that comes next was asked for. */
  #endAsked = false;
  /** Whether start() still waits; it then tells of an early end itself. */
  #starting = false;
  /** @type {{ code: number | null, signal: NodeJS.Signals | null, error?: Error } | undefined} */
  #earlyEnd;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();

  /**
   * @param {object} options
   * @param {string} options.name as people call it
   * @param {() => Command} options.command asked at each start
   * @param {string} options.logFile
   * @param {() => Promise<boolean>} options.isReady asked until it says true; it may reject while the process is not there yet
   * @param {number} options.readyTimeoutMs
   * @param {number} options.stopGraceMs between SIGTERM and SIGKILL
   * @param {import('./orphan-guard.mjs').OrphanGuard} [options.guard]
   */
  constructor({ name, command, logFile, isReady, readyTimeoutMs, stopGraceMs, guard }) {
    super();
    this.name = name;
    this.logFile = logFile;
    this.command = command;
    this.isReady = isReady;
    this.readyTimeoutMs = readyTimeoutMs;
    this.stopGraceMs = stopGraceMs;
    this.guard = guard;
  }

  /** The running process's id, undefined while it does not run. */
  get pid() {
    return this.#child?.pid;
  }

  /**
   * Starts the process and resolves when it is ready.
   * @param {{ signal?: AbortSignal }} [options]
   * @throws {StackError} START_FAILED with the tail of its log, INTERRUPTED
   */
  async start({ signal } = {}) {
    if (this.#child !== undefined) throw new StackError('ALREADY_RUNNING', `${this.name} runs already, as process ${this.pid}.`);
    this.#starting = true;
    try {
      this.#spawn();
      await this.#waitUntilReady(signal);
    } catch (error) {
      await this.kill();
      throw error;
    } finally {
      this.#starting = false;
    }
  }

  /** Asks the process to end, and kills it when it does not within the grace. Resolves when it is gone. */
  async stop() {
    const child = this.#child;
    if (child === undefined) return;
    this.#endAsked = true;
    child.kill('SIGTERM');
    const timer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), this.stopGraceMs);
    await this.#ended;
    clearTimeout(timer);
  }

  /** Kills the process at once, as a crash would. Resolves when it is gone. */
  async kill() {
    if (this.#child === undefined) return;
    this.#endAsked = true;
    killGroup(this.#child.pid, 'SIGKILL');
    await this.#ended;
  }

  /** The last lines of the log. */
  logTail() {
    try {
      return readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
    } catch {
      return '';
    }
  }

  #spawn() {
    const { file, args, env, cwd } = this.command();
    const log = openLog(this.logFile);
    this.#endAsked = false;
    this.#earlyEnd = undefined;
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, detached: true, stdio: ['ignore', log, log] });
    closeSync(log);
    this.#child = child;
    if (child.pid !== undefined) this.guard?.add(child.pid);
    this.#ended = new Promise((resolve) => {
      /** @param {number | null} code @param {NodeJS.Signals | null} signal @param {Error} [error] */
      const finish = (code, signal, error) => {
        if (this.#child !== child) return;
        this.#child = undefined;
        if (child.pid !== undefined) this.guard?.remove(child.pid);
        resolve();
        if (this.#starting) this.#earlyEnd = { code, signal, error };
        else if (!this.#endAsked) this.emit('exit', { code, signal });
      };
      child.once('exit', (code, signal) => finish(code, signal));
      child.once('error', (error) => finish(null, null, error));
    });
  }

  /** @param {AbortSignal} [signal] */
  async #waitUntilReady(signal) {
    const deadline = Date.now() + this.readyTimeoutMs;
    for (;;) {
      if (signal?.aborted || this.#endAsked) throw new StackError('INTERRUPTED', `The start of ${this.name} was interrupted.`);
      if (this.#earlyEnd !== undefined) {
        const { code, signal: killedBy, error } = this.#earlyEnd;
        throw this.#startFailed(`ended with ${error?.message ?? killedBy ?? `code ${code}`}`);
      }
      if (await this.isReady().catch(() => false)) return;
      if (Date.now() > deadline) throw this.#startFailed(`was not ready after ${this.readyTimeoutMs / 1000} s`);
      await sleep(READY_POLL_MS);
    }
  }

  /** @param {string} what */
  #startFailed(what) {
    const detail = this.logTail();
    const error = new StackError('START_FAILED', `${this.name} ${what}. The end of its log, ${this.logFile}:`, { detail });
    return explainFileSystemError(error, dirname(this.logFile), 'DRAMATIS_DATA');
  }
}

/** @param {string} file */
function openLog(file) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (existsSync(file) && statSync(file).size > ROTATE_LOG_BYTES) renameSync(file, `${file}.1`);
    return openSync(file, 'a');
  } catch (error) {
    throw explainFileSystemError(error, dirname(file), 'DRAMATIS_DATA');
  }
}
