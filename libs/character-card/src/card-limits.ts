const mebibyte = 1024 * 1024;

/** What a card may be at most. The files come from strangers; cards in use are some hundred kilobytes, with their picture some megabytes. */
export const cardLimits = {
  maxFileBytes: 32 * mebibyte,
  /** Of the card's JSON, unpacked and decoded. It is kept with the persona as one record. */
  maxJsonBytes: 8 * mebibyte,
  maxDepth: 64,
  /** Members and elements, all together. */
  maxValues: 250_000,
  maxPngChunks: 20_000,
  archive: { maxArchiveEntries: 2_000, maxArchiveBytes: 64 * mebibyte, maxArchiveRatio: 200 },
} as const;
