import type { Passage } from '@dramatis/contracts/knowledge';
import type { HybridHits } from './passage-index.js';
import { judgeRelevance } from './relevance.js';

const hit = (passageId: string, stems: string) => ({ passage: { passageId } as Passage, stems, sentenceSimilarity: null });
const hits: HybridHits = {
  byVector: [
    { ...hit('loom', 'jacquard loom card'), similarity: 0.5 },
    { ...hit('engine', 'engin card'), similarity: 0.5 },
    { ...hit('other', 'music'), similarity: 0.2 },
  ],
  byWords: [{ ...hit('far', 'card'), relevance: 3 }],
  tookMs: 1,
};

describe('judgeRelevance', () => {
  it('adds the words of the question to its meaning, rare words more', () => {
    const relevance = judgeRelevance('Which cards did Jacquard use?', hits);
    expect(relevance.get('loom')).toBeCloseTo(0.8, 5);
    expect(relevance.get('engine')!).toBeLessThan(0.65);
    expect(relevance.get('engine')!).toBeGreaterThan(0.5);
    expect(relevance.get('other')).toBeCloseTo(0.2, 5);
  });

  it('counts a word that no candidate has against all of them', () => {
    expect(judgeRelevance('Are cards good on pizza?', hits).get('loom')!).toBeLessThan(judgeRelevance('Are cards good?', hits).get('loom')!);
  });

  it('takes what only its words found as no nearer than the last of the nearest', () => {
    expect(judgeRelevance('Which cards?', hits).get('far')).toBeCloseTo(0.5, 5);
  });

  it('is the similarity alone when no word means anything', () => {
    expect(judgeRelevance('And why?', hits).get('loom')).toBe(0.5);
  });

  it('judges nothing when there is nothing', () => {
    expect(judgeRelevance('Why?', { byVector: [], byWords: [], tookMs: 0 }).size).toBe(0);
  });
});
