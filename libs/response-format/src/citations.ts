/** `[1]`, `[1, 3]` or `[1; 3]`, but not the text of a link. Three digits at most: `[1859]` is a year. */
const mark = /\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\](?!\()/g;

const numbersOf = (list: string) => list.split(/[,;]/).map(Number);

/** Passage numbers that the text refers to, each once, in the order of first use. */
export function findCitations(text: string): number[] {
  return [...new Set([...text.matchAll(mark)].flatMap((match) => numbersOf(match[1]!)))];
}

/** The text without references to passages that were not given, and how many references went. */
export function removeUnknownCitations(text: string, passageCount: number): { text: string; removed: number } {
  let removed = 0;
  const kept = text.replace(new RegExp(`([ \\t]*)${mark.source}`, 'g'), (whole, space: string, list: string) => {
    const known = numbersOf(list).filter((number) => number >= 1 && number <= passageCount);
    const unknown = numbersOf(list).length - known.length;
    if (unknown === 0) return whole;
    removed += unknown;
    return known.length > 0 ? space + known.map((number) => `[${number}]`).join('') : '';
  });
  return { text: kept, removed };
}

/** Combined marks such as `[1, 3]` written singly, as `[1][3]`. */
export function separateCitations(text: string): string {
  return text.replace(mark, (_, list: string) =>
    numbersOf(list)
      .map((number) => `[${number}]`)
      .join(''),
  );
}

/** The text without any mark. */
export function withoutCitations(text: string): string {
  return text.replace(new RegExp(`[ \\t]*${mark.source}`, 'g'), '');
}
