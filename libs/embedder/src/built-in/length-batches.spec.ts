import { lengthBatches } from './length-batches.js';

describe('lengthBatches', () => {
  it('holds every text once, and no batch over the limit', () => {
    const lengths = [300, 5, 12, 256, 7, 90, 90, 90, 90, 90, 3];
    const batches = lengthBatches(lengths, 512);
    expect(batches.flat().sort((a, b) => a - b)).toEqual(lengths.map((_, i) => i));
    for (const batch of batches) expect(batch.length * Math.max(...batch.map((index) => lengths[index]!))).toBeLessThanOrEqual(512);
  });

  it('lets a text over the limit stand alone', () => {
    expect(lengthBatches([600, 4], 512)).toEqual([[1], [0]]);
  });

  it('makes no batch of nothing', () => {
    expect(lengthBatches([], 512)).toEqual([]);
  });
});
