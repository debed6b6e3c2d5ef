import type { estypes } from '@elastic/elasticsearch';
import { isKeyword, keywords, tokenizeWords } from '@dramatis/text/keywords';

export interface HybridSearch {
  personaId: string;
  corpusVersion: number;
  query: string;
  /** The query's vector, of length 1. */
  vector: Float32Array;
  /** Hits wanted of each kind. */
  candidates: number;
  /** Only passages within all of these. */
  within?: SearchScope;
}

/** A part of a corpus. */
export interface SearchScope {
  sourceId?: string;
  documentIds?: readonly string[];
  passageIds?: readonly string[];
}

/** Passages that a search by vector looks at in each segment: with fewer, the graph misses some of the nearest. */
const minimumVectorCandidates = 240;

/** Only passages that the version of the persona's corpus sees. */
export function versionFilter(personaId: string, corpusVersion: number): estypes.QueryDslQueryContainer[] {
  return [
    { term: { personaId } },
    { range: { validFrom: { lte: corpusVersion } } },
    { range: { validTo: { gt: corpusVersion } } },
  ];
}

/** What a scope adds to the filter. Ids of passages are those of the index. */
export function scopeFilter({ sourceId, documentIds, passageIds }: SearchScope): estypes.QueryDslQueryContainer[] {
  return [
    ...(sourceId === undefined ? [] : [{ term: { sourceId } }]),
    ...(documentIds === undefined ? [] : [{ terms: { documentId: [...documentIds] } }]),
    ...(passageIds === undefined ? [] : [{ ids: { values: [...passageIds] } }]),
  ];
}

/** The bodies of one `_msearch`: nearest by vector first, best by words second. */
export function buildHybridSearch(index: string, search: HybridSearch): estypes.MsearchRequestItem[] {
  const filter = [...versionFilter(search.personaId, search.corpusVersion), ...scopeFilter(search.within ?? {})];
  // Only ids and scores: what the passages say is known here or read once, see `PassageIndex`.
  const common = { _source: false, size: search.candidates, track_total_hits: false };
  return [
    { index },
    {
      ...common,
      knn: {
        field: 'embedding',
        query_vector: Array.from(search.vector),
        k: search.candidates,
        num_candidates: Math.max(minimumVectorCandidates, search.candidates * 10),
        rescore_vector: { oversample: 2 },
        filter,
      },
    },
    { index },
    { ...common, query: { bool: { filter, should: wordQueries(search.query), minimum_should_match: 1 } } },
  ];
}

/**
 * Words as they are written, in text and headings, and their stems, so that other forms are found too. What every question has, such as
 * "how did you", is left out: the few passages that have it too are not the better for it. A question of nothing else is asked as it is.
 */
function wordQueries(question: string): estypes.QueryDslQueryContainer[] {
  const stems = keywords(question).join(' ');
  const words = tokenizeWords(question).filter(({ folded }) => isKeyword(folded));
  const query = words.length > 0 ? words.map(({ folded }) => folded).join(' ') : question;
  return [
    { multi_match: { query, fields: ['text', 'documentTitle', 'headingPath'], type: 'most_fields' } },
    ...(stems === '' ? [] : [{ match: { stems } }]),
  ];
}
