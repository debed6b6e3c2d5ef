import { keywords } from '@dramatis/text/keywords';
import type { HybridHits } from './passage-index.js';

/** How much the words of a question count beside its meaning. */
const coverageWeight = 0.3;

/**
 * How much each candidate is on the question: the cosine of their vectors, plus 0.3 times the share of the question's words that
 * the passage has, rare words counting more. About 0 to 1.3, by passage id.
 *
 * Ranks cannot say this: something is always first. Neither can the cosine alone: of a short question that only a name ties to
 * the corpus it is low, and the words tell. With no word that means anything, the cosine is all there is.
 */
export function judgeRelevance(query: string, hits: HybridHits): Map<string, number> {
  return new Map([...weighEvidence(query, hits)].map(([id, { similarity, coverage }]) => [id, similarity + coverageWeight * coverage]));
}

/** What speaks for a candidate. */
export interface Evidence {
  /** Cosine of question and passage, -1 to 1. */
  similarity: number;
  /** Cosine of the question and the nearest of the passage's sentences, or of the passage where those are not known. */
  sentenceSimilarity: number;
  /** Share of the question's words that the passage has, 0-1, rare words counting more. */
  coverage: number;
}

/** The evidence for each candidate, by passage id. */
export function weighEvidence(query: string, hits: HybridHits): Map<string, Evidence> {
  const found = new Map([...hits.byVector, ...hits.byWords].map((hit) => [hit.passage.passageId, { ...hit, stems: new Set(hit.stems.split(' ')) }]));
  const similarities = new Map(hits.byVector.map(({ passage, similarity }) => [passage.passageId, similarity]));
  // A passage found only by its words is at most as near as the last of the nearest.
  const farthest = hits.byVector.at(-1)?.similarity ?? 0;
  const coverage = coverageOf(query, [...found.values()].map(({ stems }) => stems));
  return new Map(
    [...found].map(([id, { stems, sentenceSimilarity }]) => {
      const similarity = similarities.get(id) ?? farthest;
      return [id, { similarity, sentenceSimilarity: sentenceSimilarity ?? similarity, coverage: coverage(stems) }];
    }),
  );
}

/** Share of the question's words, 0-1, weighted by how few candidates have them. */
function coverageOf(query: string, candidates: ReadonlySet<string>[]): (stems: ReadonlySet<string>) => number {
  const weights = [...new Set(keywords(query))].map((stem) => {
    const having = candidates.filter((stems) => stems.has(stem)).length;
    return { stem, weight: Math.log(1 + candidates.length / (1 + having)) };
  });
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return () => 0;
  return (stems) => weights.reduce((sum, { stem, weight }) => sum + (stems.has(stem) ? weight : 0), 0) / total;
}
