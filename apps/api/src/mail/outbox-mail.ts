import type { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Mail, MailPort } from './mail-port.js';

/** Where there is no mail server: the mail is kept, and in the embedded stack, on one's own machine, shown in the log too. */
export class OutboxMailAdapter implements MailPort {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly logger: Logger,
    private readonly options: { showsText: boolean },
  ) {}

  async send(mail: Mail): Promise<void> {
    await this.outbox.add(mail);
    const { subject, text, to } = mail;
    this.logger.info(this.options.showsText ? { to, subject, text } : { subject }, 'a mail was put into the outbox: there is no mail server');
  }
}
