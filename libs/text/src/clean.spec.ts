import { cleanCharacters, cleanText } from './clean.js';

describe('cleanText', () => {
  it.each([
    ['composes accents', 'cafe\u0301', 'café'],
    ['keeps one kind of line ending', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['drops control characters', 'a\u0000b\u0007c\u001bd', 'abcd'],
    ['drops soft hyphens and zero-width spaces', 'ana\u00adlyti\u200bcal', 'analytical'],
    ['drops the byte order mark', '\ufeffHello', 'Hello'],
    ['drops overrides of direction', 'abc\u202edef\u202c', 'abcdef'],
    ['keeps the joiners of emoji', '👩\u200d🔬', '👩\u200d🔬'],
    ['mends lone surrogates', 'a\ud800b', 'a\ufffdb'],
    ['knows other spaces', 'a\u00a0b\tc\u3000d', 'a b c d'],
    ['collapses spaces and blank lines', '  a   b  \n\n\n\n  c \n', 'a b\n\nc'],
    ['gives nothing for nothing', ' \n\t\u200b ', ''],
  ])('%s', (_name, text, expected) => {
    expect(cleanText(text)).toBe(expected);
    expect(cleanText(expected)).toBe(expected);
  });

  it('survives a long line of spaces', () => {
    expect(cleanText(`a${' '.repeat(200_000)}b`)).toBe('a b');
  });
});

describe('cleanCharacters', () => {
  it('leaves the layout alone', () => {
    expect(cleanCharacters('\tcode\r\n\r\n\r\n  more')).toBe('\tcode\n\n\n  more');
  });
});
