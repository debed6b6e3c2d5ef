import type { Passage } from '@dramatis/contracts/knowledge';
import { createNearDuplicateFilter } from './near-duplicates.js';
import type { HybridHits } from './passage-index.js';
import { type Evidence, judgeRelevance, weighEvidence } from './relevance.js';

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

/** What counts for how much in the order of candidates. */
export interface RankingWeights {
  /** Of the nearest sentence; the passage as a whole has the rest to 1. */
  sentence: number;
  /** Of the words, beside the meaning. */
  words: number;
}

/** Measured, see docs/decisions. */
const measuredWeights: RankingWeights = { sentence: 0.5, words: 0.08 };

/**
 * All candidates of a search in one ranking, best first: by how near the passage as a whole and the nearest of its sentences are to the
 * question, half and half, and a little by the share of the question's words that it has. A passage says several things, of which a
 * question asks one. Ranks alone would let a passage that only shares words pass ones that answer.
 */
export function rankHits(query: string, hits: HybridHits, weights = measuredWeights): RankedPassage[] {
  const passages = new Map<string, Passage>();
  for (const { passage } of [...hits.byVector, ...hits.byWords]) passages.set(passage.passageId, passage);
  const relevance = judgeRelevance(query, hits);
  const [vectorRanks, lexicalRanks] = [hits.byVector, hits.byWords].map(ranksOf);
  return [...weighEvidence(query, hits)]
    .map(([id, evidence]) => ({
      ...passages.get(id)!,
      score: scoreOf(evidence, weights),
      vectorRank: vectorRanks!.get(id) ?? null,
      lexicalRank: lexicalRanks!.get(id) ?? null,
      relevance: relevance.get(id)!,
    }))
    .sort((a, b) => b.score - a.score);
}

function scoreOf({ similarity, sentenceSimilarity, coverage }: Evidence, { sentence, words }: RankingWeights): number {
  const meaning = (1 - sentence) * similarity + sentence * sentenceSimilarity;
  return Math.max(0, (meaning + words * coverage) / (1 + words));
}

function ranksOf(hits: readonly { passage: Passage }[]): Map<string, number> {
  return new Map(hits.map(({ passage }, index) => [passage.passageId, index + 1]));
}

/** Why a candidate was not selected: it says what a better one says, it does not fit the budget, or there were enough. */
export type PassedOver = 'near_duplicate' | 'over_budget' | 'beyond_top_k';

export interface Selection<T> {
  /** In the order of the prompt. */
  selected: T[];
  /** Why the others were not, by passage id. */
  passedOver: Map<string, PassedOver>;
}

/**
 * The passages for a prompt, best first: without near-duplicates, at most `topK`, together at most `tokenBudget` estimated
 * tokens; one that does not fit makes way for a smaller one. Neighbours of one document stand together in reading order,
 * where the better of them would stand: each keeps its own text, which its id stands for.
 */
export function selectPassages<T extends RankedPassage>(ranked: readonly T[], limits: { topK: number; tokenBudget: number }): T[] {
  return explainSelection(ranked, limits).selected;
}

/** The same selection, with what became of each other candidate. */
export function explainSelection<T extends RankedPassage>(ranked: readonly T[], limits: { topK: number; tokenBudget: number }): Selection<T> {
  const selected: T[] = [];
  const passedOver = new Map<string, PassedOver>();
  let tokens = 0;
  const isNearDuplicate = createNearDuplicateFilter();
  for (const passage of ranked) {
    const reason = selected.length >= limits.topK ? 'beyond_top_k' : tokens + passage.tokens > limits.tokenBudget ? 'over_budget' : isNearDuplicate(passage.text) ? 'near_duplicate' : null;
    if (reason !== null) {
      passedOver.set(passage.passageId, reason);
      continue;
    }
    selected.push(passage);
    tokens += passage.tokens;
  }
  return { selected: withNeighboursTogether(selected), passedOver };
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
