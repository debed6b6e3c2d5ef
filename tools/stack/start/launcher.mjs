import { mkdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { allOrFirstError } from '../lib/all-or-first-error.mjs';
import { tryLock, unlock } from '../lib/file-lock.mjs';
import { keepRunning } from '../lib/keep-running.mjs';
import { watchLog } from '../lib/log-watcher.mjs';
import { OrphanGuard } from '../lib/orphan-guard.mjs';
import { Progress } from '../lib/progress.mjs';
import { explainFileSystemError, formatError, StackError } from '../lib/stack-error.mjs';
import { startStack } from '../stack.mjs';
import { build } from './build.mjs';
import { localCertificate } from './certificate.mjs';
import { installDependencies } from './dependencies.mjs';
import { listenForInterruption } from './interruption.mjs';
import { preflight } from './preflight.mjs';
import { productEnvironment, productProcesses, seed } from './product.mjs';
import { readSettings } from './settings.mjs';
import { HELP } from './help.mjs';

/**
 * `npm start`: brings up the servers, builds and starts the product, and keeps all of it running until it is told to end.
 *
 * @param {readonly string[]} args of the command line
 * @returns {Promise<number>} the exit code
 */
export async function runLauncher(args) {
  const unknown = args.find((arg) => !['--servers-only', '--https', '--help', '-h'].includes(arg));
  if (unknown !== undefined) {
    process.stderr.write(`There is no option ${unknown}.\n\n${HELP}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const serversOnly = args.includes('--servers-only');
  return await new Launcher({ serversOnly, https: args.includes('--https') }).run();
}

class Launcher {
  /** Aborted when everything is to end: on Ctrl-C, when the start fails, when a process cannot be kept running. */
  #ending = new AbortController();
  /** What must be undone at the end, in the reverse order. @type {(() => void | Promise<void>)[]} */
  #undo = [];
  /** @type {import('../lib/managed-process.mjs').ManagedProcess[]} */
  #processes = [];
  /** Why a process could not be kept running. @type {StackError | undefined} */
  #breakage;

  /** @param {{ serversOnly: boolean, https: boolean }} options */
  constructor({ serversOnly, https }) {
    this.serversOnly = serversOnly;
    this.https = https;
    // The servers' addresses go to the standard output, for scripts to read; what is for people must not mix with them.
    this.progress = new Progress(serversOnly ? process.stderr : process.stdout);
  }

  async run() {
    const { progress } = this;
    const interruption = listenForInterruption({
      onFirst: () => {
        progress.clear();
        progress.note('\nStopping. The data stays. (Once more to kill.)');
        this.#ending.abort();
      },
      onSecond: () => this.#processes.forEach((one) => void one.kill()),
    });
    const error = await this.#bringUp().then(
      () => aborted(this.#ending.signal),
      (/** @type {unknown} */ failure) => failure,
    );
    progress.clear();
    const cause = this.#breakage ?? error;
    const failed = cause !== undefined && !(interruption.signal.aborted && cause instanceof StackError && cause.code === 'INTERRUPTED');
    if (failed) process.stderr.write(`\n${formatError(cause)}\n`);
    for (const undo of this.#undo.reverse()) await undo();
    interruption.release();
    progress.note(failed ? 'Stopped after an error.' : 'Stopped.');
    return failed ? 1 : 0;
  }

  async #bringUp() {
    const { progress, serversOnly } = this;
    const settings = readSettings({ serversOnly });
    await this.#lockData(settings.dataDir);
    await preflight({ ...settings, ports: settings.portUses, warn: (text) => progress.warn('Preflight', text) });
    progress.done('Preflight', `data in ${settings.dataDir}, servers in ${settings.cacheDir}`);

    const servers = this.#startServers(settings);
    await allOrFirstError(serversOnly ? [servers] : [servers, this.#makeProduct(settings.root)], () => this.#ending.abort());
    const stackEnvironment = await servers;
    if (serversOnly) {
      for (const [name, value] of Object.entries(stackEnvironment)) process.stdout.write(`${name}=${value}\n`);
      progress.note(`\nThe servers are ready after ${progress.elapsed()}. Ctrl-C stops them.`);
      return;
    }
    const certificate = this.https ? await localCertificate(settings.dataDir) : null;
    const env = productEnvironment(settings, stackEnvironment, certificate);
    await this.#startProduct(settings, env, certificate);
    progress.done('Personas', await seed(settings.root, env, this.#contextOf('Personas')));
    progress.note(greeting(settings, env, certificate, progress.elapsed()));
  }

  /** @param {string} name */
  #contextOf(name) {
    return { signal: this.#ending.signal, report: (/** @type {string} */ text) => this.#update(name, text) };
  }

  /**
   * What a task does is of no interest any more while everything ends.
   * @param {string} name
   * @param {string} text
   */
  #update(name, text) {
    if (!this.#ending.signal.aborted) this.progress.update(name, text);
  }

  /** @param {string} dataDir */
  async #lockData(dataDir) {
    const file = join(dataDir, 'launcher.lock');
    let holder;
    try {
      mkdirSync(dataDir, { recursive: true });
      holder = await tryLock(file);
    } catch (error) {
      throw explainFileSystemError(error, dataDir, 'DRAMATIS_DATA');
    }
    if (holder !== undefined) {
      throw new StackError('DATA_IN_USE', `Process ${holder} runs Dramatis on ${dataDir} already.`, {
        remedy: `Use that one, stop it (kill ${holder}), or set DRAMATIS_DATA to another folder.`,
      });
    }
    this.#undo.push(() => unlock(file));
  }

  /** @param {import('./settings.mjs').Settings} settings */
  async #startServers({ dataDir, cacheDir, serverPorts }) {
    const { progress } = this;
    const stack = await startStack({
      dataDir,
      cacheDir,
      ports: serverPorts,
      signal: this.#ending.signal,
      log: ({ kind, name, text }) => {
        if (kind === 'progress') this.#update(name, text);
        else if (kind === 'warning') progress.warn(name, text);
        else progress.done(name, text);
      },
    });
    this.#undo.push(() => stack.stop());
    for (const server of Object.values(stack.servers)) this.#keep(/** @type {any} */ (server));
    return stack.env;
  }

  /** @param {string} root */
  async #makeProduct(root) {
    this.progress.done('Packages', await installDependencies(root, this.#contextOf('Packages')));
    this.progress.done('Build', await build(root, this.#contextOf('Build')));
  }

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {NodeJS.ProcessEnv} env
   * @param {import('./certificate.mjs').LocalCertificate | null} certificate
   */
  async #startProduct(settings, env, certificate) {
    const { worker, ingestion, api } = productProcesses(settings, env, certificate, new OrphanGuard());
    this.#undo.push(async () => void (await Promise.all([worker.stop(), ingestion.stop(), api.stop()])));
    const start = async (/** @type {import('../lib/managed-process.mjs').ManagedProcess} */ one) => {
      this.#update(one.name, 'starting');
      await one.start({ signal: this.#ending.signal });
      this.progress.done(one.name, `process ${one.pid}, log in ${relative(process.cwd(), one.logFile)}`);
      this.#undo.push(watchLog(one.logFile, (text) => this.progress.warn(one.name, text)));
      this.#keep(one);
    };
    await allOrFirstError([start(worker), start(ingestion), start(api)], () => this.#ending.abort());
  }

  /** @param {import('../lib/managed-process.mjs').ManagedProcess} one */
  #keep(one) {
    this.#processes.push(one);
    const giveUp = (/** @type {StackError} */ error) => {
      this.#breakage ??= error;
      this.#ending.abort();
    };
    this.#undo.push(keepRunning(one, { tell: (text) => this.progress.warn(one.name, text), giveUp }));
  }
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<undefined>}
 */
function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./certificate.mjs').LocalCertificate | null} certificate
 * @param {string} elapsed
 */
function greeting({ port, logsDir }, env, certificate, elapsed) {
  const product = `${certificate ? 'https' : 'http'}://localhost:${port}`;
  const addresses = {
    Dramatis: product,
    API: `${product}/api/docs`,
    Metrics: `${product}/metrics`,
    Workflows: env.TEMPORAL_UI_URL ?? `at ${env.TEMPORAL_ADDRESS}`,
    Logs: logsDir,
    'Operator token': env.DRAMATIS_ADMIN_TOKEN,
    ...(certificate ? { Certificate: `of this machine; SHA-256 ${certificate.fingerprint}` } : {}),
  };
  const lines = Object.entries(addresses).map(([name, value]) => `  ${name.padEnd(16)} ${value}`);
  return `\nReady after ${elapsed}.\n\n${lines.join('\n')}\n\nCtrl-C stops everything. The data stays.\n`;
}
