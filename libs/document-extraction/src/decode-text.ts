import { detect } from 'jschardet';
import type { ExtractionWarning } from './extracted-file.js';
import { ExtractionError } from './extraction-error.js';

export interface DecodedText {
  text: string;
  /** In the names of the Encoding Standard. */
  encoding: string;
  warnings: ExtractionWarning[];
}

/** Enough to tell text from other bytes, and one encoding from another. */
const sampleBytes = 65_536;
const detectionSampleBytes = 16_384;
const maxReplacedShare = 0.1;
const maxControlShare = 0.01;

/**
 * The text that bytes are: by byte order mark, as UTF-8 where they are valid, in the declared encoding, else in the one they look like.
 * @throws ExtractionError `binary` when they are no text, `invalid_encoding` when too much of it is broken
 */
export function decodeText(bytes: Uint8Array, declared: string | null = null): DecodedText {
  const marked = encodingByMark(bytes) ?? utf16WithoutMark(bytes);
  if (marked) return lossy(bytes, marked, []);
  if (looksBinary(bytes)) throw binary();

  const utf8 = strict(bytes, 'utf-8');
  if (utf8 !== null) return { text: utf8, encoding: 'utf-8', warnings: [] };

  const named = declared === null ? null : supported(declared);
  if (named !== null && named !== 'utf-8') {
    const text = strict(bytes, named);
    if (text !== null) return { text, encoding: named, warnings: [] };
  }
  if (mostlyUtf8(bytes)) return lossy(bytes, 'utf-8', []);
  const guessed = guess(bytes);
  const message = `The file does not say how its letters are encoded; it was read as ${guessed}. Should letters look wrong, save it as UTF-8.`;
  return lossy(bytes, guessed, [{ code: 'encoding_guessed', message }]);
}

/** Whether no text has these bytes: control characters that text does not use. A sample of them decides. */
export function looksBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, sampleBytes);
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    // Tab, line feed, vertical tab, form feed, carriage return and escape do occur in text.
    if (byte < 32 && (byte < 9 || byte > 13) && byte !== 27) controls += 1;
  }
  return controls > sample.length * maxControlShare;
}

export function binary(): ExtractionError {
  return new ExtractionError('binary', 'The file is not text, whatever its name says. Give the document itself, as text, PDF, Word or EPUB.');
}

function encodingByMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** Western text in UTF-16 has a zero in nearly every second byte, and always on the same side. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, Math.min(4_096, bytes.length - (bytes.length % 2)));
  if (sample.length < 8) return null;
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const pairs = sample.length / 2;
  if (zeros[1]! > pairs * 0.7 && zeros[0]! < pairs * 0.05) return 'utf-16le';
  if (zeros[0]! > pairs * 0.7 && zeros[1]! < pairs * 0.05) return 'utf-16be';
  return null;
}

function strict(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function lossy(bytes: Uint8Array, encoding: string, warnings: ExtractionWarning[]): DecodedText {
  const text = new TextDecoder(encoding).decode(bytes);
  if (looksBinary(new TextEncoder().encode(text.slice(0, sampleBytes)))) throw binary();
  const replaced = count(text, '\ufffd');
  if (replaced === 0) return { text, encoding, warnings };
  if (replaced > text.length * maxReplacedShare) {
    throw new ExtractionError('invalid_encoding', `Too many bytes of the file are no letters in ${encoding}. Save it as UTF-8 and give it again.`);
  }
  const message = `${replaced} ${replaced === 1 ? 'character was' : 'characters were'} unreadable as ${encoding} and ${replaced === 1 ? 'is' : 'are'} shown as \ufffd.`;
  return { text, encoding, warnings: [...warnings, { code: 'invalid_bytes', message }] };
}

/** Whether letters beyond ASCII are more often right as UTF-8 than broken: a text with some damage, not one in another encoding. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, sampleBytes * 16));
  let good = 0;
  let broken = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) broken += 1;
    else if (code > 127) good += 1;
  }
  return good >= broken;
}

function guess(bytes: Uint8Array): string {
  // What tells encodings apart are the bytes beyond ASCII, which may come late.
  const first = bytes.findIndex((byte) => byte > 127);
  const from = Math.max(0, first - 256);
  const sample = Buffer.from(bytes.subarray(from, from + detectionSampleBytes));
  const { encoding, confidence } = detect(sample);
  const name = confidence >= 0.5 ? supported(encoding) : null;
  // A guess of UTF-8 or ASCII was refuted already.
  return name === null || name === 'utf-8' || name.startsWith('utf-16') ? 'windows-1252' : name;
}

/** The standard name of an encoding, or null for one that nobody can decode. */
function supported(label: string | null): string | null {
  if (!label) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
