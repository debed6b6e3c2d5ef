import { z } from 'zod';
import { passageId, personaId, uuid } from './ids.js';

const words = z.array(z.string().trim().min(1).max(100)).max(10);

export const playgroundSearch = z
  .strictObject({
    personaId,
    version: z.number().int().min(1).optional().describe('Absent: the published one.'),
    query: z.string().trim().min(1).max(2_000),
    entities: words.optional().describe('Only passages that name all of these.'),
    topics: words.optional().describe('Only passages of documents with all of these topics.'),
    sourceId: uuid.optional(),
    candidates: z.number().int().min(1).max(100).optional().describe('Hits asked for of each kind. Absent: as a turn does.'),
    topK: z.number().int().min(1).max(50).optional().describe('Passages kept. Absent: as a turn does.'),
  })
  .meta({ id: 'PlaygroundSearch' });
export type PlaygroundSearch = z.infer<typeof playgroundSearch>;

/**
 * Why a passage does not reach the prompt: the best of all is not near enough, it is itself not near enough, it says what a better
 * one says, it does not fit the token budget, or there are enough without it.
 */
export const cutReason = z.enum(['no_match', 'below_floor', 'near_duplicate', 'over_budget', 'beyond_top_k']);
export type CutReason = z.infer<typeof cutReason>;

export const playgroundHit = z.object({
  passageId,
  documentId: z.string(),
  documentTitle: z.string(),
  headingPath: z.array(z.string()),
  ordinal: z.number().int(),
  text: z.string(),
  tokens: z.number().int(),
  lexical: z.object({ rank: z.number().int(), score: z.number() }).nullable().describe('BM25, from 0 without an upper end.'),
  vector: z.object({ rank: z.number().int(), score: z.number() }).nullable().describe('Cosine, -1 to 1.'),
  fused: z.object({ rank: z.number().int(), score: z.number() }).describe('What orders the candidates, of both together, 0-1.'),
  relevance: z.number().describe('Cosine and share of the question’s words, about 0 to 1.3.'),
  promptRank: z.number().int().nullable().describe('Place in the prompt, from 1; null when it was cut.'),
  cut: cutReason.nullable(),
});
export type PlaygroundHit = z.infer<typeof playgroundHit>;

/** All candidates, best fused first, with what became of each. */
export const playgroundResult = z
  .object({
    personaId,
    version: z.number().int(),
    query: z.string().describe('As it was searched.'),
    embedder: z.string(),
    grounded: z.boolean().describe('Whether a turn would have passages.'),
    settings: z.object({
      candidates: z.number().int(),
      topK: z.number().int(),
      tokenBudget: z.number().int(),
      groundingFloor: z.number(),
      passageFloor: z.number(),
    }),
    hits: z.array(playgroundHit),
    timings: z.object({ embedMs: z.number(), searchMs: z.number(), indexMs: z.number().describe('Of the search, within the index.'), rankMs: z.number(), totalMs: z.number() }),
  })
  .meta({ id: 'PlaygroundResult' });
export type PlaygroundResult = z.infer<typeof playgroundResult>;
