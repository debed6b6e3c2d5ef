import { sentimentOf } from './sentiment.js';

describe('sentimentOf', () => {
  it.each([
    ['positive', 'I love my sister, and her letters are a delight to me.'],
    ['negative', 'The plague killed thousands, and the cruelty of the war was horrible.'],
    ['neutral', 'The ship sailed from Plymouth on 27 December 1831.'],
    ['negative', 'I was not happy there.'],
    ['positive', 'The voyage was hard, but the company was excellent.'],
  ])('hears a %s sentence', (label, text) => {
    expect(sentimentOf(text)!.label).toBe(label);
  });

  it('weighs the sentences of a text against each other', () => {
    const [bad, good] = ['The war was a terrible disaster.', 'Peace is a wonderful joy.'];
    const both = sentimentOf(`${bad} ${good}`)!;
    expect(both.score).toBeGreaterThan(sentimentOf(bad)!.score);
    expect(both.score).toBeLessThan(sentimentOf(good)!.score);
  });

  it('hears emphasis', () => {
    expect(sentimentOf('The food is very good!')!.score).toBeGreaterThan(sentimentOf('The food is good')!.score);
  });

  it('gives null where it has nothing to say', () => {
    expect(sentimentOf('Ich liebe dich.', 'de')).toBeNull();
    expect(sentimentOf(' \n 42 … ')).toBeNull();
  });

  it.each([
    ['a line without end', 'good bad '.repeat(25_000)],
    ['a word without end', 'a'.repeat(200_000)],
    ['exclamation marks', 'good' + '!'.repeat(200_000)],
    ['names of an object', 'constructor __proto__ toString hasOwnProperty '.repeat(1_000)],
  ])('takes %s', (_name, text) => {
    expect(Math.abs(sentimentOf(text)!.score)).toBeLessThanOrEqual(1);
  });
});
