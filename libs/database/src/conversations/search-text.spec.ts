import { excerptOf, folded, searchWords, wordsOf } from './search-text.js';

describe('words of a search', () => {
  it('are without case, accents and marks, each once', () => {
    expect(searchWords('  Émile, émile: Zola!  ')).toEqual(['emile', 'zola']);
    expect(wordsOf(['The engine weaves.', 'the Engine counts'])).toEqual(['the', 'engine', 'weaves', 'counts']);
  });

  it('are none where nothing is asked', () => {
    expect(searchWords(' … ?')).toEqual([]);
  });

  it('keep to what is worth looking for', () => {
    expect(searchWords('one two three four five six seven')).toHaveLength(6);
  });

  it('take scripts without spaces', () => {
    expect(folded('解析機関')).toContain('機関');
    expect(searchWords('解析機関')).toEqual(['解析機関']);
  });
});

describe('excerptOf', () => {
  const long = `${'before '.repeat(30)}the Engine weaves ${'after '.repeat(40)}`;

  it('shows the place, from the beginning of a word', () => {
    const excerpt = excerptOf(long, ['engine']);
    expect(excerpt).toMatch(/^…before (before )*the Engine weaves after/);
    expect(excerpt).toMatch(/…$/);
    expect(excerpt.length).toBeLessThanOrEqual(162);
  });

  it('finds it behind accents, and cuts no character in two', () => {
    expect(excerptOf('Où est Émile ?', ['emile'])).toBe('Où est Émile ?');
    expect(excerptOf(`${'🦉'.repeat(300)} owl`, ['owl']).isWellFormed()).toBe(true);
  });

  it('begins at the beginning where the word stands elsewhere', () => {
    expect(excerptOf('Two\n\nlines', ['three'])).toBe('Two lines');
  });
});
