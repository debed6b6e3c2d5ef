export interface ExtractionLimits {
  /** Largest file, in bytes. Default 50 MiB. */
  maxBytes: number;
  /** Longest text that comes out of one file, in characters. Default 10 million, about 20 long books. */
  maxCharacters: number;
  /** Most pages of a PDF. Default 2,000. */
  maxPages: number;
  /** Most members of a docx or epub. Default 5,000. */
  maxArchiveEntries: number;
  /** Most bytes that a docx or epub unpacks to, archives inside it included. Default 100 MiB. */
  maxArchiveBytes: number;
  /** Most bytes that one packed byte of an archive's member may become, once it is more than 1 MiB. Default 200. */
  maxArchiveRatio: number;
  /** Longest time for one file, from when a thread takes it up, in milliseconds. Default 60 seconds. */
  timeoutMs: number;
  /** Heap of one thread, in MiB. Default 256. What lies outside of the heap is bounded by the other limits. */
  maxHeapMb: number;
}

export const defaultExtractionLimits: ExtractionLimits = {
  maxBytes: 50 * 1024 * 1024,
  maxCharacters: 10_000_000,
  maxPages: 2_000,
  maxArchiveEntries: 5_000,
  maxArchiveBytes: 100 * 1024 * 1024,
  maxArchiveRatio: 200,
  timeoutMs: 60_000,
  maxHeapMb: 256,
};

/** A size as people write it: `1.5 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 100) / 10} kB`;
  return `${Math.round(bytes / 100_000) / 10} MB`;
}
