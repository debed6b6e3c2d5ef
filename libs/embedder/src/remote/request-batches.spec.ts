import { requestBatches } from './request-batches.js';

describe('requestBatches', () => {
  it('keeps the order and both limits', () => {
    const texts = Array.from({ length: 23 }, (_, i) => `text number ${i}`);
    const batches = requestBatches(texts, { maxTexts: 5, maxTokens: 1_000 });
    expect(batches.flat()).toEqual(texts);
    expect(batches.map((batch) => batch.length)).toEqual([5, 5, 5, 5, 3]);
    const small = requestBatches(texts, { maxTexts: 100, maxTokens: 10 });
    expect(small.flat()).toEqual(texts);
    expect(small.length).toBeGreaterThan(7);
  });

  it('lets a text over the limit go alone', () => {
    const long = 'word '.repeat(500);
    expect(requestBatches(['a', long, 'b'], { maxTexts: 100, maxTokens: 100 })).toEqual([['a'], [long], ['b']]);
  });

  it('makes no request of nothing', () => {
    expect(requestBatches([], { maxTexts: 5, maxTokens: 100 })).toEqual([]);
  });
});
