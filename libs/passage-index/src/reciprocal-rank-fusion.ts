/** The constant of the original paper: how much less the first ranks count for than they could. */
const rankConstant = 60;

export interface Fused {
  id: string;
  /** 0-1, higher is better; 1 is the first of every ranking. */
  score: number;
  /** The rank in each ranking, from 1; null where it is missing. */
  ranks: (number | null)[];
}

/**
 * Fuses rankings of ids, each best first, into one: a high rank in one ranking, or middling ranks in several, come first.
 * Ties keep the order of the first ranking that has them.
 * @see Cormack, Clarke and Büttcher, Reciprocal Rank Fusion outperforms Condorcet and individual rank learning methods, SIGIR 2009
 */
export function reciprocalRankFusion(rankings: readonly (readonly string[])[], k = rankConstant): Fused[] {
  const ranks = new Map<string, (number | null)[]>();
  for (const [ranking, ids] of rankings.entries()) {
    for (const [index, id] of ids.entries()) {
      const known = ranks.get(id) ?? rankings.map(() => null);
      known[ranking] ??= index + 1;
      ranks.set(id, known);
    }
  }
  const best = rankings.length / (k + 1);
  return [...ranks]
    .map(([id, own]) => ({ id, ranks: own, score: own.reduce<number>((sum, rank) => sum + (rank === null ? 0 : 1 / (k + rank)), 0) / best }))
    .sort((a, b) => b.score - a.score);
}
