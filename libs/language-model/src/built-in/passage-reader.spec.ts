import { readPassage } from './passage-reader.js';

const textsOf = (text: string, headings: string[] = []) => readPassage(text, headings).statements.map((statement) => statement.text);

describe('readPassage', () => {
  it('leaves headings, list marks, emphasis and foreign citation marks behind', () => {
    expect(textsOf('# Reefs\n\nThe **reef** grows [3].\n\n- It *is* low.\n- It is old.', ['Reefs'])).toEqual(['The reef grows.', 'It is low.', 'It is old.']);
  });

  it('joins lines that were only wrapped', () => {
    expect(textsOf('The island sinks slowly, while the\ncorals keep growing upward.')).toEqual(['The island sinks slowly, while the corals keep growing upward.']);
  });

  it('finds a list with its introduction', () => {
    const { statements, lists } = readPassage('There are two kinds.\n\nA fringing reef grows near the shore.\nAn atoll is a ring.\n\nBoth are old.', []);
    expect(lists).toEqual([{ lead: 0, items: [1, 2] }]);
    expect(statements[3]!.list).toBeNull();
  });

  it('finds an enumeration in prose, with what stands between its marks', () => {
    const { lists } = readPassage('My reasons were several. First, honour required it. Second, the empire is wide. It has two frontiers. Third, he was able. I kept the priesthood.', []);
    expect(lists).toEqual([{ lead: 0, items: [1, 2, 3, 4] }]);
  });

  it('ties an objection to its answer', () => {
    const { statements } = readPassage('A critic may object that it is weak. The objection has weight. I kept to my course.', []);
    expect(statements.map(({ needsNext, needsPrevious }) => [needsNext, needsPrevious])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('takes announcements of the document off', () => {
    expect(textsOf('Stoicism is my philosophy, and here I explain its main beliefs.')).toEqual(['Stoicism is my philosophy.']);
  });

  it('drops lines that are no sentences', () => {
    expect(textsOf('Table of contents\n\nThe engine exists in drawings.')).toEqual(['The engine exists in drawings.']);
  });
});
