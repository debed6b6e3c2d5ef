/** A stretch of text, and whether it is one of the words that were looked for. */
export interface Stretch {
  text: string;
  marked: boolean;
}

/** The text cut at the words of a search, whatever their case. */
export function markedWords(text: string, search: string): Stretch[] {
  const words = (search.match(/[\p{L}\p{N}]+/gu) ?? []).sort((a, b) => b.length - a.length);
  if (words.length === 0) return [{ text, marked: false }];
  return text
    .split(new RegExp(`(${words.join('|')})`, 'iu'))
    .map((stretch, index) => ({ text: stretch, marked: index % 2 === 1 }))
    .filter((stretch) => stretch.text !== '');
}
