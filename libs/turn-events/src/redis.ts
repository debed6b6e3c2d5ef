import { Redis } from 'ioredis';

export interface RedisOptions {
  url: string;
  /** Told of connection errors; the client goes on trying to connect. */
  onError?: (error: Error) => void;
}

/**
 * A client for commands. While the server is out of reach each command fails at once instead of waiting in a queue,
 * so that what can do without Redis goes on without it.
 */
export function connectRedis(options: RedisOptions): Redis {
  const redis = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 2_000,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  redis.on('error', (error: Error) => options.onError?.(error));
  return redis;
}

/** A client for subscriptions: they wait while the server is away, and are made again when it is back. */
export function connectRedisSubscriber(options: RedisOptions): Redis {
  const redis = new Redis(options.url, {
    maxRetriesPerRequest: null,
    autoResubscribe: true,
    connectTimeout: 2_000,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  });
  redis.on('error', (error: Error) => options.onError?.(error));
  return redis;
}

/** Resolves when the client can take commands, or after the time, whichever is first. Returns whether it can. */
export async function whenReady(redis: Redis, timeoutMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(false), timeoutMs);
    const ready = (): void => settle(true);
    const settle = (result: boolean): void => {
      clearTimeout(timer);
      redis.off('ready', ready);
      resolve(result);
    };
    redis.once('ready', ready);
  });
}
