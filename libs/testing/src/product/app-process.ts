import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eventually } from '../eventually.js';

const tailLines = 20;
const startPatienceMs = 180_000;
const stopGraceMs = 15_000;

export interface AppProcessOptions {
  name: string;
  /** Built file that Node runs. */
  file: string;
  /** The whole environment. */
  env: Record<string, string>;
  logFile: string;
  /** Asked until it says true. */
  isReady: () => Promise<boolean>;
}

/** The worker or the API as a real process, which can be killed and started again. */
export class AppProcess {
  private child: ChildProcess | null = null;

  constructor(private readonly options: AppProcessOptions) {}

  /** The running process's id. @throws Error when it does not run */
  get pid(): number {
    const pid = this.child?.pid;
    if (pid === undefined) throw new Error(`${this.options.name} does not run`);
    return pid;
  }

  /** Resolves when the process is ready. @throws Error with the end of its log */
  async start(): Promise<void> {
    this.launch();
    await this.whenReady();
  }

  /** Starts the process without waiting for it. */
  launch(): void {
    const { name, file, env, logFile } = this.options;
    if (this.child) throw new Error(`${name} runs already`);
    mkdirSync(dirname(logFile), { recursive: true });
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, ['--enable-source-maps', file], { env, stdio: ['ignore', log, log] });
    closeSync(log);
    this.child = child;
    child.once('exit', () => {
      if (this.child === child) this.child = null;
    });
  }

  async whenReady(): Promise<void> {
    const { name, isReady } = this.options;
    const ready = await eventually(`${name} to be ready`, async () => (this.child === null ? 'ended' : (await isReady()) && 'ready'), {
      timeoutMs: startPatienceMs,
    }).catch((error: unknown) => error as Error);
    if (ready !== 'ready') throw new Error(`${name} did not start (${String(ready)}):\n${this.logTail()}`);
  }

  /** Kills the process as a crash would. Resolves when it is gone. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Asks the process to end, and kills it when it takes too long. Resolves when it is gone. */
  async stop(): Promise<void> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), stopGraceMs);
    await this.end('SIGTERM');
    clearTimeout(timer);
  }

  logTail(): string {
    return readFileSync(this.options.logFile, 'utf8').trimEnd().split('\n').slice(-tailLines).join('\n');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
