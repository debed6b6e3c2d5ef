import { reciprocalRankFusion } from './reciprocal-rank-fusion.js';

describe('reciprocalRankFusion', () => {
  it('prefers what both rankings have', () => {
    const fused = reciprocalRankFusion([
      ['a', 'b', 'c'],
      ['d', 'b', 'e'],
    ]);
    expect(fused.map(({ id }) => id)).toEqual(['b', 'a', 'd', 'c', 'e']);
    expect(fused[0]!.ranks).toEqual([2, 2]);
    expect(fused[1]!.ranks).toEqual([1, null]);
  });

  it('gives 1 to the first of every ranking, and 1 / (60 + rank) for each', () => {
    const [first, second] = reciprocalRankFusion([
      ['a', 'b'],
      ['a', 'c', 'b'],
    ]);
    expect(first).toEqual({ id: 'a', score: 1, ranks: [1, 1] });
    expect(second!.id).toBe('b');
    expect(second!.score).toBeCloseTo((1 / 62 + 1 / 63) / (2 / 61), 10);
  });

  it('is not confused by repetitions and empty rankings', () => {
    expect(reciprocalRankFusion([['a', 'a', 'b'], []]).map(({ id, ranks }) => [id, ranks])).toEqual([
      ['a', [1, null]],
      ['b', [3, null]],
    ]);
    expect(reciprocalRankFusion([[], []])).toEqual([]);
  });
});
