import { join } from 'node:path';
import { startStack, type Stack } from '../../tools/stack/stack.mjs';
import { e2eEnvironment } from './environment.js';

const addresses = ['TEMPORAL_ADDRESS', 'MONGODB_URI', 'ELASTICSEARCH_URL', 'REDIS_URL'];

/** Servers of this spec's own, which it may stop. `name` is that of their folder. */
export async function startOwnServers(name: string): Promise<Stack> {
  // Servers that the environment names would be used instead of started, and could not be stopped.
  const given = addresses.map((variable) => [variable, process.env[variable]] as const);
  for (const [variable] of given) delete process.env[variable];
  try {
    return await startStack({ dataDir: join(e2eEnvironment().folder, name), ports: 'free' });
  } finally {
    for (const [variable, value] of given) if (value !== undefined) process.env[variable] = value;
  }
}
