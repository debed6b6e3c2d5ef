import { foldedWords } from '@dramatis/text/keywords';

/** Words that make one shingle. */
const shingleWords = 3;
/** Shingles of the smaller text that the larger one has, 0-1, from which it says the same. */
const duplicateShare = 0.8;

/**
 * A function that says of one text after the other whether it says nearly the same, in nearly the same words, as one before.
 * Offered best first, the best copy stays.
 */
export function createNearDuplicateFilter(): (text: string) => boolean {
  const seen: Set<string>[] = [];
  return (text) => {
    const shingles = shinglesOf(text);
    if (seen.some((other) => containment(shingles, other) >= duplicateShare)) return true;
    seen.push(shingles);
    return false;
  };
}

function shinglesOf(text: string): Set<string> {
  const words = foldedWords(text);
  const shingles = new Set<string>();
  for (let i = 0; i + shingleWords <= words.length; i += 1) shingles.add(words.slice(i, i + shingleWords).join(' '));
  if (shingles.size === 0) shingles.add(words.join(' '));
  return shingles;
}

function containment(a: Set<string>, b: Set<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const shingle of small) if (large.has(shingle)) shared += 1;
  return shared / small.size;
}
