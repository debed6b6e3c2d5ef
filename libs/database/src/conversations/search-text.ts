import { folded, foldedInPlace, phrasePattern, type SearchTerms, wordsIn } from '@dramatis/contracts/search-terms';

const excerptCharacters = 160;
const leadCharacters = 40;

/** The distinct words of the texts, folded. */
export function wordsOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(wordsIn))];
}

/** Whether the phrase stands in the text, whatever its case, accents and punctuation. */
export function hasPhrase(text: string, phrase: readonly string[]): boolean {
  return new RegExp(phrasePattern(phrase), 'u').test(folded(text));
}

/** How many of the terms stand in the text. */
export function countTerms(text: string, { words, phrases }: SearchTerms): number {
  const said = folded(text);
  return words.filter((word) => said.includes(word)).length + phrases.filter((phrase) => hasPhrase(text, phrase)).length;
}

/** A line of the text around the first of its phrases, or else of its words; its beginning when none stands there. */
export function excerptOf(text: string, { words, phrases }: SearchTerms): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  const places = foldedInPlace(characters);
  const first = firstOf(phrases.map((phrase) => places.search(new RegExp(phrasePattern(phrase), 'u')))) ?? firstOf(words.map((word) => places.indexOf(word))) ?? 0;
  let start = Math.max(0, first - leadCharacters);
  while (start > 0 && start < first && characters[start - 1] !== ' ') start += 1;
  const cut = characters.slice(start, start + excerptCharacters).join('').trim();
  return `${start > 0 ? '…' : ''}${cut}${start + excerptCharacters < characters.length ? '…' : ''}`;
}

function firstOf(places: readonly number[]): number | null {
  const found = places.filter((place) => place >= 0);
  return found.length > 0 ? Math.min(...found) : null;
}
