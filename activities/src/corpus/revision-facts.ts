import type { Passage } from '@dramatis/contracts/knowledge';
import type { RevisionFacts } from '@dramatis/database/corpus/revision-facts-repository';
import type { DocumentRevision } from '@dramatis/database/knowledge/document-repository';
import { entitiesOf } from '@dramatis/text/entities';
import { detectLanguage } from '@dramatis/text/language';
import { entitiesWithin, statementsOf } from '@dramatis/text/relations';
import { sentimentOf } from '@dramatis/text/sentiment';
import { summarize } from '@dramatis/text/summary';
import { termsOf } from '@dramatis/text/terms';

/** Another name has the facts of all revisions computed again. */
export const factsAnalyzer = 'facts-1';

const maxTerms = 80;
const maxEntities = 150;

/** What a revision says, for profile and graph. Pure. Names are only looked for in English, as their finder knows it. */
export function factsOf({ _id, documentId, text }: Pick<DocumentRevision, '_id' | 'documentId' | 'text'>, passages: readonly Passage[]): RevisionFacts {
  const { language } = detectLanguage(text);
  const isEnglish = language === 'en' || language === 'und';
  const entities = isEnglish ? entitiesOf(text).slice(0, maxEntities) : [];
  const named = passages
    .map(({ passageId, text: said, startOffset }) => entitiesWithin(entities, { passageId, text: said, start: startOffset }))
    .filter((passage) => passage.entities.length > 0);
  return {
    _id,
    analyzer: factsAnalyzer,
    documentId,
    language,
    sentiment: sentimentOf(text, language),
    summary: summarize(text).text,
    terms: termsOf(text).slice(0, maxTerms),
    entities: entities.map(({ name, kind, definite, aliases, count }) => ({ name, kind, definite, aliases, count })),
    passages: named.map(({ passageId, entities: within }) => {
      return { passageId, entities: within.map(({ name, mentions }) => ({ name, count: mentions.length })) };
    }),
    statements: named.flatMap(statementsOf).map(({ subject, predicate, object, passageId }) => ({ subject, predicate, object, passageId })),
  };
}
