import { seededDocuments } from './corpora.fixture.js';
import { termsOf, termStatistics } from './terms.js';
import { topicsOf } from './topics.js';

const subjects = {
  reefs: 'Coral reefs grow near the shore. A coral reef is built by polyps, and an atoll is a reef without an island.',
  pigeons: 'Pigeons were bred by fanciers. Fancy pigeons descend from the rock pigeon, and fanciers select pigeons.',
  engines: 'The calculating engine has columns of wheels. Punched cards tell the calculating engine what to do.',
};
const corpus = Object.entries(subjects).flatMap(([subject, text]) =>
  [1, 2, 3].map((number) => ({ documentId: `${subject}-${number}`, terms: termsOf(`${text} It is told in part ${number}.`) })),
);
const statisticsOf = (documents: typeof corpus) => termStatistics(documents.map(({ terms }) => terms));

describe('topicsOf', () => {
  it('puts documents of one subject together, under a label that says it', () => {
    const topics = topicsOf(corpus, statisticsOf(corpus));
    for (const subject of Object.keys(subjects)) {
      const topic = topics.find(({ documentIds }) => documentIds.includes(`${subject}-1`))!;
      expect(topic.documentIds.every((id) => id.startsWith(subject))).toBe(true);
      expect(topic.label.toLowerCase()).toContain(subject.slice(0, -1));
    }
  });

  it('does not depend on the order of the documents', () => {
    const statistics = statisticsOf(corpus);
    expect(topicsOf([...corpus].reverse(), statistics)).toEqual(topicsOf(corpus, statistics));
  });

  it.each(['ada-lovelace', 'charles-darwin', 'marcus-aurelius', 'mary-wollstonecraft'])('divides the corpus of %s, every document once', (persona) => {
    const documents = seededDocuments(persona).map(({ documentId, text }) => ({ documentId, terms: termsOf(text) }));
    const topics = topicsOf(documents, statisticsOf(documents), { speaker: { name: persona.replace('-', ' ') } });
    expect(topics.length).toBeGreaterThan(2);
    expect(topics.flatMap(({ documentIds }) => documentIds).sort()).toEqual(documents.map(({ documentId }) => documentId));
    for (const { documentIds, label } of topics) {
      expect(documentIds.length).toBeGreaterThan(1);
      expect(label).not.toMatch(new RegExp(persona.replace('-', '|'), 'i'));
    }
    expect(new Set(topics.map(({ label }) => label)).size).toBe(topics.length);
  });

  it('takes few documents, and none', () => {
    expect(topicsOf([], { documents: 0, frequencies: {} })).toEqual([]);
    const one = corpus.slice(0, 1);
    expect(topicsOf(one, statisticsOf(one))[0]!.documentIds).toEqual(['reefs-1']);
    const empty = [{ documentId: 'empty', terms: [] }];
    expect(topicsOf(empty, statisticsOf(empty))).toEqual([]);
  });

  it('takes many', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({ ...corpus[index % corpus.length]!, documentId: `document-${index}` }));
    expect(topicsOf(many, statisticsOf(many)).length).toBeLessThanOrEqual(12);
  });
});
