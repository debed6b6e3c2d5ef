const word = /[\p{L}\p{N}]+/gu;
/** More narrow a search by no means; each is one more look. */
const maxWords = 6;
const excerptCharacters = 160;
const leadCharacters = 40;

/** Without case and accents, so that "Émile" is found by "emile". */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The distinct words of the texts, folded. */
export function wordsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => folded(text).match(word) ?? []))];
}

/** What is looked for: the words of the search, folded; the first six. */
export function searchWords(search: string): string[] {
  return wordsOf([search]).slice(0, maxWords);
}

/** A line of the text around the first of the words; its beginning when none stands there. */
export function excerptOf(text: string, words: readonly string[]): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  // Folded character by character to one unit each, so that places in the one are places in the other.
  const places = characters.map((character) => (character.length === 1 ? (folded(character)[0] ?? ' ') : ' ')).join('');
  const found = words.map((wanted) => places.indexOf(wanted)).filter((place) => place >= 0);
  const first = found.length > 0 ? Math.min(...found) : 0;
  let start = Math.max(0, first - leadCharacters);
  while (start > 0 && start < first && characters[start - 1] !== ' ') start += 1;
  const cut = characters.slice(start, start + excerptCharacters).join('').trim();
  return `${start > 0 ? '…' : ''}${cut}${start + excerptCharacters < characters.length ? '…' : ''}`;
}
