import { crc32 } from 'node:zlib';
import { DomainError } from '@dramatis/contracts/errors';
import { cardLimits } from './card-limits.js';

export interface PngChunk {
  /** Four letters, such as `IHDR`. */
  type: string;
  data: Uint8Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Length, type and checksum. */
const overheadBytes = 12;

export function isPng(bytes: Uint8Array): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/**
 * The chunks of a PNG from IHDR to IEND, as views into the bytes. What follows IEND is no part of the picture and is not looked at.
 * @throws DomainError import_damaged when it is cut off, a checksum is wrong or it does not begin and end as a PNG does; import_too_large
 * @see W3C Portable Network Graphics (PNG) Specification, third edition, section 5
 */
export function readPngChunks(bytes: Uint8Array): PngChunk[] {
  if (!isPng(bytes)) throw damaged('no_png');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = signature.length; ; ) {
    if (at + overheadBytes > bytes.length) throw damaged('picture_cut_off');
    const length = view.getUint32(at);
    // Compared with what is there before anything is read, so that a false length reads nothing.
    if (length > bytes.length - at - overheadBytes) throw damaged('picture_cut_off');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged('picture_part');
    const end = at + 8 + length;
    if (crc32(bytes.subarray(at + 4, end)) !== view.getUint32(end)) throw new DomainError('import_damaged.picture_checksum', { part: type });
    chunks.push({ type, data: bytes.subarray(at + 8, end) });
    if (chunks.length === 1 && (type !== 'IHDR' || length !== 13)) throw damaged('picture_size');
    if (type === 'IEND') return chunks;
    if (chunks.length >= cardLimits.maxPngChunks) throw new DomainError('import_too_large.picture_parts', { parts: cardLimits.maxPngChunks });
    at = end + 4;
  }
}

export function writePngChunks(chunks: readonly PngChunk[]): Uint8Array {
  const total = chunks.reduce((sum, { data }) => sum + data.length + overheadBytes, signature.length);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(signature);
  let at = signature.length;
  for (const { type, data } of chunks) {
    view.setUint32(at, data.length);
    for (let index = 0; index < 4; index += 1) bytes[at + 4 + index] = type.charCodeAt(index);
    bytes.set(data, at + 8);
    view.setUint32(at + 8 + data.length, crc32(bytes.subarray(at + 4, at + 8 + data.length)));
    at += data.length + overheadBytes;
  }
  return bytes;
}

type Damage = 'no_png' | 'picture_cut_off' | 'picture_part' | 'picture_size' | 'picture_text' | 'picture_base64';

export function damaged(damage: Damage, cause?: unknown): DomainError {
  return new DomainError(`import_damaged.${damage}`, {}, { cause });
}
