/** The characters that Windows-1252 has at 0x80-0x9f, in order; a space stands where it has none. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const byteOfCharacter = new Map([...windows1252].flatMap((character, index) => (character === ' ' ? [] : [[character, 0x80 + index] as const])));

const continuation = `[\\u0080-\\u00bf${windows1252.replaceAll(' ', '')}]`;
/**
 * What no one writes: an apostrophe or a dash that became three characters, a capital with tilde or circumflex and a symbol
 * inside a word in lower case. «IRMû and «CAFÉ» are not it.
 */
const certain = new RegExp(`â(?:€|\\u0080)${continuation}|ðŸ${continuation}{2}|(?:(?<=\\p{Ll})[ÃÂ]${continuation}|[ÃÂ]${continuation}(?=\\p{Ll}))|Â[\\u00a0£§°©®±]`, 'u');
const sequences = new RegExp(`[\\u00c2-\\u00df]${continuation}|[\\u00e0-\\u00ef]${continuation}{2}|[\\u00f0-\\u00f4]${continuation}{3}`, 'gu');

/**
 * Mends UTF-8 that was once read as Windows-1252 or Latin-1 (`donâ€™t`, `cafÃ©`), however often.
 * A text without a sequence that cannot be anything else comes back as it is.
 */
export function repairMojibake(text: string): string {
  let repaired = text;
  // Each round at least halves what it mends, so that there are few.
  while (certain.test(repaired)) {
    const before = repaired;
    repaired = before.replace(sequences, decode);
    if (repaired === before) break;
  }
  return repaired;
}

function decode(sequence: string): string {
  const bytes = Uint8Array.from(sequence, (character) => byteOfCharacter.get(character) ?? character.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return sequence;
  }
}
