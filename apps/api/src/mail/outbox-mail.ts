import type { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Mail, MailPort } from './mail-port.js';

/** The embedded stack on one's own machine, without a mail server: the mail is kept to be read there, and shown in the log. */
export class OutboxMailAdapter implements MailPort {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly logger: Logger,
  ) {}

  requireAvailable(): void {}

  async send(mail: Mail): Promise<void> {
    await this.outbox.add(mail);
    const { subject, text, to } = mail;
    this.logger.info({ to, subject, text }, 'a mail was put into the outbox: there is no mail server');
  }
}
