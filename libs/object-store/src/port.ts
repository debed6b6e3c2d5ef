import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export interface StoredObject {
  /** Where the content is kept; made from the content, so the same content has the same key. */
  key: string;
  /** SHA-256 of the content, hexadecimal. */
  sha256: string;
  bytes: number;
}

export interface OpenedObject {
  bytes: number;
  content: Readable;
}

/** Keeps content under its own hash. What is there never changes. */
export interface ObjectStore {
  /** Keeps the content; repeating it changes nothing. @throws ObjectStoreError refused, unavailable */
  put(content: Uint8Array | string): Promise<StoredObject>;
  /** The content, verified against its key. @throws ObjectStoreError not_found, corrupted, invalid_key, refused, unavailable */
  get(key: string): Promise<Uint8Array>;
  /**
   * The content bit by bit, for downloads, with its size. The stream ends with `corrupted` when the content is not what its key
   * says, and must be read or destroyed. @throws ObjectStoreError not_found, invalid_key, refused, unavailable
   */
  open(key: string): Promise<OpenedObject>;
  /** @throws ObjectStoreError invalid_key, refused, unavailable */
  has(key: string): Promise<boolean>;
  /** Removes the content if it is there. @throws ObjectStoreError invalid_key, refused, unavailable */
  delete(key: string): Promise<void>;
  /** Ends connections. */
  close(): Promise<void>;
}

export type ObjectStoreErrorCode =
  | 'not_found'
  | 'corrupted'
  | 'invalid_key'
  /** The store does not let us in: its address, bucket or keys are wrong. Only an operator can help. */
  | 'refused'
  | 'unavailable';

export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';

  constructor(
    readonly code: ObjectStoreErrorCode,
    message: string,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }

  /** Whether trying again may help. */
  get retryable(): boolean {
    return this.code === 'unavailable';
  }
}

const keyPattern = /^sha256\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;

/** How content is called: `sha256/<first two digits>/<all 64 digits>`. */
export function describeObject(content: Uint8Array): StoredObject {
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { key: `sha256/${sha256.slice(0, 2)}/${sha256}`, sha256, bytes: content.byteLength };
}

/** @throws ObjectStoreError invalid_key: a key is never a path of the caller's choosing */
export function requireKey(key: string): string {
  if (!keyPattern.test(key)) throw new ObjectStoreError('invalid_key', 'Not a key of an object store.');
  return key;
}

/** @throws ObjectStoreError corrupted when the content is not what its key says */
export function requireIntact(key: string, content: Uint8Array): Uint8Array {
  if (describeObject(content).key === key) return content;
  throw corrupted(key);
}

export function corrupted(key: string): ObjectStoreError {
  return new ObjectStoreError('corrupted', `The object ${key} is not what was stored; restore it from a backup or ingest its source again.`);
}
