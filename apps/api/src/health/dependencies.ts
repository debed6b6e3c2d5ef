import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import mongoose, { type Connection } from 'mongoose';
import type { Env } from '../env.js';
import { DATABASE, ENV, REDIS } from '../infrastructure/tokens.js';
import { WorkflowCalls } from '../temporal/workflow-calls.js';

const checkTimeoutMs = 2_000;

export interface Dependency {
  name: string;
  /** Whether the API is of no use without it. Without the others it does what it can. */
  essential: boolean;
  /** @throws when the server is out of reach */
  check: () => Promise<unknown>;
}

/** The servers that the API rests on, and how to ask each whether it is there. */
@Injectable()
export class Dependencies {
  readonly all: readonly Dependency[];

  constructor(
    @Inject(ENV) env: Env,
    @Inject(DATABASE) database: Connection,
    @Inject(REDIS) redis: Redis,
    workflows: WorkflowCalls,
  ) {
    this.all = [
      { name: 'mongodb', essential: true, check: () => ping(database) },
      { name: 'redis', essential: false, check: () => redis.ping() },
      { name: 'temporal', essential: false, check: () => workflows.check() },
      { name: 'elasticsearch', essential: false, check: () => clusterHealth(env.elasticsearchUrl) },
    ];
  }
}

async function ping(database: Connection): Promise<void> {
  if (database.readyState !== mongoose.STATES.connected || !database.db) throw new Error('not connected');
  await database.db.admin().ping({ timeoutMS: checkTimeoutMs });
}

async function clusterHealth(url: string): Promise<void> {
  const address = new URL('_cluster/health', url.endsWith('/') ? url : `${url}/`);
  const { username, password } = address;
  address.username = address.password = '';
  const headers: Record<string, string> =
    username === '' ? {} : { authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}` };
  const response = await fetch(address, { headers, signal: AbortSignal.timeout(checkTimeoutMs) });
  const { status } = (await response.json()) as { status?: string };
  if (!response.ok || status === 'red') throw new Error(`cluster is ${status ?? response.status}`);
}
