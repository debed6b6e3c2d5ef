import type { Redis } from 'ioredis';

export interface SharedPassOptions {
  redis: Redis;
  /** Names the pass among all processes. */
  name: string;
  intervalMs: number;
  /** One pass. May be interrupted by the end of the process, and run by two processes at once: it must be idempotent. */
  run: () => Promise<void>;
  /** Told why a pass failed; the next one comes all the same. */
  onError: (error: unknown) => void;
}

/** Does something again and again, one of the API processes at a time, to spare the servers. Without Redis each of them does it. */
export class SharedPass {
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(private readonly options: SharedPassOptions) {}

  start(): void {
    this.timer = setTimeout(() => void this.pass(), this.options.intervalMs);
    this.timer.unref();
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async pass(): Promise<void> {
    try {
      if (await this.isOurs()) await this.options.run();
    } catch (error) {
      this.options.onError(error);
    }
    if (!this.stopped) this.start();
  }

  /** Whether no other process has made a pass in this interval. */
  private async isOurs(): Promise<boolean> {
    const { redis, name, intervalMs } = this.options;
    try {
      return (await redis.set(`dramatis:${name}:pass`, '1', 'PX', intervalMs - 500, 'NX')) === 'OK';
    } catch {
      return true;
    }
  }
}
