import { z } from 'zod';
import { modelFailure } from './enrichment.js';
import { personaId } from './ids.js';
import { entityType } from './knowledge-graph.js';

const count = z.number().int().min(0);
const share = z.number().min(0).max(1);

export const corpusTopic = z.object({
  label: z.string(),
  terms: z.array(z.string()).describe('The words that make it, the strongest first.'),
  documents: count,
});
export type CorpusTopic = z.infer<typeof corpusTopic>;

/** What a persona knows, for everybody who visits it. */
export const personaKnowledge = z
  .object({
    personaId,
    version: count.describe('The published corpus version; 0 before the first.'),
    documents: count,
    passages: count,
    words: count,
    topics: z.array(corpusTopic),
    entities: z.array(z.object({ name: z.string(), type: entityType, mentions: count })).describe('The most named, at most 20.'),
    summary: z.array(z.string()).describe('Sentences of the corpus that say the most, in reading order; or written by a language model.'),
    summarisedBy: z.string().nullable().describe('Provider and model, when a language model wrote the summary.'),
    starterQuestions: z.array(z.string()),
    computedAt: z.iso.datetime().nullable().describe('Null while it is being computed.'),
  })
  .meta({ id: 'PersonaKnowledge' });
export type PersonaKnowledge = z.infer<typeof personaKnowledge>;

/** The same for operators, with what only they need. */
export const corpusProfile = personaKnowledge
  .extend({
    version: z.number().int().min(1),
    languages: z.array(z.object({ language: z.string().describe('ISO 639, `und` where it is not known.'), documents: count, share })),
    sentiment: z.object({ positive: share, neutral: share, negative: share, mean: z.number().min(-1).max(1) }).nullable(),
    modelFailure: modelFailure.nullable().describe('Why no language model wrote summary and questions though one was to; else null.'),
    entityCount: count,
    relationCount: count,
  })
  .meta({ id: 'CorpusProfile' });
export type CorpusProfile = z.infer<typeof corpusProfile>;
