/**
 * Fuses rankings of ids by their ranks alone: what the product did before, and what it is measured against.
 * @see Cormack, Clarke and Büttcher, Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009
 */
export function reciprocalRankFusion(rankings, { k, weights }) {
  const scores = new Map();
  for (const [ranking, ids] of rankings.entries()) {
    for (const [index, id] of ids.entries()) scores.set(id, (scores.get(id) ?? 0) + weights[ranking] / (k + index + 1));
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}
