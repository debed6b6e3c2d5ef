import type { Env } from '../env.js';

/** Where browsers reach this installation: as configured, else, in the embedded stack, at this machine's own name. Never as a request says. */
export function ownOrigin({ publicOrigins, tls, port }: Pick<Env, 'publicOrigins' | 'tls' | 'port'>): string {
  return publicOrigins[0] ?? `${tls === null ? 'http' : 'https'}://localhost:${port}`;
}
