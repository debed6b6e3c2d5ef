import { cutCorpora } from './cut-corpora.mjs';
import { answersOf, readCorpora, readLabels, readOffTopic } from './labels.mjs';

const [tuning, test, passages] = await Promise.all([readLabels('tuning'), readLabels('test'), readCorpora().then((documents) => cutCorpora(documents))]);

describe('labelled questions', () => {
  it.each([
    ['tuning', tuning],
    ['test', test],
  ])('have their answer in a passage of the corpus: %s', (_set, labels) => {
    // Two where the cuts overlap in a sentence. More would be no answer but a phrase of the document.
    const answers = labels.map((label) => ({ label, count: answersOf(label, passages.filter(({ personaId }) => personaId === label.persona)).size }));
    expect(answers.filter(({ count }) => count > 2)).toEqual([]);
  });

  it('judge by other questions and other sentences than they choose by', () => {
    const sentence = ({ persona, document, quote }) => `${persona}/${document}/${quote}`;
    for (const of of [({ question }) => question.toLowerCase(), sentence]) {
      const known = new Set(tuning.map(of));
      expect(test.filter((label) => known.has(of(label)))).toEqual([]);
      expect(new Set(test.map(of)).size).toBe(test.length);
    }
  });

  it('are enough to judge, from every persona', () => {
    for (const persona of new Set(passages.map(({ personaId }) => personaId))) {
      expect(test.filter((label) => label.persona === persona).length).toBeGreaterThanOrEqual(40);
    }
  });

  it('have others beside them that no corpus answers', async () => {
    expect((await readOffTopic()).every((question) => question.trim().length > 10)).toBe(true);
  });
});
