/** Makes texts into vectors whose cosine is near when their meaning is. */
export interface Embedder {
  /** Names provider or precision, model and dimensions: vectors are only comparable under the same id. */
  readonly id: string;
  readonly dimensions: number;
  /** Most texts that one call of {@link embed} accepts. */
  readonly maxBatch: number;
  /**
   * One vector of length 1 for each text, in their order. Deterministic: the same text gives the same vector, whatever
   * else is in the batch, but for rounding. Callers must not change the vectors, which may be shared.
   * @throws EmbedderError
   * @throws the signal's reason, when it is aborted
   */
  embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<Float32Array[]>;
  /** Loads what the first call would have to wait for. */
  warmUp(): Promise<void>;
  /** Ends threads and connections. Later calls throw. */
  close(): Promise<void>;
}

export type EmbedderErrorCode =
  /** The model's files are missing or unreadable; trying again does not help. */
  | 'model_unusable'
  /** More texts than {@link Embedder.maxBatch}. */
  | 'batch_too_large'
  /** The computation failed, or the thread or service that does it was lost; trying again may help. */
  | 'unavailable'
  /** The service wants fewer requests; see {@link EmbedderError.retryAfterMs}. */
  | 'rate_limited'
  | 'timed_out'
  /** The service does not accept the key, or its quota is spent. */
  | 'not_authorised'
  /** The service does not know the model, or does not take what it was sent. */
  | 'invalid_request'
  /** The answer holds no vectors, or not one number after the other for each text. A proxy may have answered: worth another try. */
  | 'malformed_response'
  /** The model's vectors are of another length than the settings say. */
  | 'wrong_dimensions'
  | 'closed';

const retryable: ReadonlySet<EmbedderErrorCode> = new Set(['unavailable', 'rate_limited', 'timed_out', 'malformed_response']);

export class EmbedderError extends Error {
  override readonly name = 'EmbedderError';
  /** The wait that the service asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    readonly code: EmbedderErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterMs?: number } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs;
  }

  /** Whether trying again may help. */
  get retryable(): boolean {
    return retryable.has(this.code);
  }
}
