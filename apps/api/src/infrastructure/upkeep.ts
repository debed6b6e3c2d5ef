import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { SharedPass } from './shared-pass.js';

export interface UpkeepOptions {
  /** Names the pass among all processes. */
  name: string;
  intervalMs: number;
  /** Logged where a pass fails. */
  failure: string;
}

/** What the API sees to by itself, again and again, one process at a time, for as long as it runs. */
export abstract class Upkeep implements OnApplicationBootstrap, OnModuleDestroy {
  protected readonly logger = new Logger(this.constructor.name);
  protected stopped = false;
  private readonly shared: SharedPass;

  protected constructor(
    redis: Redis,
    private readonly options: UpkeepOptions,
  ) {
    const { name, intervalMs } = options;
    this.shared = new SharedPass({ redis, name, intervalMs, run: () => this.pass(), onError: (error) => this.failed(error) });
  }

  onApplicationBootstrap(): void {
    this.shared.start();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    this.shared.stop();
  }

  /** One pass. May be interrupted anywhere, and made by two processes at once: it must be idempotent. */
  protected abstract pass(): Promise<void>;

  /** A pass failed; the next one comes all the same. */
  protected failed(error: unknown): void {
    this.logger.warn({ err: error }, this.options.failure);
  }
}
