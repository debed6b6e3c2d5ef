import { z } from 'zod';

/** A place in a document's clean text, in characters; the end is not part of it. */
export const textSpan = z.object({ start: z.number().int(), end: z.number().int() });

/** A name that a document speaks of. */
export const documentEntity = z.object({
  name: z.string().describe('In its most common form.'),
  type: z.string().describe('person, place, organisation, date … or other.'),
  count: z.number().int().describe('How often it is named.'),
  mentions: z.array(textSpan).describe('Where, the first ones.'),
});
export type DocumentEntity = z.infer<typeof documentEntity>;

/** Questions that a passage answers. */
export const passageQuestions = z.object({ ordinal: z.number().int().min(0).describe("The passage's place within the document."), questions: z.array(z.string()) });
export type PassageQuestions = z.infer<typeof passageQuestions>;

/** Why a language model that was to describe something did not. */
export const modelFailure = z.object({ code: z.string().describe('Stable, such as rate_limited or refused.'), reason: z.string() });
export type ModelFailure = z.infer<typeof modelFailure>;

/** What was found out about a document's text, without a language model unless `summarisedBy` says so. */
export const documentEnrichment = z
  .object({
    language: z.string().nullable().describe('ISO 639-1 where there is one, else 639-3; null when the text is too short to tell.'),
    languageConfidence: z.number().describe('0-1.'),
    summary: z.array(z.string()).describe('Sentences: of the text in its order, or written by a language model.'),
    keywords: z.array(z.object({ term: z.string(), score: z.number() })).describe('Best first.'),
    entities: z.array(documentEntity).describe('Most named first.'),
    sentiment: z.object({
      score: z.number().describe('-1 (negative) to 1 (positive).'),
      label: z.enum(['negative', 'neutral', 'positive']),
    }).nullable().describe('Null for languages without a lexicon.'),
    summarisedBy: z.string().nullable().describe('Provider and model, when a language model wrote the summary.'),
    questions: z.array(passageQuestions).describe('Questions that passages answer, by the same language model; empty without one.'),
    modelFailure: modelFailure.nullable().describe('Why the summary is an extract though a language model was to write it; else null.'),
  })
  .meta({ id: 'DocumentEnrichment' });
export type DocumentEnrichment = z.infer<typeof documentEnrichment>;
