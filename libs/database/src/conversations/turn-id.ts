import { createHash } from 'node:crypto';

/** Namespace of turn ids, a random UUID chosen once. */
const namespace = Buffer.from('5b0ad1c4c2c84c0f9a2f0d0d7a1e6b3c', 'hex');

/**
 * The id of the turn that this request makes in this conversation: a UUID of version 5 (RFC 9562), so that a repeated
 * request names the same turn before anything is read.
 */
export function turnIdOf(conversationId: string, requestId: string): string {
  const hash = createHash('sha1').update(namespace).update(`${conversationId}/${requestId}`).digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
