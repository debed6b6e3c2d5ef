import type { DocumentEnrichment } from '@dramatis/contracts/enrichment';
import { entitiesOf } from '@dramatis/text/entities';
import { detectLanguage } from '@dramatis/text/language';
import { sentimentOf } from '@dramatis/text/sentiment';
import { summarize } from '@dramatis/text/summary';
import { type DocumentTerms, keywordsOf, termsOf } from '@dramatis/text/terms';

/** What is stored of a document's entities and where they are named; the most frequent ones. */
const maxEntities = 100;
const maxMentions = 20;
const maxKeywords = 12;

export interface EnrichedDocument {
  enrichment: DocumentEnrichment;
  /** What the statistics of the corpus are made of. */
  terms: DocumentTerms;
}

/** What can be found out about a text without asking anybody. Pure. Names are only looked for in English, as their finder knows it. */
export function enrichDocument(text: string): EnrichedDocument {
  const { language, confidence } = detectLanguage(text);
  const terms = termsOf(text);
  const entities = language === 'en' || language === 'und' ? entitiesOf(text) : [];
  return {
    terms,
    enrichment: {
      language: language === 'und' ? null : language,
      languageConfidence: confidence,
      summary: summarize(text).sentences.map((sentence) => sentence.text),
      // Against itself alone: what sets it apart from the corpus is known when the corpus is.
      keywords: keywordsOf(terms, { documents: 1, frequencies: {} }, maxKeywords).map(({ label, score }) => ({ term: label, score })),
      entities: entities.slice(0, maxEntities).map(({ name, kind, count, mentions }) => ({ name, type: kind, count, mentions: mentions.slice(0, maxMentions) })),
      sentiment: sentimentOf(text, language),
      summarisedBy: null,
      questions: [],
      modelFailure: null,
    },
  };
}
