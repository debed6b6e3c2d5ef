import { seededDocuments } from './corpora.fixture.js';
import { keywordsOf, maxTerms, termsOf, termStatistics } from './terms.js';

describe('termsOf', () => {
  it('counts words and phrases, whatever their form', () => {
    const terms = termsOf('Natural selection acts slowly. The theory of natural selection explains finches; a finch varies.');
    expect(terms.find(({ label }) => label.toLowerCase() === 'natural selection')).toMatchObject({ count: 2 });
    expect(terms.find(({ key }) => key === 'finch')).toMatchObject({ count: 2 });
  });

  it('joins no words over punctuation, and no verbs or small words', () => {
    const labels = termsOf('The engine, selection wrote quickly. The engine, selection wrote quickly.').map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['engine', 'selection']));
    expect(labels).not.toEqual(expect.arrayContaining([expect.stringMatching(/wrote|quickly|engine selection/)]));
  });

  it.each([
    ['a word without end', 'a'.repeat(200_000)],
    ['100,000 words', Array.from({ length: 100_000 }, (_, index) => `Name${String.fromCharCode(97 + (index % 26))}x`).join(' ')],
    ['names of an object', 'constructor prototype __proto__ hasOwnProperty '.repeat(100)],
  ])('stays within its bounds on %s', (_name, text) => {
    const terms = termsOf(text);
    expect(terms.length).toBeLessThanOrEqual(maxTerms);
    expect(Array.isArray(keywordsOf(terms, termStatistics([terms])))).toBe(true);
  });
});

describe('keywordsOf', () => {
  const documents = seededDocuments('charles-darwin').map(({ documentId, text }) => ({ documentId, terms: termsOf(text) }));
  const statistics = termStatistics(documents.map(({ terms }) => terms));
  const keywordsOfDocument = (id: string) => keywordsOf(documents.find(({ documentId }) => documentId === id)!.terms, statistics).map(({ label }) => label.toLowerCase());

  it.each([
    ['04-the-galapagos', ['galapagos islands', 'finches', 'mockingbirds']],
    ['05-coral-reefs', ['coral reefs', 'barrier reef', 'atoll']],
    ['07-pigeons-and-domestic-breeds', ['artificial selection', 'pigeons', 'domestic breeds']],
    ['14-earthworms', ['vegetable mould', 'worms', 'burrows']],
  ])('says what %s is about', (id, expected) => {
    expect(keywordsOfDocument(id)).toEqual(expect.arrayContaining(expected));
  });

  it('gives no keyword that is a part of another', () => {
    expect(keywordsOfDocument('04-the-galapagos')).not.toContain('galapagos');
  });

  it('scores the first with 1, and the others less', () => {
    const scores = keywordsOf(documents[0]!.terms, statistics).map(({ score }) => score);
    expect(scores[0]).toBe(1);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
  });

  it('counts documents as they come', () => {
    const added = termStatistics([termsOf('An engine.'), termsOf('Engines and cards.')]);
    expect(added).toEqual({ documents: 2, frequencies: { engin: 2, card: 1 } });
    expect(keywordsOf([], added)).toEqual([]);
  });
});
