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
  const unknown = args.find((arg) => !['--servers-only', '--help', '-h'].includes(arg));
  if (unknown !== undefined) {
    process.stderr.write(`There is no option ${unknown}.\n\n${HELP}`);
    return 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP);
    return 0;
  }
  const serversOnly = args.includes('--servers-only');
  return await new Launcher(serversOnly).run();
}

class Launcher {
  /** What must be undone at the end, in the reverse order. @type {(() => void | Promise<void>)[]} */
  #undo = [];
  /** @type {import('../lib/managed-process.mjs').ManagedProcess[]} */
  #processes = [];
  /** Rejects when a process that should run cannot be kept running. */
  #broken;
  /** @type {(error: unknown) => void} */
  #break = () => undefined;

  /** @param {boolean} serversOnly */
  constructor(serversOnly) {
    this.serversOnly = serversOnly;
    // The servers' addresses go to the standard output, for scripts to read; what is for people must not mix with them.
    this.progress = new Progress(serversOnly ? process.stderr : process.stdout);
    this.#broken = new Promise((_, reject) => (this.#break = reject));
    this.#broken.catch(() => undefined);
  }

  async run() {
    const { progress } = this;
    const interruption = listenForInterruption({
      onFirst: () => progress.note('\nStopping. The data stays. (Once more to kill.)'),
      onSecond: () => this.#processes.forEach((one) => void one.kill()),
    });
    let exitCode = 0;
    try {
      await this.#bringUp(interruption.signal);
      await Promise.race([aborted(interruption.signal), this.#broken]);
    } catch (error) {
      progress.clear();
      if (!(interruption.signal.aborted && error instanceof StackError && error.code === 'INTERRUPTED')) {
        exitCode = 1;
        process.stderr.write(`\n${formatError(error)}\n`);
      }
    }
    for (const undo of this.#undo.reverse()) await undo();
    interruption.release();
    progress.note(exitCode === 0 ? 'Stopped.' : 'Stopped after an error.');
    return exitCode;
  }

  /** @param {AbortSignal} interrupted */
  async #bringUp(interrupted) {
    const { progress, serversOnly } = this;
    const settings = readSettings({ serversOnly });
    await this.#lockData(settings.dataDir);
    await preflight({ ...settings, ports: settings.portUses, warn: (text) => progress.warn('Preflight', text) });
    progress.done('Preflight', `data in ${settings.dataDir}, servers in ${settings.cacheDir}`);

    const failed = new AbortController();
    interrupted.addEventListener('abort', () => failed.abort(), { once: true });
    const context = (/** @type {string} */ name) => ({ signal: failed.signal, report: (/** @type {string} */ text) => progress.update(name, text) });
    const servers = this.#startServers(settings, failed.signal);
    await allOrFirstError(serversOnly ? [servers] : [servers, this.#makeProduct(settings.root, context)], () => failed.abort());
    const stackEnvironment = await servers;

    if (serversOnly) {
      for (const [name, value] of Object.entries(stackEnvironment)) process.stdout.write(`${name}=${value}\n`);
      progress.note(`\nThe servers are ready after ${progress.elapsed()}. Ctrl-C stops them.`);
      return;
    }
    const env = productEnvironment(settings, stackEnvironment);
    await this.#startProduct(settings, env, interrupted);
    progress.done('Personas', await seed(settings.root, env, context('Personas')));
    progress.note(greeting(settings, env, progress.elapsed()));
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

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {AbortSignal} signal
   */
  async #startServers({ dataDir, cacheDir, serverPorts }, signal) {
    const { progress } = this;
    const stack = await startStack({
      dataDir,
      cacheDir,
      ports: serverPorts,
      signal,
      log: ({ kind, name, text }) => {
        if (kind === 'progress') progress.update(name, text);
        else if (kind === 'warning') progress.warn(name, text);
        else progress.done(name, text);
      },
    });
    this.#undo.push(() => stack.stop());
    for (const server of Object.values(stack.servers)) this.#keep(/** @type {any} */ (server));
    return stack.env;
  }

  /**
   * @param {string} root
   * @param {(name: string) => { signal: AbortSignal, report: (text: string) => void }} context
   */
  async #makeProduct(root, context) {
    this.progress.done('Packages', await installDependencies(root, context('Packages')));
    this.progress.done('Build', await build(root, context('Build')));
  }

  /**
   * @param {import('./settings.mjs').Settings} settings
   * @param {NodeJS.ProcessEnv} env
   * @param {AbortSignal} signal
   */
  async #startProduct(settings, env, signal) {
    const { worker, api } = productProcesses(settings, env, new OrphanGuard());
    this.#undo.push(() => Promise.all([worker.stop(), api.stop()]).then(() => undefined));
    await allOrFirstError(
      [worker, api].map(async (one) => {
        this.#undo.push(watchLog(one.logFile, (text) => this.progress.warn(one.name, text)));
        this.progress.update(one.name, 'starting');
        await one.start({ signal });
        this.progress.done(one.name, `process ${one.pid}, log in ${relative(process.cwd(), one.logFile)}`);
        this.#keep(one);
      }),
      () => undefined,
    );
  }

  /** @param {import('../lib/managed-process.mjs').ManagedProcess} one */
  #keep(one) {
    this.#processes.push(one);
    this.#undo.push(keepRunning(one, { tell: (text) => this.progress.warn(one.name, text), giveUp: (error) => this.#break(error) }));
  }
}

/** @param {AbortSignal} signal */
function aborted(signal) {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', resolve, { once: true });
  });
}

/**
 * @param {import('./settings.mjs').Settings} settings
 * @param {NodeJS.ProcessEnv} env
 * @param {string} elapsed
 */
function greeting({ port, logsDir }, env, elapsed) {
  const product = `http://localhost:${port}`;
  const addresses = {
    Dramatis: product,
    API: `${product}/api/docs`,
    Metrics: `${product}/metrics`,
    Workflows: env.TEMPORAL_UI_URL ?? `at ${env.TEMPORAL_ADDRESS}`,
    Logs: logsDir,
    'Operator token': env.DRAMATIS_ADMIN_TOKEN,
  };
  const lines = Object.entries(addresses).map(([name, value]) => `  ${name.padEnd(16)} ${value}`);
  return `\nReady after ${elapsed}.\n\n${lines.join('\n')}\n\nCtrl-C stops everything. The data stays.\n`;
}
