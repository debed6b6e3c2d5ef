import { createHash } from 'node:crypto';

/**
 * The ids in a random order that the seed determines, in which an id comes first in proportion to its weight. Ids
 * without a weight, or with 0, follow in the order given.
 *
 * @see Efraimidis and Spirakis, "Weighted random sampling with a reservoir"
 */
export function weightedOrder(ids: readonly string[], weights: Readonly<Record<string, number>>, seed: string): string[] {
  const weightOf = (id: string) => (Object.hasOwn(weights, id) ? (weights[id] ?? 0) : 0);
  const drawn = ids
    .filter((id) => weightOf(id) > 0)
    .map((id) => ({ id, arrival: -Math.log(uniform(`${seed}\u0000${id}`)) / weightOf(id) }))
    .sort((a, b) => a.arrival - b.arrival)
    .map(({ id }) => id);
  return [...drawn, ...ids.filter((id) => weightOf(id) <= 0)];
}

/** A number above 0 and below 1 that the text determines. */
function uniform(text: string): number {
  return (createHash('sha256').update(text).digest().readUInt32BE() + 0.5) / 2 ** 32;
}
