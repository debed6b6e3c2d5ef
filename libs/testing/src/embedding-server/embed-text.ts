import { createHash } from 'node:crypto';

/** Words that count as one, so that a question and its answer need not use the same. */
const families: readonly (readonly string[])[] = [
  ['she', 'her', 'hers'],
  ['he', 'him', 'his'],
  ['born', 'birth', 'births'],
  ['engine', 'engines', 'machine', 'machines'],
  ['write', 'writes', 'wrote', 'written', 'writing'],
  ['cat', 'cats'],
];
const familyOf = new Map(families.flatMap((family) => family.map((word) => [word, family[0]!] as const)));

/** A vector of the words of a text: each turns it into a direction of its own. Deterministic; not of length 1, as services give them. */
export function embedText(text: string, dimensions: number): number[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text];
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of words.slice(0, 2_000)) {
    const direction = directionOf(familyOf.get(word) ?? word, dimensions);
    for (let i = 0; i < dimensions; i += 1) vector[i]! += direction[i]!;
  }
  return vector;
}

const directions = new Map<string, number[]>();

/** As good as at right angles to those of other words. */
function directionOf(word: string, dimensions: number): number[] {
  const key = `${dimensions} ${word}`;
  const known = directions.get(key);
  if (known) return known;
  const direction: number[] = [];
  for (let block = 0; direction.length < dimensions; block += 1) {
    const bytes = createHash('sha256').update(`${block} ${word}`).digest();
    for (const byte of bytes) direction.push((byte - 127.5) / 128);
  }
  direction.length = dimensions;
  directions.set(key, direction);
  return direction;
}
