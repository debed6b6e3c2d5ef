/**
 * Why nothing was taken from a file. `skipped`: there is nothing in it for us, or it is beyond what is accepted; the same file gives
 * the same answer. `failed`: it is broken or dangerous, or reading it went wrong.
 */
export const extractionFailureOutcomes = {
  empty: 'skipped',
  /** A readable file of an accepted format in which there are no words, as in a scanned PDF. */
  no_text: 'skipped',
  binary: 'skipped',
  unsupported_format: 'skipped',
  encrypted: 'skipped',
  too_large: 'skipped',
  too_many_pages: 'skipped',
  corrupt: 'failed',
  invalid_encoding: 'failed',
  archive_bomb: 'failed',
  archive_path_refused: 'failed',
  timed_out: 'failed',
  out_of_memory: 'failed',
  /** The thread ended without a reason of its own, or a defect of ours. */
  interrupted: 'failed',
  /** More documents wait than the extractor accepts. */
  overloaded: 'failed',
  closed: 'failed',
} as const satisfies Record<string, 'skipped' | 'failed'>;

export type ExtractionFailureCode = keyof typeof extractionFailureOutcomes;
export type ExtractionOutcome = 'skipped' | 'failed';
