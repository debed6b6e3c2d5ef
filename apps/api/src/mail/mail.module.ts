import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import type { Logger } from '@dramatis/telemetry/logger';
import { Global, Module } from '@nestjs/common';
import type { Connection } from 'mongoose';
import type { Env } from '../env.js';
import { DATABASE, ENV, LOGGER } from '../infrastructure/tokens.js';
import { MAIL, type MailPort } from './mail-port.js';
import { OutboxMailAdapter } from './outbox-mail.js';

@Global()
@Module({
  providers: [
    { provide: OutboxRepository, inject: [DATABASE], useFactory: (database: Connection) => new OutboxRepository(database) },
    {
      provide: MAIL,
      inject: [OutboxRepository, LOGGER, ENV],
      useFactory: (outbox: OutboxRepository, logger: Logger, env: Env): MailPort => new OutboxMailAdapter(outbox, logger, { showsText: env.embedded }),
    },
  ],
  exports: [MAIL, OutboxRepository],
})
export class MailModule {}
