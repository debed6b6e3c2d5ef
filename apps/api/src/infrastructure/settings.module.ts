import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Env } from '../env.js';
import { ENV, LOGGER } from './tokens.js';

/** What was decided before the application was made: its settings and its logger. */
@Global()
@Module({})
export class SettingsModule {
  static with(env: Env, logger: Logger): DynamicModule {
    const providers = [
      { provide: ENV, useValue: env },
      { provide: LOGGER, useValue: logger },
    ];
    return { module: SettingsModule, providers, exports: providers };
  }
}
