import { foldedInPlace, phrasePattern, searchTerms } from '@dramatis/contracts/search-terms';

/** A stretch of text, and whether it is one of the words or phrases that were looked for. */
export interface Stretch {
  text: string;
  marked: boolean;
}

/** The text cut at what a search asks for, whatever its case and accents. */
export function markedWords(text: string, search: string): Stretch[] {
  const { words, phrases } = searchTerms(search);
  // The longest first, so that a phrase is marked as a whole.
  const patterns = [...phrases.map(phrasePattern), ...words].sort((a, b) => b.length - a.length);
  if (patterns.length === 0) return [{ text, marked: false }];
  const characters = Array.from(text);
  const stretches: Stretch[] = [];
  let end = 0;
  const add = (from: number, to: number, marked: boolean) => {
    if (to > from) stretches.push({ text: characters.slice(from, to).join(''), marked });
    end = to;
  };
  for (const { index, 0: found } of foldedInPlace(characters).matchAll(new RegExp(patterns.join('|'), 'gu'))) {
    add(end, index, false);
    add(index, index + found.length, true);
  }
  add(end, characters.length, false);
  return stretches;
}
