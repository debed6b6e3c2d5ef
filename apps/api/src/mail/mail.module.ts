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
import { SmtpMailAdapter } from './smtp-mail.js';

@Global()
@Module({
  controllers: [OutboxController],
  providers: [
    { provide: OutboxRepository, inject: [DATABASE], useFactory: (database: Connection) => new OutboxRepository(database) },
    {
      provide: MAIL,
      inject: [OutboxRepository, LOGGER, ENV],
      useFactory: (outbox: OutboxRepository, logger: Logger, env: Env): MailPort => {
        if (env.smtp !== null) return new SmtpMailAdapter(env.smtp, logger);
        return env.embedded ? new OutboxMailAdapter(outbox, logger) : new NoMailAdapter(logger);
      },
    },
  ],
  exports: [MAIL, OutboxRepository],
})
export class MailModule {}
