import { MailQueueRepository } from '@dramatis/database/mail/mail-queue-repository';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import { Global, Module } from '@nestjs/common';
import type { Connection } from 'mongoose';
import type { Env } from '../env.js';
import { DATABASE, ENV, LOGGER } from '../infrastructure/tokens.js';
import { MAIL, type MailPort } from './mail-port.js';
import { NoMailAdapter } from './no-mail.js';
import { OutboxController } from './outbox.controller.js';
import { OutboxMailAdapter } from './outbox-mail.js';
import { Seal } from './sealed.js';
import { SmtpMailAdapter } from './smtp-mail.js';

@Global()
@Module({
  controllers: [OutboxController],
  providers: [
    { provide: OutboxRepository, inject: [DATABASE], useFactory: (database: Connection) => new OutboxRepository(database) },
    { provide: MailQueueRepository, inject: [DATABASE], useFactory: (database: Connection) => new MailQueueRepository(database) },
    {
      provide: MAIL,
      inject: [OutboxRepository, MailQueueRepository, LOGGER, ENV],
      useFactory: (outbox: OutboxRepository, queue: MailQueueRepository, logger: Logger, env: Env): MailPort => {
        // Without an operator token, which only the embedded stack may be, database and process are one machine's anyway.
        if (env.smtp !== null) return new SmtpMailAdapter(env.smtp, { queue, seal: new Seal(env.operatorToken ?? 'embedded'), logger });
        return env.embedded ? new OutboxMailAdapter(outbox, logger) : new NoMailAdapter(logger);
      },
    },
  ],
  exports: [MAIL, MailQueueRepository, OutboxRepository],
})
export class MailModule {}
