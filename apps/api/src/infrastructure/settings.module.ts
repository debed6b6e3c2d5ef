import { type DynamicModule, Global, Module } from '@nestjs/common';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Env } from '../env.js';
import { ENV, LOGGER, WEB_ROOT } from './tokens.js';

export interface Settings {
  env: Env;
  logger: Logger;
  /** Folder of the built web application; null where only the API is served. */
  webRoot: string | null;
}

/** What was decided before the application was made: its settings and its logger. */
@Global()
@Module({})
export class SettingsModule {
  static with({ env, logger, webRoot }: Settings): DynamicModule {
    const providers = [
      { provide: ENV, useValue: env },
      { provide: LOGGER, useValue: logger },
      { provide: WEB_ROOT, useValue: webRoot },
    ];
    return { module: SettingsModule, providers, exports: providers };
  }
}
