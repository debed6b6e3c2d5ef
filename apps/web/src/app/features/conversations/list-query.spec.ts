import { translate } from '../../../testing/texts';
import { countInWords, isNarrowed, listQuery, queryParams, wanted } from './list-query';

describe('listQuery', () => {
  it('comes from the address and goes back to it', () => {
    const given = { search: 'engine', persona: 'ada-lovelace', show: 'archived', sort: 'title' };
    const query = listQuery(given);
    expect(query).toEqual({ search: 'engine', personaId: 'ada-lovelace', archived: true, sort: 'title' });
    expect(queryParams(query)).toEqual(given);
    expect(wanted(query)).toEqual({ search: 'engine', personaId: 'ada-lovelace', archived: true, sort: 'title' });
  });

  it('takes what nobody knows for absent', () => {
    const query = listQuery({ search: '  a \n b ', persona: '../x', show: 'all', sort: 'size' });
    expect(query).toEqual({ search: 'a b', personaId: '', archived: false, sort: 'recent' });
    expect(wanted(listQuery({}))).toEqual({});
    expect(isNarrowed(listQuery({ show: 'archived' }))).toBe(false);
  });
});

describe('countInWords', () => {
  it.each([
    [0, {}, 'No conversation'],
    [1, { show: 'archived' }, '1 archived conversation'],
    [3, { search: 'engine' }, '3 conversations for “engine”'],
    [1, { search: '"the engine" weaves' }, '1 conversation for “\'the engine\' weaves”'],
  ])('%d with %p', (total, given, words) => {
    expect(countInWords(translate(), total, listQuery(given))).toBe(words);
  });
});
