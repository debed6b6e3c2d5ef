import type { Quotas, QuotaSettings } from '@dramatis/contracts/quota';
import { QuotaRepository } from '@dramatis/database/quotas/quota-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Env } from '../env.js';
import { ENV, LOGGER } from '../infrastructure/tokens.js';

/** How long a change that another process made may go unnoticed by busy ones, in milliseconds. */
const freshMs = 5_000;

/**
 * The quotas in force. Reading them never waits: what is old is read again beside the request that noticed, and counts from the next
 * one on. While the database is away those that were read last stay.
 */
@Injectable()
export class QuotaBook implements OnApplicationBootstrap {
  private changed: { quotas: Quotas; changedAt: Date } | null = null;
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly repository: QuotaRepository,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    void this.read();
  }

  /** As last read. */
  current(): Quotas {
    if (performance.now() - this.readAt > freshMs) void this.read();
    return this.changed?.quotas ?? this.env.limits.quotas;
  }

  /** As they are stored. */
  async settings(): Promise<QuotaSettings> {
    this.changed = await this.repository.find();
    this.readAt = performance.now();
    const defaults = this.env.limits.quotas;
    return { quotas: this.changed?.quotas ?? defaults, defaults, changedAt: this.changed?.changedAt.toISOString() ?? null };
  }

  async change(quotas: Quotas): Promise<QuotaSettings> {
    await this.repository.replace(quotas);
    return this.settings();
  }

  private read(): Promise<void> {
    this.reading ??= this.settings()
      .then(() => {})
      .catch((error: unknown) => {
        this.readAt = performance.now();
        this.logger.debug({ err: error }, 'quotas could not be read again');
      })
      .finally(() => (this.reading = null));
    return this.reading;
  }
}
