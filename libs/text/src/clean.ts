import { repairMojibake } from './mojibake.js';

const lineEndings = /\r\n?|\u0085|\u2028|\u2029/g;
/** Control characters, and what is there to be invisible: soft hyphens, zero-width spaces, byte order marks, marks of direction. */
const invisible =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- removing them is the point
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/g;
/** Joiners shape emoji, Persian and Indic scripts; between Latin letters they are left over from typesetting. */
const idleJoiners = /(?<=\p{Script=Latin})[\u200c\u200d]+(?=\p{Script=Latin})/gu;
/** Unseen letters, used to hide text from readers. Only the flags of England, Scotland and Wales are written with them. */
const hiddenLetters = /(\u{1f3f4}[\u{e0020}-\u{e007f}]{3,6}\u{e007f})|[\u{e0000}-\u{e007f}]/gu;
const ligatures = /[\ufb00-\ufb06]/g;
const otherSpaces = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The same text in Unicode NFC, with `\n` as its only line ending, typographic ligatures as letters, undoubted mojibake
 * mended, and without lone surrogates and invisible characters. Layout stays as it is, for formats in which white space
 * means something. Idempotent.
 */
export function cleanCharacters(text: string): string {
  let cleaned = text.toWellFormed();
  for (;;) {
    const before = cleaned;
    // What one step takes away can bring together what another one mends.
    cleaned = cleanOnce(before);
    if (cleaned === before) return cleaned;
  }
}

function cleanOnce(text: string): string {
  return repairMojibake(text)
    .replace(lineEndings, '\n')
    .replace(invisible, '')
    .replace(hiddenLetters, '$1')
    .replace(idleJoiners, '')
    .replace(ligatures, (ligature) => ligature.normalize('NFKC'))
    .normalize('NFC');
}

/**
 * Text fit for reading and indexing: {@link cleanCharacters}, one space between words, none at the ends of lines,
 * and at most one blank line in a row. Idempotent.
 */
export function cleanText(text: string): string {
  return cleanCharacters(text)
    .replace(otherSpaces, ' ')
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
