import { foldWord, foldedWords, keywordCounts, keywords, stem, tokenizeWords } from './keywords.js';

describe('tokenizeWords', () => {
  it('gives each word with its place, folded and stemmed', () => {
    const text = "Curie’s café, in 1903!";
    const words = tokenizeWords(text);
    expect(words.map((word) => word.folded)).toEqual(['curie', 'cafe', 'in', '1903']);
    for (const word of words) expect(text.slice(word.start, word.end)).toBe(word.text);
  });
});

describe('foldedWords', () => {
  it('are the words as tokenizeWords folds them', () => {
    const text = "Curie’s café, in 1903: the Ångström’s ﬁrst ＡＢＣ, l'été and naïve MACHINES";
    expect(foldedWords(text)).toEqual(tokenizeWords(text).map((word) => word.folded));
    expect(foldedWords(text)).toEqual(['curie', 'cafe', 'in', '1903', 'the', 'angstrom', 'first', 'abc', "l'ete", 'and', 'naive', 'machines']);
  });

  it.each([['MACHINE', 'machine'], ['Engine’s', 'engine'], ["it's", 'it'], ['İzmir', 'izmir'], ['K', 'k']])('folds %s to %s', (word, folded) => {
    expect(foldWord(word)).toBe(folded);
  });
});

describe('stem', () => {
  it.each([
    ['machine', 'machines'],
    ['compute', 'computing', 'computed', 'computes'],
    ['study', 'studies', 'studied', 'studying'],
    ['run', 'running'],
    ['class', 'classes'],
    ['box', 'boxes'],
    ['machine', 'machine'],
    ['plan', 'planned', 'planning'],
    ['theory', 'theories'],
    ['discover', 'discovered', 'discovering'],
    ['note', 'notes', 'noted'],
  ])('brings the forms of %s together', (word, ...forms) => {
    for (const form of forms) expect(stem(form)).toBe(stem(word));
  });

  it.each([
    ['nation', 'national'],
    ['universe', 'university'],
    ['king', 'kin'],
    ['sing', 's'],
    ['analysis', 'analysi'],
    ['string', 'str'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

describe('keywords', () => {
  it('leaves out stop words and what a question says to its listener', () => {
    expect(keywords('Please tell me, what did you think about the Engines?')).toEqual(['engin']);
  });

  it('counts what is left', () => {
    expect([...keywordCounts('The engine and the engines of steam')]).toEqual([
      ['engin', 2],
      ['steam', 1],
    ]);
  });

  it('keeps words of any script', () => {
    expect(keywords('Машина и 1815')).toEqual(['машина', 'и', '1815'].filter((word) => word.length > 1));
  });
});
