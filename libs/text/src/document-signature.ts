import { foldWord } from './keywords.js';

const { imul } = Math;

/**
 * What stands for a document when near duplicates are looked for; plain JSON.
 *
 * MinHash (Broder 1997): each of {@link hashCount} hash functions keeps its least value over all runs of
 * {@link shingleWords} words. The share of equal values estimates the share of runs that two documents have in common.
 */
export interface DocumentSignature {
  /** The values, 32 bits each, in base64. */
  minHashes: string;
  /**
   * Keys for an indexed lookup: documents as similar as {@link nearDuplicateSimilarity} share at least one of them with a
   * probability of 99.8 %, those half as similar in 1 of 13 cases.
   */
  bands: string[];
}

/** Words of a shingle: three still find a text in which every tenth word was changed, and chance hardly repeats them. */
const shingleWords = 3;
const bandCount = 20;
const bandRows = 6;
const hashCount = bandCount * bandRows;

/**
 * Documents from this similarity (0-1) on are near duplicates: the same text with another header or footer, some corrected
 * words, or a paragraph more. Two documents on one subject by one author stay far below, see the spec.
 */
export const nearDuplicateSimilarity = 0.8;

/** The signature of a text's words, whatever their case, accents and punctuation. Null when it has none. Linear in the text's length. */
export function signatureOf(text: string): DocumentSignature | null {
  const words = Array.from(text.matchAll(/[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu), (match) => hashString(foldWord(match[0])));
  if (words.length === 0) return null;

  const values = new Uint32Array(hashCount).fill(0xffffffff);
  const last = Math.max(0, words.length - shingleWords);
  for (let at = 0; at <= last; at += 1) {
    let shingle = 0;
    for (let word = at; word < at + shingleWords && word < words.length; word += 1) shingle = mix(imul(shingle, 31) + words[word]!);
    for (let index = 0; index < hashCount; index += 1) {
      const value = (imul(multipliers[index]!, shingle) + increments[index]!) >>> 0;
      if (value < values[index]!) values[index] = value;
    }
  }
  return { minHashes: toBase64(values), bands: bandsOf(values) };
}

/** The estimated share of runs of words that two documents have in common, 0-1. Its standard error is at most 0.05. */
export function estimateSimilarity(one: Pick<DocumentSignature, 'minHashes'>, other: Pick<DocumentSignature, 'minHashes'>): number {
  const [first, second] = [atob(one.minHashes), atob(other.minHashes)];
  if (first.length !== second.length) throw new RangeError('The signatures are of different kinds.');
  let equal = 0;
  for (let at = 0; at < first.length; at += 4) if (first.startsWith(second.slice(at, at + 4), at)) equal += 1;
  return equal / (first.length / 4);
}

function bandsOf(values: Uint32Array): string[] {
  return Array.from({ length: bandCount }, (_, band) => {
    let key = band;
    for (const value of values.subarray(band * bandRows, (band + 1) * bandRows)) key = mix(imul(key, 31) + value);
    return `${band}-${(key >>> 0).toString(36)}`;
  });
}

function toBase64(values: Uint32Array): string {
  let bytes = '';
  for (const value of values) bytes += String.fromCharCode(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
  return btoa(bytes);
}

function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The finalizer of MurmurHash3: every bit of the input changes half of the output. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Odd, so that each function is a permutation of the 32-bit numbers. Stored signatures depend on them: never change them. */
const multipliers = Uint32Array.from({ length: hashCount }, (_, index) => mix(index * 2 + 1) | 1);
const increments = Uint32Array.from({ length: hashCount }, (_, index) => mix(index * 2 + 2));
