import { Global, Module } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { Env } from '../env.js';
import { ENV } from '../infrastructure/tokens.js';
import { createTemporalClient } from './temporal-client.js';
import { WorkflowCalls } from './workflow-calls.js';

@Global()
@Module({
  providers: [
    { provide: Client, inject: [ENV], useFactory: (env: Env) => createTemporalClient(env.temporal) },
    WorkflowCalls,
  ],
  exports: [WorkflowCalls],
})
export class TemporalModule {}
