import { translate } from '../../../testing/texts';
import { countInWords, galleryQuery, maxSearchCharacters, personaQuery, queryParams, replacesHistory } from './gallery-query';

describe('galleryQuery', () => {
  it('takes absent and padded parameters as they were meant', () => {
    expect(galleryQuery(undefined, undefined)).toEqual({ search: '', domain: '' });
    expect(galleryQuery('  ada   lovelace ', ' music ')).toEqual({ search: 'ada lovelace', domain: 'music' });
  });

  it('cuts what is longer than the API takes', () => {
    expect(galleryQuery('x'.repeat(5_000), '').search).toHaveLength(maxSearchCharacters);
  });
});

describe('queryParams and personaQuery', () => {
  it('leave out what is empty', () => {
    expect(queryParams({ search: '', domain: 'music' })).toEqual({ search: null, domain: 'music' });
    expect(personaQuery({ search: 'ada', domain: '' })).toEqual({ search: 'ada' });
  });
});

describe('replacesHistory', () => {
  const none = { search: '', domain: '' };

  it('is true while a search is refined', () => {
    expect(replacesHistory({ search: 'ad', domain: '' }, { search: 'ada', domain: '' })).toBe(true);
  });

  it('is false for steps that the back button undoes', () => {
    expect(replacesHistory(none, { search: 'a', domain: '' })).toBe(false);
    expect(replacesHistory({ search: 'a', domain: '' }, none)).toBe(false);
    expect(replacesHistory({ search: 'a', domain: '' }, { search: 'a', domain: 'music' })).toBe(false);
  });
});

describe('countInWords', () => {
  it.each([
    [4, '', '', '4 personas'],
    [1, 'ada', '', '1 persona for “ada”'],
    [0, 'ada', 'music', 'No persona on music for “ada”'],
  ])('%i for search "%s" and domain "%s" is "%s"', (total, search, domain, words) => {
    expect(countInWords(translate(), total, { search, domain })).toBe(words);
  });
});
