import type { NewCorpusProfile } from '@dramatis/database/corpus/corpus-profile-repository';
import type { NewGraph } from '@dramatis/database/corpus/knowledge-graph-repository';
import type { RevisionFacts } from '@dramatis/database/corpus/revision-facts-repository';
import type { CorpusEntities } from '@dramatis/text/corpus-entities';
import { starterQuestions } from '@dramatis/text/starter-questions';
import { summarizeCorpus } from '@dramatis/text/summary';
import { termStatistics } from '@dramatis/text/terms';
import { topicsOf } from '@dramatis/text/topics';

/** Topics of a larger corpus are found in so many documents at even distances; finding them takes time with every one. */
const maxTopicDocuments = 2_000;
const listedEntities = 20;
const listedTerms = 8;

export interface ProfileMaterial {
  personaId: string;
  personaName: string;
  version: number;
  passages: number;
  words: number;
  /** In the order of the corpus. */
  documents: { documentId: string; title: string }[];
  /** Of each document, in the same order. */
  facts: readonly RevisionFacts[];
  /** Which of them a language model has summarised, by document. */
  summarisedBy: ReadonlyMap<string, string>;
  corpus: CorpusEntities;
  graph: Pick<NewGraph, 'entities' | 'edges'>;
}

/** What a version is about. Pure. */
export function assembleProfile({ personaId, personaName, version, passages, words, documents, facts, summarisedBy, corpus, graph }: ProfileMaterial): NewCorpusProfile {
  const step = Math.max(1, facts.length / maxTopicDocuments);
  const read = Array.from({ length: Math.min(facts.length, maxTopicDocuments) }, (_, i) => facts[Math.floor(i * step)]!);
  const topics = topicsOf(read, termStatistics(read.map(({ terms }) => terms)), { speaker: { name: personaName } });
  const { sentences: summary } = summarizeCorpus(facts.map((one) => ({ documentId: one.documentId, summary: one.summary })));
  return {
    personaId,
    version,
    documents: documents.length,
    passages,
    words,
    topics: topics.map(({ label, terms, documentIds }) => ({ label, terms: terms.slice(0, listedTerms), documents: documentIds.length })),
    topicDocuments: topics.map(({ documentIds }) => documentIds),
    entities: graph.entities.slice(0, listedEntities).map(({ name, type, mentions }) => ({ name, type, mentions })),
    summary: summary.map(({ text }) => text),
    summarisedBy: summary.map(({ documentId }) => summarisedBy.get(documentId)).find((model) => model !== undefined) ?? null,
    modelFailure: null,
    starterQuestions: starterQuestions({ speaker: personaName, titles: documents.map(({ title }) => title), entities: corpus.entities, topics }),
    languages: languagesOf(facts),
    sentiment: sentimentOf(facts),
    entityCount: graph.entities.length,
    relationCount: graph.edges.length,
  };
}

function languagesOf(facts: readonly RevisionFacts[]): NewCorpusProfile['languages'] {
  const counts = new Map<string, number>();
  for (const { language } of facts) counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts]
    .map(([language, documents]) => ({ language, documents, share: documents / facts.length }))
    .sort((a, b) => b.documents - a.documents || a.language.localeCompare(b.language));
}

function sentimentOf(facts: readonly RevisionFacts[]): NewCorpusProfile['sentiment'] {
  const known = facts.flatMap(({ sentiment }) => sentiment ?? []);
  if (known.length === 0) return null;
  const share = (label: string) => known.filter((sentiment) => sentiment.label === label).length / known.length;
  const mean = known.reduce((sum, { score }) => sum + score, 0) / known.length;
  return { positive: share('positive'), neutral: share('neutral'), negative: share('negative'), mean: Math.max(-1, Math.min(1, mean)) };
}
