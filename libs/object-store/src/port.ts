/** SHA-256 of the content, 64 lower-case hex digits. The content is its own name, so the same bytes are kept once. */
export type ObjectKey = string;

/** Keeps bytes under the hash of their content. What was put never changes. */
export interface ObjectStore {
  /**
   * Keeps the bytes and gives their key. Idempotent; when it returns, a crash loses nothing.
   * @throws ObjectStoreError unavailable
   */
  put(bytes: Uint8Array): Promise<ObjectKey>;
  /**
   * The bytes, checked against their key.
   * @throws ObjectStoreError not_found, invalid_key, corrupted, unavailable
   */
  get(key: ObjectKey): Promise<Uint8Array>;
  /** Whether it is there. @throws ObjectStoreError invalid_key, unavailable */
  has(key: ObjectKey): Promise<boolean>;
  /** Takes it out; what is not there counts as taken out. @throws ObjectStoreError invalid_key, unavailable */
  delete(key: ObjectKey): Promise<void>;
}

export type ObjectStoreErrorCode =
  | 'not_found'
  /** The key is no SHA-256 in hexadecimal. */
  | 'invalid_key'
  /** What is stored is not what was put. */
  | 'corrupted'
  /** The store cannot be reached, read or written; trying again may help. */
  | 'unavailable';

export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';

  constructor(
    readonly code: ObjectStoreErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }

  get retryable(): boolean {
    return this.code === 'unavailable';
  }
}
