const lineEndings = /\r\n?|\u0085|\u2028|\u2029/g;
/** Control characters, and what is there to be invisible: soft hyphens, zero-width spaces, byte order marks, overrides of direction. */
// eslint-disable-next-line no-control-regex -- removing them is the point
const invisible = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u180e\u200b\u2060-\u2064\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g;
const otherSpaces = /[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;

/**
 * The same text in Unicode NFC, with `\n` as its only line ending, and without lone surrogates and invisible characters.
 * Layout stays as it is, for formats in which white space means something.
 */
export function cleanCharacters(text: string): string {
  return text.toWellFormed().replace(lineEndings, '\n').replace(invisible, '').normalize('NFC');
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
