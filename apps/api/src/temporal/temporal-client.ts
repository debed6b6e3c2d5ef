import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import type { Env } from '../env.js';

/**
 * A client that connects with its first call, so that the API starts without Temporal, and again by itself whenever the
 * server comes back. A call tries at most three times: whoever asked is waiting, and what must not be lost is kept elsewhere.
 */
export function createTemporalClient(settings: Env['temporal']): Client {
  const connection = Connection.lazy({
    address: settings.address,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 3, initialIntervalMs: () => 50 }))],
    channelArgs: {
      // The defaults grow to two minutes, which is how long a server that is back would go unnoticed.
      'grpc.initial_reconnect_backoff_ms': 100,
      'grpc.min_reconnect_backoff_ms': 100,
      'grpc.max_reconnect_backoff_ms': 2_000,
    },
  });
  return new Client({ connection, namespace: settings.namespace });
}
