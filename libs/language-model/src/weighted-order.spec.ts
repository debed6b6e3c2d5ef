import { weightedOrder } from './weighted-order.js';

const seeds = Array.from({ length: 2_000 }, (_, index) => `turn-${index}`);

describe('weightedOrder', () => {
  it('gives the same order for the same seed', () => {
    for (const seed of seeds.slice(0, 50)) {
      expect(weightedOrder(['a', 'b', 'c'], { a: 1, b: 1, c: 1 }, seed)).toEqual(
        weightedOrder(['a', 'b', 'c'], { a: 1, b: 1, c: 1 }, seed),
      );
    }
  });

  it('puts each id first in proportion to its weight', () => {
    const firsts = seeds.map((seed) => weightedOrder(['a', 'b'], { a: 3, b: 1 }, seed)[0]);
    const share = firsts.filter((id) => id === 'a').length / seeds.length;
    expect(share).toBeGreaterThan(0.71);
    expect(share).toBeLessThan(0.79);
  });

  it('keeps every id, those without a weight last and in the order given', () => {
    for (const seed of seeds.slice(0, 50)) {
      const order = weightedOrder(['x', 'a', 'y', 'b'], { a: 1, b: 1, y: 0 }, seed);
      expect(order.slice(2)).toEqual(['x', 'y']);
      expect(order.slice(0, 2).sort()).toEqual(['a', 'b']);
    }
  });
});
