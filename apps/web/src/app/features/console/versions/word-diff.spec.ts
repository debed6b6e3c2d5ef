import { sharedPart, wordDiff } from './word-diff';

describe('wordDiff', () => {
  const texts = (before: string, after: string, kinds: string[]) =>
    wordDiff(before, after)
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => text)
      .join('');

  it.each([
    ['The engine weaves patterns.', 'The engine only weaves algebraic patterns.'],
    ['', 'All of it is new.'],
    ['All of it goes.', ''],
    ['One two three', 'three two one'],
    ['Line one.\n\nLine two. ', 'Line one.\nLine two.'],
  ])('holds both texts whole: %j and %j', (before, after) => {
    expect(texts(before, after, ['same', 'removed']).replace(/\s+/g, ' ')).toBe(before.replace(/\s+/g, ' '));
    expect(texts(before, after, ['same', 'added']).replace(/\s+/g, ' ')).toBe(after.replace(/\s+/g, ' '));
  });

  it('tells the words that came from those that stayed', () => {
    expect(wordDiff('The engine weaves.', 'The engine only weaves.')).toEqual([
      { kind: 'same', text: 'The engine' },
      { kind: 'added', text: ' only' },
      { kind: 'same', text: ' weaves.' },
    ]);
  });

  it('does not compare very long texts word by word', () => {
    const long = 'word '.repeat(3_000);
    expect(wordDiff(long, `${long}more`).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});

describe('sharedPart', () => {
  it('is 1 for the same and 0 for nothing in common', () => {
    expect(sharedPart(wordDiff('a b', 'a b'))).toBe(1);
    expect(sharedPart(wordDiff('a b', 'c d'))).toBe(0);
    expect(sharedPart(wordDiff('', ''))).toBe(1);
  });
});
