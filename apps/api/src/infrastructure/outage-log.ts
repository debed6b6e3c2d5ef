import type { Logger } from '@dramatis/telemetry/logger';

/** Logs the beginning and the end of an outage of one server, not each of the hundreds of attempts between. */
export class OutageLog {
  private isDown = false;

  constructor(
    private readonly logger: Logger,
    private readonly server: string,
  ) {}

  failed(error: Error): void {
    if (this.isDown) return;
    this.isDown = true;
    this.logger.error({ err: error }, `${this.server} is out of reach; trying again`);
  }

  recovered(): void {
    if (this.isDown) this.logger.info(`${this.server} is back`);
    this.isDown = false;
  }
}
