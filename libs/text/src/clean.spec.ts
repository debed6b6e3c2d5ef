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
    ['keeps the flag of Scotland', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
    ['drops letters that nobody sees', 'a\u{e0069}\u{e0067}b', 'ab'],
    ['keeps the joiners of Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['drops joiners between Latin letters', 'shelf\u200cful', 'shelfful'],
    ['drops marks of direction', 'abc\u200e (\u200fd)', 'abc (d)'],
    ['spells ligatures out', 'the ﬁrst eﬀort, an oﬃcial ﬂag', 'the first effort, an official flag'],
    ['keeps letters that are no ligatures of typesetting', 'œuvre, Cæsar, x², ½, Ⅳ', 'œuvre, Cæsar, x², ½, Ⅳ'],
    ['mends mojibake', 'donâ€™t â€œstopâ€\u009d â€” cafÃ©, Â£5', 'don’t “stop” — café, £5'],
    ['mends mojibake of Latin-1', 'donâ\u0080\u0099t', 'don’t'],
    ['mends mojibake twice over', 'cafÃƒÂ©', 'café'],
    ['mends what an invisible character parted', 'cafÃ\u200b©', 'café'],
    ['leaves words in capitals alone', '«CAFÉ», «IRMû, Ân', '«CAFÉ», «IRMû, Ân'],
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

  it('survives mojibake without end', () => {
    expect(cleanText('Ã©a'.repeat(100_000))).toBe('éa'.repeat(100_000));
    expect(cleanText('Ã'.repeat(200_000))).toHaveLength(200_000);
  });
});

describe('cleanCharacters', () => {
  it('leaves the layout alone', () => {
    expect(cleanCharacters('\tcode\r\n\r\n\r\n  more')).toBe('\tcode\n\n\n  more');
  });
});
