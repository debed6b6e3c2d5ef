import { searchTerms } from '@dramatis/contracts/search-terms';
import { countTerms, excerptOf, wordsOf } from './search-text.js';

describe('wordsOf', () => {
  it('has each word of the texts once', () => {
    expect(wordsOf(['The engine weaves.', 'the Engine counts'])).toEqual(['the', 'engine', 'weaves', 'counts']);
  });
});

describe('countTerms', () => {
  it('counts words and phrases that stand in the text', () => {
    expect(countTerms('The Engine weaves patterns', searchTerms('engine loom "weaves patterns" "patterns weaves"'))).toBe(2);
  });
});

describe('excerptOf', () => {
  const excerpt = (text: string, search: string) => excerptOf(text, searchTerms(search));
  const long = `${'before '.repeat(30)}the Engine weaves ${'after '.repeat(40)}`;

  it('shows the place, from the beginning of a word', () => {
    const shown = excerpt(long, 'engine');
    expect(shown).toMatch(/^…before (before )*the Engine weaves after/);
    expect(shown).toMatch(/…$/);
    expect(shown.length).toBeLessThanOrEqual(162);
  });

  it('shows the phrase, and not its words that stand apart before it', () => {
    expect(excerpt(`Weaves of the engine. ${long}`, '"the engine weaves" before')).toContain('the Engine weaves');
  });

  it('finds it behind accents, and cuts no character in two', () => {
    expect(excerpt('Où est Émile ?', 'emile')).toBe('Où est Émile ?');
    expect(excerpt(`${'🦉'.repeat(300)} owl`, 'owl').isWellFormed()).toBe(true);
  });

  it('begins at the beginning where the word stands elsewhere', () => {
    expect(excerpt('Two\n\nlines', 'three')).toBe('Two lines');
  });
});
