import { type Passage, openEnded } from '@dramatis/contracts/knowledge';
import type { HybridHits } from './passage-index.js';
import { rankHits, type RankedPassage, selectPassages } from './rank-passages.js';

let words = 0;
/** A passage whose text no other has. */
function passage(documentId: string, ordinal: number, changes: Partial<Passage> = {}): Passage {
  const text = Array.from({ length: 8 }, () => `word${(words += 1)}`).join(' ');
  return {
    passageId: `${documentId}${ordinal}`,
    personaId: 'ada',
    documentId,
    sourceId: 'source',
    documentTitle: documentId,
    headingPath: [],
    ordinal,
    text,
    tokens: 100,
    startOffset: 0,
    endOffset: text.length,
    validFrom: 1,
    validTo: openEnded,
    ...changes,
  };
}

const ranked = (...passages: Passage[]): RankedPassage[] =>
  passages.map((one, i) => ({ ...one, score: 1 / (i + 1), vectorRank: i + 1, lexicalRank: null, relevance: 0.5 }));
const ids = (passages: { passageId: string }[]) => passages.map(({ passageId }) => passageId);
const roomy = { topK: 8, tokenBudget: 3_000 };

describe('rankHits', () => {
  const [a, b, c] = [passage('a', 0), passage('b', 0), passage('c', 0)];
  const hitsWith = (nearest: number): HybridHits => ({
    byVector: [
      { passage: a, stems: 'engin', sentenceSimilarity: null, similarity: nearest },
      { passage: b, stems: 'steam engin', sentenceSimilarity: null, similarity: 0.4 },
    ],
    byWords: [
      { passage: b, stems: 'steam engin', sentenceSimilarity: null, relevance: 9 },
      { passage: c, stems: 'steam', sentenceSimilarity: null, relevance: 2 },
    ],
    tookMs: 3,
  });

  it('lets words decide between passages that are about as near, with the ranks where there are any', () => {
    const fused = rankHits('steam', hitsWith(0.45));
    expect(fused.map(({ passageId, vectorRank, lexicalRank }) => [passageId, vectorRank, lexicalRank])).toEqual([
      ['b0', 2, 1],
      ['c0', null, 2],
      ['a0', 1, null],
    ]);
    expect(fused.every(({ score }) => score > 0 && score <= 1)).toBe(true);
  });

  it('lets no words pass what is much nearer', () => {
    expect(ids(rankHits('steam', hitsWith(0.7)))).toEqual(['a0', 'b0', 'c0']);
  });

  it('puts a passage with the sentence that answers before one that is nearer as a whole', () => {
    const hits: HybridHits = {
      byVector: [
        { passage: a, stems: 'engin', sentenceSimilarity: 0.5, similarity: 0.5 },
        { passage: b, stems: 'engin', sentenceSimilarity: 0.7, similarity: 0.45 },
      ],
      byWords: [{ passage: c, stems: 'loom', sentenceSimilarity: 0.9, relevance: 3 }],
      tookMs: 1,
    };
    expect(ids(rankHits('loom', hits))).toEqual(['c0', 'b0', 'a0']);
  });
});

describe('selectPassages', () => {
  it('takes the best, as many as asked', () => {
    const selected = selectPassages(ranked(...Array.from({ length: 12 }, (_, i) => passage(`d${i}-`, 0))), roomy);
    expect(ids(selected)).toEqual(['d0-0', 'd1-0', 'd2-0', 'd3-0', 'd4-0', 'd5-0', 'd6-0', 'd7-0']);
  });

  it('stays within the budget, and fills it with smaller ones', () => {
    const selected = selectPassages(ranked(passage('a', 0, { tokens: 80 }), passage('b', 0, { tokens: 50 }), passage('c', 0, { tokens: 20 })), {
      topK: 8,
      tokenBudget: 100,
    });
    expect(ids(selected)).toEqual(['a0', 'c0']);
  });

  it('leaves out near-duplicates', () => {
    const first = passage('a', 0);
    expect(ids(selectPassages(ranked(first, { ...passage('b', 0), text: `${first.text}!` }), roomy))).toEqual(['a0']);
  });

  it('puts neighbours together in reading order, at the place of the better', () => {
    const selected = selectPassages(ranked(passage('x', 0), passage('a', 3), passage('y', 0), passage('a', 1), passage('a', 2), passage('b', 1)), roomy);
    expect(ids(selected)).toEqual(['x0', 'a1', 'a2', 'a3', 'y0', 'b1']);
  });

  it('keeps each text as it is stored', () => {
    const [one, two] = [passage('a', 0), passage('a', 1)];
    expect(selectPassages(ranked(two, one), roomy).map(({ text }) => text)).toEqual([one.text, two.text]);
  });
});
