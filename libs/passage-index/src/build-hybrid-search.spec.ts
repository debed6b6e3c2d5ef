import { buildHybridSearch, versionFilter } from './build-hybrid-search.js';

const search = { personaId: 'ada', corpusVersion: 3, query: 'Which machines did she describe?', vector: Float32Array.of(0.6, 0.8), candidates: 50 };

describe('buildHybridSearch', () => {
  it('asks for vectors and words in one request, both seeing one version of one persona', () => {
    const [vectorHeader, vectorBody, wordHeader, wordBody] = buildHybridSearch('passages', search) as Record<string, never>[];
    expect(vectorHeader).toEqual({ index: 'passages' });
    expect(wordHeader).toEqual({ index: 'passages' });
    const filter = versionFilter('ada', 3);
    expect(vectorBody).toMatchObject({ size: 50, knn: { k: 50, num_candidates: 500, rescore_vector: { oversample: 2 }, filter } });
    expect(wordBody).toMatchObject({ size: 50, query: { bool: { filter, minimum_should_match: 1 } } });
  });

  it('sees passages from their first version on, until before their last', () => {
    expect(versionFilter('ada', 3)).toEqual([
      { term: { personaId: 'ada' } },
      { range: { validFrom: { lte: 3 } } },
      { range: { validTo: { gt: 3 } } },
    ]);
  });

  it('stays within a scope, by vector and by words', () => {
    const within = { sourceId: 's', documentIds: ['d1', 'd2'], passageIds: ['p'] };
    const [, vectorBody, , wordBody] = buildHybridSearch('passages', { ...search, within }) as { knn: { filter: object[] }; query: { bool: { filter: object[] } } }[];
    const scope = [{ term: { sourceId: 's' } }, { terms: { documentId: ['d1', 'd2'] } }, { ids: { values: ['p'] } }];
    expect(vectorBody!.knn.filter).toEqual([...versionFilter('ada', 3), ...scope]);
    expect(wordBody!.query.bool.filter).toEqual([...versionFilter('ada', 3), ...scope]);
  });

  it('also asks for stems, without the words that carry no meaning', () => {
    const should = wordsOf(search.query);
    expect(should).toContainEqual({ match: { stems: 'machin' } });
  });

  it('asks for the words of a question without those that every question has, and for a question of nothing else as it is', () => {
    expect(wordsOf('How did you oil the machines?')).toContainEqual({ multi_match: expect.objectContaining({ query: 'oil machines' }) });
    expect(wordsOf('And why?')).toContainEqual({ multi_match: expect.objectContaining({ query: 'And why?' }) });
  });

  it('asks for no stems when the query has none', () => {
    expect(wordsOf('And why?')).toHaveLength(1);
  });

  it('never sends vectors back', () => {
    for (const body of buildHybridSearch('passages', search).filter((_, i) => i % 2 === 1)) {
      expect(body).toMatchObject({ _source: false });
    }
  });
});

function wordsOf(query: string): unknown[] {
  const bodies = buildHybridSearch('passages', { ...search, query }) as { query: { bool: { should: unknown[] } } }[];
  return bodies[3]!.query.bool.should;
}
