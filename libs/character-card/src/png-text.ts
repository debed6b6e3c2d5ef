import { inflateSync } from 'node:zlib';
import { DomainError } from '@dramatis/contracts/errors';
import { damaged, type PngChunk } from './png-chunks.js';

const maxKeywordBytes = 79;

/** The keyword of a chunk of text, or null for other chunks. */
export function keywordOf({ type, data }: PngChunk): string | null {
  if (type !== 'tEXt' && type !== 'zTXt' && type !== 'iTXt') return null;
  const end = data.subarray(0, maxKeywordBytes + 1).indexOf(0);
  // Assets in cards of the third version are called by their paths, which are longer than PNG has it.
  return new TextDecoder('latin1').decode(data.subarray(0, end < 0 ? maxKeywordBytes : end));
}

/**
 * What a chunk of text says, unpacked to at most so many bytes.
 * @throws DomainError import_damaged, import_too_large
 */
export function textOf({ type, data }: PngChunk, maxBytes: number): Uint8Array {
  const start = data.indexOf(0) + 1;
  if (start === 0) throw damaged('picture_text');
  if (type === 'tEXt') return bounded(data.subarray(start), maxBytes);
  if (type === 'zTXt') return inflated(data.subarray(start + 1), data[start], maxBytes);
  const [isPacked, method] = data.subarray(start, start + 2);
  const languageEnd = data.indexOf(0, start + 2);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) throw damaged('picture_text');
  const text = data.subarray(translatedEnd + 1);
  return isPacked === 1 ? inflated(text, method, maxBytes) : bounded(text, maxBytes);
}

function bounded(bytes: Uint8Array, maxBytes: number): Uint8Array {
  if (bytes.length > maxBytes) throw tooMuch(maxBytes);
  return bytes;
}

function inflated(packed: Uint8Array, method: number | undefined, maxBytes: number): Uint8Array {
  if (method !== 0) throw damaged('picture_text');
  try {
    return inflateSync(packed, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooMuch(maxBytes);
    throw damaged('picture_text', error);
  }
}

function tooMuch(maxBytes: number): DomainError {
  return new DomainError('import_too_large.picture_text', { megabytes: Math.floor(maxBytes / 1024 / 1024) });
}
