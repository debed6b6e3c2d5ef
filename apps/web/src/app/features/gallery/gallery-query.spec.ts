import type { FormatId, ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode, ModeId } from '@dramatis/contracts/mode';
import { translate } from '../../../testing/texts';
import { formatWords, modeWords } from '../../shared/words';
import { countInWords, everyone, galleryQuery, maxSearchCharacters, personaQuery, queryParams, replacesHistory } from './gallery-query';

describe('galleryQuery', () => {
  it('takes absent and padded parameters as they were meant', () => {
    expect(galleryQuery({})).toEqual(everyone);
    expect(galleryQuery({ search: '  ada   lovelace ', domain: ' music ', mode: ' debater' })).toEqual({ ...everyone, search: 'ada lovelace', domain: 'music', mode: 'debater' });
  });

  it('cuts what is longer than the API takes', () => {
    expect(galleryQuery({ search: 'x'.repeat(5_000) }).search).toHaveLength(maxSearchCharacters);
  });

  it('takes modes and formats of the installation, and leaves out what the API would refuse', () => {
    expect(galleryQuery({ mode: 'custom.advocate', format: 'custom.minutes-of-a-meeting' })).toMatchObject({ mode: 'custom.advocate', format: 'custom.minutes-of-a-meeting' });
    for (const id of ['nonsense', 'custom.', 'custom.A', 'Debater', '__proto__']) expect(galleryQuery({ mode: id, format: id })).toEqual(everyone);
  });
});

describe('queryParams and personaQuery', () => {
  it('leave out what is empty', () => {
    expect(queryParams({ ...everyone, domain: 'music' })).toEqual({ search: null, domain: 'music', mode: null, format: null });
    expect(personaQuery({ ...everyone, search: 'ada', format: 'qa' })).toEqual({ search: 'ada', format: 'qa' });
  });
});

describe('replacesHistory', () => {
  it('is true while a search is refined', () => {
    expect(replacesHistory({ ...everyone, search: 'ad' }, { ...everyone, search: 'ada' })).toBe(true);
  });

  it('is false for steps that the back button undoes', () => {
    const searched = { ...everyone, search: 'a' };
    expect(replacesHistory(everyone, searched)).toBe(false);
    expect(replacesHistory(searched, everyone)).toBe(false);
    expect(replacesHistory(searched, { ...searched, domain: 'music' })).toBe(false);
    expect(replacesHistory(searched, { ...searched, mode: 'debater' })).toBe(false);
    expect(replacesHistory(searched, { ...searched, format: 'qa' })).toBe(false);
  });
});

describe('countInWords', () => {
  it.each([
    [4, {}, '4 personas'],
    [1, { search: 'ada' }, '1 persona for “ada”'],
    [0, { search: 'ada', domain: 'music' }, 'No persona on music for “ada”'],
    [2, { domain: 'music', mode: 'debater', format: 'essay' }, '2 personas on music as a debater in an essay'],
  ] as const)('%i for %o is "%s"', (total, query, words) => {
    const t = translate();
    const manners = { mode: (id: ModeId) => modeWords(t, id as InteractionMode), format: (id: FormatId) => formatWords(t, id as ResponseFormat) };
    expect(countInWords(t, manners, total, { ...everyone, ...query })).toBe(words);
  });
});
