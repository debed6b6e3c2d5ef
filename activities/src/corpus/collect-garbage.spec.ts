import { chooseRetained } from './collect-garbage.js';

const at = (version: number, gone: { collected?: boolean; discarded?: boolean } = {}) => ({
  version,
  collectedAt: gone.collected ? new Date() : null,
  discardedAt: gone.discarded ? new Date() : null,
});
const records = [at(7), at(6), at(5, { discarded: true }), at(4), at(3), at(2), at(1, { collected: true })];
const choose = (changes: { publishedVersion: number; inUse?: number[]; keep?: number }) => chooseRetained({ records, inUse: [], keep: 2, ...changes });

describe('chooseRetained', () => {
  it('keeps the published one and those before it', () => {
    expect(choose({ publishedVersion: 7 })).toEqual({ retained: [7, 6], dispensable: [4, 3, 2] });
    expect(choose({ publishedVersion: 7, keep: 4 })).toEqual({ retained: [7, 6, 4, 3], dispensable: [2] });
  });

  it('keeps what is published however old, and all that came after', () => {
    expect(choose({ publishedVersion: 3, keep: 1 })).toEqual({ retained: [7, 6, 4, 3], dispensable: [2] });
    expect(choose({ publishedVersion: 4 })).toEqual({ retained: [7, 6, 4, 3], dispensable: [2] });
  });

  it('keeps what a conversation or turn uses', () => {
    expect(choose({ publishedVersion: 7, keep: 1, inUse: [2, 7] })).toEqual({ retained: [7, 2], dispensable: [6, 4, 3] });
  });

  it('keeps a published version that is not on record', () => {
    expect(chooseRetained({ records: [], inUse: [], publishedVersion: 9, keep: 5 })).toEqual({ retained: [9], dispensable: [] });
  });
});
