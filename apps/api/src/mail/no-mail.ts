import { DomainError } from '@dramatis/contracts/errors';
import type { Logger } from '@dramatis/telemetry/logger';
import type { OnApplicationBootstrap } from '@nestjs/common';
import type { MailPort } from './mail-port.js';

/** An installation that strangers reach and that has no mail server: what needs mails says so. */
export class NoMailAdapter implements MailPort, OnApplicationBootstrap {
  constructor(private readonly logger: Logger) {}

  onApplicationBootstrap(): void {
    this.logger.warn('no mail can be sent: nobody can confirm an address or get a new password. Set DRAMATIS_SMTP_URL and DRAMATIS_MAIL_FROM');
  }

  requireAvailable(): void {
    throw new DomainError('mail_unavailable');
  }

  async send(): Promise<void> {
    return this.requireAvailable();
  }
}
