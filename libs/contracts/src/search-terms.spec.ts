import { folded, foldedInPlace, phrasePattern, searchTerms, wordsIn } from './search-terms.js';

describe('terms of a search', () => {
  it('are words without case, accents and marks, each once', () => {
    expect(searchTerms('  Émile, émile: Zola!  ')).toEqual({ words: ['emile', 'zola'], phrases: [] });
    expect(searchTerms(' … ?')).toEqual({ words: [], phrases: [] });
    expect(searchTerms('one two three four five six seven').words).toHaveLength(6);
  });

  it.each(['"tide pools" Émile', 'Émile „Tide-Pools“', '“tide pools” Émile', '«tide  pools» émile', '»tide pools« émile'])('have a phrase in the quotation marks of %s', (search) => {
    expect(searchTerms(search)).toEqual({ words: ['emile'], phrases: [['tide', 'pools']] });
  });

  it('are words where a quotation mark is not closed yet, or nothing stands between two', () => {
    expect(searchTerms('"tide po')).toEqual({ words: ['tide', 'po'], phrases: [] });
    expect(searchTerms('"" " ! " pools')).toEqual({ words: ['pools'], phrases: [] });
    expect(searchTerms('"a b" c "d')).toEqual({ words: ['c', 'd'], phrases: [['a', 'b']] });
  });

  it('know letters with a stroke by the plain ones', () => {
    expect(folded('Łódź, Søren, Đà Nẵng, Isı')).toBe('lodz, soren, da nang, isi');
    expect(foldedInPlace([...'Søren Łódź'])).toBe('soren lodz');
  });

  it('take scripts without spaces', () => {
    expect(folded('解析機関')).toContain('機関');
    expect(searchTerms('解析機関').words).toEqual(['解析機関']);
  });
});

describe('phrasePattern', () => {
  const stands = (text: string, phrase: string) => new RegExp(phrasePattern(wordsIn(phrase)), 'u').test(folded(text));

  it('finds words that follow one another, whatever stands between them', () => {
    expect(stands('In the Tide-Pools, I saw', 'tide pools')).toBe(true);
    expect(stands('pools of the tide', 'tide pools')).toBe(false);
    expect(stands('tide and pools', 'tide pools')).toBe(false);
    expect(stands("I don't know", 'i don’t know')).toBe(true);
  });

  it('finds whole words', () => {
    expect(stands('the tide poolside', 'tide pool')).toBe(false);
    expect(stands('riptide pool', 'tide pool')).toBe(false);
    expect(stands('engines', 'engine')).toBe(false);
  });

  it('finds a phrase anywhere in scripts that put no spaces', () => {
    expect(stands('私は解析機関を作る', '解析機関')).toBe(true);
  });

  it('takes no longer for texts that nearly have it again and again', () => {
    expect(stands('a '.repeat(50_000) + '!'.repeat(50_000), 'a a a a b')).toBe(false);
  });
});

describe('foldedInPlace', () => {
  it('keeps places, also behind what takes two units', () => {
    const characters = Array.from('🦉 Émile');
    expect(foldedInPlace(characters).indexOf('emile')).toBe(characters.indexOf('É'));
  });
});
