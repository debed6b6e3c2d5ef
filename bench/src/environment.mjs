import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startStack } from '../../tools/stack/stack.mjs';
import { apiProcess, ingestionWorker, turnsWorker } from '../../tools/stack/start/product.mjs';
import { processorTimes } from './processes.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const startupMs = 120_000;

/**
 * The product in processes of its own, on servers and data of its own, so that a benchmark neither meets nor harms what
 * else runs: four servers, workers, API, seeded personas.
 */
export class BenchEnvironment {
  #children = new Map();
  #stack;
  #folder;

  static async start(options = {}) {
    const environment = new BenchEnvironment();
    try {
      await environment.#start(options);
    } catch (error) {
      await environment.stop();
      throw error;
    }
    return environment;
  }

  /** The processes run as under `npm start`; `worker` is what the worker of turns gets in its environment besides. */
  async #start({ worker = {}, ingestion = ingestionWorker }) {
    for (const needed of ['apps/worker/dist/main.js', 'apps/api/dist/main.js', 'libs/testing/dist/model-server/cli.js']) {
      if (!existsSync(join(root, needed))) throw new Error(`${needed} is missing: run \`npm run build\` first.`);
    }
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void this.stop().then(() => process.exit(130)));
    this.#folder = await mkdtemp(join(tmpdir(), 'dramatis-bench-'));
    say('starting the servers');
    this.#stack = await startStack({ dataDir: join(this.#folder, 'data'), ports: 'free' });
    const port = await freePort();
    this.apiUrl = `http://127.0.0.1:${port}`;
    this.adminToken = randomBytes(24).toString('base64url');
    this.env = {
      ...process.env,
      ...this.#stack.env,
      DRAMATIS_EMBEDDED: '1',
      DRAMATIS_OBJECTS_DIR: join(this.#folder, 'objects'),
      DRAMATIS_ADMIN_TOKEN: this.adminToken,
      DRAMATIS_API_URL: this.apiUrl,
      PORT: String(port),
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
    };
    for (const name of ['ANTHROPIC_API_KEY', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', 'DRAMATIS_MODEL_ROUTE']) delete this.env[name];
    say('starting worker and API');
    this.#spawnWorker(worker);
    this.spawn('ingestion', 'apps/worker/dist/main.js', ingestion.env, [], ingestion.nodeOptions);
    this.spawn('api', 'apps/api/dist/main.js', apiProcess.env, [], apiProcess.nodeOptions);
    await this.#untilApiServes();
    say('seeding the personas');
    await this.run('apps/worker/dist/seed.js');
  }

  async #untilApiServes() {
    const api = this.child('api');
    try {
      await until('the API', async () => {
        if (api.exitCode !== null) return true;
        return (await fetch(`${this.apiUrl}/health/ready`)).ok;
      });
      if (api.exitCode !== null) throw new Error(`The API ended with ${api.exitCode}.`);
    } catch (error) {
      // The folder goes with the environment: what the API said last is told here.
      const log = await readFile(join(this.#folder, 'api.log'), 'utf8').catch(() => '');
      throw new Error(`${error.message}\n${log.trimEnd().split('\n').slice(-10).join('\n')}`, { cause: error });
    }
  }

  /** Starts a script of the repository as a child; its output goes to a log file. */
  spawn(name, script, env = {}, args = [], nodeOptions = []) {
    const log = openSync(join(this.#folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [...nodeOptions, join(root, script), ...args], {
      cwd: root,
      env: { ...this.env, ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    this.#children.set(name, child);
    return child;
  }

  #spawnWorker(env) {
    return this.spawn('worker', 'apps/worker/dist/main.js', { ...turnsWorker.env, ...env }, [], turnsWorker.nodeOptions);
  }

  /** Runs a script to its end. */
  async run(script) {
    const child = spawn(process.execPath, [join(root, script)], { cwd: root, env: this.env, stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${script} ended with ${code}.`);
  }

  child(name) {
    return this.#children.get(name);
  }

  async end(name, signal = 'SIGTERM') {
    const child = this.#children.get(name);
    if (!child) return;
    this.#children.delete(name);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await Promise.race([ended, delay(15_000).then(() => child.kill('SIGKILL'))]);
  }

  /** Ends the worker and starts it with other settings; resolves when it works. */
  async restartWorker(env) {
    await this.end('worker');
    this.#spawnWorker(env);
    await delay(4_000);
  }

  /** Resident memory of a child, in bytes. */
  async residentBytes(name) {
    const status = await readFile(`/proc/${this.child(name).pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)[1]) * 1_024;
  }

  /** Processor time so far of every server and child, in milliseconds, by name. */
  processorTimes() {
    return processorTimes(process.pid, new Map([...this.#children].map(([name, { pid }]) => [pid, name])));
  }

  async stop() {
    for (const name of [...this.#children.keys()].reverse()) await this.end(name);
    await this.#stack?.stop();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }
}

export function say(text) {
  console.error(`${new Date().toISOString().slice(11, 19)}  ${text}`);
}

export async function until(what, isSo) {
  for (const end = Date.now() + startupMs; Date.now() < end; ) {
    if (await isSo().catch(() => false)) return;
    await delay(200);
  }
  throw new Error(`${what} did not come up within ${startupMs / 1_000} s.`);
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
