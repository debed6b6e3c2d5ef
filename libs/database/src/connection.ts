import mongoose from 'mongoose';

export interface DatabaseOptions {
  uri: string;
  /** Told of each failed attempt to connect, so that it can be logged. */
  onConnectError?: (error: Error) => void;
  /** How long one operation waits for a server before it fails, in milliseconds. Default 3,000. */
  serverSelectionTimeoutMs?: number;
}

const retryDelayMs = 1_000;

/**
 * A connection that exists at once and connects in the background, again and again until it succeeds, so that a process
 * can start before its database does. Operations in the meantime fail after `serverSelectionTimeoutMs`.
 */
export function connectDatabase(options: DatabaseOptions): mongoose.Connection {
  const timeoutMs = options.serverSelectionTimeoutMs ?? 3_000;
  const connection = mongoose.createConnection();
  connection.set('bufferTimeoutMS', timeoutMs);
  connection.set('autoIndex', false);
  connection.set('autoCreate', false);
  let closed = false;
  // A connection that never opened tells nobody that it was closed.
  const close = connection.close.bind(connection);
  connection.close = (...force: Parameters<typeof close>) => {
    closed = true;
    return close(...force);
  };
  // Without a listener an error after the first connection would end the process.
  connection.on('error', (error: Error) => options.onConnectError?.(error));

  const connect = async (): Promise<void> => {
    try {
      await connection.openUri(options.uri, { serverSelectionTimeoutMS: timeoutMs, maxPoolSize: 20, minPoolSize: 2 });
    } catch (error) {
      if (closed) return;
      options.onConnectError?.(error as Error);
      setTimeout(() => void connect(), retryDelayMs).unref();
    }
  };
  void connect();
  return connection;
}

/** Creates what indexes are missing. Idempotent. @throws when the database stays out of reach. */
export async function createIndexes(connection: mongoose.Connection): Promise<void> {
  for (const model of Object.values(connection.models)) await model.createIndexes();
}

/** Whether the error says that the database could not be reached, as opposed to refusing what was asked. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    /^Mongo(ServerSelection|Network|NotConnected|TopologyClosed|PoolCleared|WaitQueueTimeout)/.test(error.name) ||
    /buffering timed out/.test(error.message)
  );
}

/** Whether the error is a duplicate key. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && (error as { code?: unknown }).code === 11000;
}
