import type { Passage } from '@dramatis/contracts/knowledge';
import { createNearDuplicateFilter } from './near-duplicates.js';
import type { HybridHits } from './passage-index.js';
import { reciprocalRankFusion } from './reciprocal-rank-fusion.js';
import { judgeRelevance } from './relevance.js';

/** A candidate with what speaks for it. */
export interface RankedPassage extends Passage {
  /** Fused score, 0-1, higher is better. */
  score: number;
  /** Rank among the best by words, from 1; null is not among them. */
  lexicalRank: number | null;
  /** Rank among the nearest by vector, from 1; null is not among them. */
  vectorRank: number | null;
  /** How much the passage is on the question, see {@link judgeRelevance}. */
  relevance: number;
}

/** All candidates of a search in one ranking, best first. */
export function rankHits(query: string, hits: HybridHits): RankedPassage[] {
  const passages = new Map<string, Passage>();
  for (const { passage } of [...hits.byWords, ...hits.byVector]) passages.set(passage.passageId, passage);
  const relevance = judgeRelevance(query, hits);
  const fused = reciprocalRankFusion([
    hits.byVector.map(({ passage }) => passage.passageId),
    hits.byWords.map(({ passage }) => passage.passageId),
  ]);
  return fused.map(({ id, score, ranks: [vectorRank, lexicalRank] }) => ({
    ...passages.get(id)!,
    score,
    vectorRank: vectorRank!,
    lexicalRank: lexicalRank!,
    relevance: relevance.get(id)!,
  }));
}

/**
 * The passages for a prompt, best first: without near-duplicates, at most `topK`, together at most `tokenBudget` estimated
 * tokens; one that does not fit makes way for a smaller one. Neighbours of one document stand together in reading order,
 * where the better of them would stand: each keeps its own text, which its id stands for.
 */
export function selectPassages<T extends RankedPassage>(ranked: readonly T[], limits: { topK: number; tokenBudget: number }): T[] {
  const selected: T[] = [];
  let tokens = 0;
  const isNearDuplicate = createNearDuplicateFilter();
  for (const passage of ranked) {
    if (selected.length >= limits.topK) break;
    if (tokens + passage.tokens > limits.tokenBudget || isNearDuplicate(passage.text)) continue;
    selected.push(passage);
    tokens += passage.tokens;
  }
  return withNeighboursTogether(selected);
}

function withNeighboursTogether<T extends Passage>(passages: readonly T[]): T[] {
  const runs: T[][] = [];
  for (const passage of passages) {
    const joined = runs.filter((run) => run.some((other) => areNeighbours(passage, other)));
    // A passage between two runs makes them one, at the place of the better.
    const [first, ...rest] = joined;
    if (!first) runs.push([passage]);
    else first.push(passage, ...rest.flat());
    for (const run of rest) runs.splice(runs.indexOf(run), 1);
  }
  return runs.flatMap((run) => run.sort((a, b) => a.ordinal - b.ordinal));
}

function areNeighbours(a: Passage, b: Passage): boolean {
  return a.documentId === b.documentId && Math.abs(a.ordinal - b.ordinal) === 1;
}
