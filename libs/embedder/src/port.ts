/** Makes texts into vectors whose cosine is near when their meaning is. */
export interface Embedder {
  /** Names model, precision and truncation: vectors are only comparable under the same id. */
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
  | 'closed';

export class EmbedderError extends Error {
  override readonly name = 'EmbedderError';

  constructor(
    readonly code: EmbedderErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get retryable(): boolean {
    return this.code === 'unavailable';
  }
}
