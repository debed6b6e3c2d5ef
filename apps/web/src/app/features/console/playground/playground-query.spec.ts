import type { PlaygroundHit } from '@dramatis/contracts/search-playground';
import { searchOf, sortKeyOf, sorted } from './playground-query';

describe('searchOf', () => {
  it('asks for nothing without words', () => {
    expect(searchOf('ada-lovelace', { q: '  ', topK: '5' })).toBeNull();
  });

  it('leaves out what the address does not say, so that the server does as a turn does', () => {
    expect(searchOf('ada-lovelace', { q: ' the engine ', candidates: 'many', topK: '0' })).toEqual({ personaId: 'ada-lovelace', query: 'the engine' });
  });

  it('reads lists and numbers', () => {
    expect(searchOf('ada-lovelace', { q: 'engine', version: '3', entities: 'Babbage, , Menabrea', topics: 'looms', candidates: '40', topK: '4' })).toEqual({
      personaId: 'ada-lovelace',
      query: 'engine',
      version: 3,
      entities: ['Babbage', 'Menabrea'],
      topics: ['looms'],
      candidates: 40,
      topK: 4,
    });
  });
});

describe('sorted', () => {
  const hit = (passageId: string, fused: number, lexical: number | null, vector: number | null, promptRank: number | null) =>
    ({ passageId, fused: { rank: fused, score: 0 }, lexical: lexical && { rank: lexical, score: 0 }, vector: vector && { rank: vector, score: 0 }, promptRank }) as PlaygroundHit;
  const hits = [hit('a', 1, 2, 1, 1), hit('b', 2, null, 2, null), hit('c', 3, 1, null, 2)];
  const ids = (by: string) => sorted(hits, sortKeyOf(by)).map(({ passageId }) => passageId);

  it('puts those last that the other search alone has found', () => {
    expect(ids('lexical')).toEqual(['c', 'a', 'b']);
    expect(ids('vector')).toEqual(['a', 'b', 'c']);
    expect(ids('prompt')).toEqual(['a', 'c', 'b']);
  });

  it('takes an unknown order for the fused one', () => {
    expect(ids('sideways')).toEqual(['a', 'b', 'c']);
  });
});
