import { QuotaRepository } from '@dramatis/database/quotas/quota-repository';
import { RateLimiter } from '@dramatis/limits/rate-limiter';
import { TurnLedger } from '@dramatis/limits/turn-ledger';
import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { DATABASE, REDIS } from '../infrastructure/tokens.js';
import { Limits } from './limits.js';
import { LimitsGuard } from './limits.guard.js';
import { QuotaBook } from './quota-book.js';
import { QuotasController } from './quotas.controller.js';
import { TurnAdmissions } from './turn-admissions.js';
import { UsageController } from './usage.controller.js';

/** Who may do how much: rates of acts that are guessed at or cost something, and quotas of turns. */
@Global()
@Module({
  controllers: [QuotasController, UsageController],
  providers: [
    { provide: RateLimiter, inject: [REDIS], useFactory: (redis: Redis) => new RateLimiter(redis) },
    { provide: TurnLedger, inject: [REDIS], useFactory: (redis: Redis) => new TurnLedger(redis) },
    { provide: QuotaRepository, inject: [DATABASE], useFactory: (database: Connection) => new QuotaRepository(database) },
    { provide: APP_GUARD, useClass: LimitsGuard },
    Limits,
    QuotaBook,
    TurnAdmissions,
  ],
  exports: [Limits, TurnAdmissions],
})
export class LimitsModule {}
