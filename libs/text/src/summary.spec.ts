import { seededDocuments } from './corpora.fixture.js';
import { summarize, summarizeCorpus } from './summary.js';

const personas = ['ada-lovelace', 'charles-darwin', 'marcus-aurelius', 'mary-wollstonecraft'];

describe('summarize', () => {
  it.each(personas)('chooses whole sentences of each document of %s, in reading order, that stand by themselves', (persona) => {
    for (const { text, sections } of seededDocuments(persona)) {
      const summary = summarize(text);
      expect(summary.sentences.length).toBeGreaterThan(1);
      expect(summary.text.length).toBeLessThanOrEqual(600);
      expect(summary.sentences.map(({ start }) => start)).toEqual(summary.sentences.map(({ start }) => start).sort((one, other) => one - other));
      for (const sentence of summary.sentences) {
        expect(text.slice(sentence.start, sentence.end)).toBe(sentence.text);
        expect(sentence.text).toMatch(/[.!]["”’)]*$/);
        expect(sentence.text).not.toMatch(/^(?:However|But|He|She|It|They|This|These|Therefore|First|Finally)\b/);
        expect(sections.some(({ start, end }) => sentence.start >= start && sentence.end <= end)).toBe(true);
      }
    }
  });

  it('says what the text is about', () => {
    const text = seededDocuments('charles-darwin').find(({ documentId }) => documentId === '06-natural-selection')!.text;
    expect(summarize(text, { maxSentences: 1 }).text).toMatch(/^Natural selection is the preservation of useful variations/);
  });

  it('leaves out headings, lists, questions and what leans on other sentences', () => {
    const text = [
      'The voyage of the ship', 'However, he never said how long the voyage of the ship would be for us.', 'Why did the voyage of the ship last so long as it did?',
      'The voyage of the ship lasted for nearly five whole years.', 'The voyage of the ship in 1831.\nThe voyage of the ship in 1832, a list.\nThe voyage of the ship in 1833, a list.',
    ].join('\n\n');
    expect(summarize(text).text).toBe('The voyage of the ship lasted for nearly five whole years.');
  });

  it('does not say the same twice', () => {
    const text = 'The engine adds numbers upon columns of wheels. The engine adds the numbers upon its columns of wheels. Cards tell the engine which operations it must perform.';
    expect(summarize(text, { maxSentences: 2 }).text).toContain('Cards tell');
  });

  it('makes do with what there is', () => {
    expect(summarize('')).toEqual({ text: '', sentences: [] });
    expect(summarize('He left.').text).toBe('He left.');
    expect(summarize('no punctuation at all').text).toBe('no punctuation at all');
  });

  it.each([
    ['a line without end', 'a'.repeat(200_000)],
    ['words without end', 'Word '.repeat(100_000)],
    ['sentences without end', 'The engine adds numbers upon columns of wheels every day. '.repeat(10_000)],
  ])('stays within its bounds on %s', (_name, text) => {
    expect(summarize(text).text.length).toBeLessThanOrEqual(1_200);
  });
});

describe('summarizeCorpus', () => {
  it.each(personas)('takes one sentence each of the documents of %s, in their order', (persona) => {
    const documents = seededDocuments(persona).map(({ documentId, text }) => ({ documentId, summary: summarize(text).text }));
    const { text, sentences } = summarizeCorpus(documents);
    const ids = sentences.map(({ documentId }) => documentId);
    expect(ids).toHaveLength(5);
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual([...ids].sort());
    expect(text.length).toBeLessThanOrEqual(900);
  });

  it('takes few documents, none, and very many', () => {
    expect(summarizeCorpus([])).toEqual({ text: '', sentences: [] });
    expect(summarizeCorpus([{ documentId: 'one', summary: 'The engine adds numbers upon columns of wheels.' }]).text).toBe('The engine adds numbers upon columns of wheels.');
    const many = Array.from({ length: 10_000 }, (_, index) => ({ documentId: `${index}`, summary: `The engine of the year ${index} adds numbers upon columns of wheels.` }));
    expect(summarizeCorpus(many).sentences.length).toBeGreaterThan(0);
  });
});
