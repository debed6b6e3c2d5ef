import { createHash } from 'node:crypto';
import { type ObjectKey, ObjectStoreError } from './port.js';

export function objectKeyOf(bytes: Uint8Array): ObjectKey {
  return createHash('sha256').update(bytes).digest('hex');
}

/** @throws ObjectStoreError invalid_key: nothing but a hash can ever become part of a path. */
export function assertObjectKey(key: string): asserts key is ObjectKey {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new ObjectStoreError('invalid_key', 'An object key is a SHA-256 in lower-case hexadecimal.');
}

/** @throws ObjectStoreError corrupted */
export function assertContent(key: ObjectKey, bytes: Uint8Array): void {
  if (objectKeyOf(bytes) !== key) throw new ObjectStoreError('corrupted', `The object ${key} is not what was stored.`);
}
