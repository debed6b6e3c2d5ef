import { type ExtractionFailureCode, extractionFailureOutcomes, type ExtractionOutcome } from '@dramatis/contracts/extraction-failure-codes';

/** Why a file gave no document. The message is meant for the curator who gave the file: what is wrong with it and what to do. */
export class ExtractionError extends Error {
  override readonly name = 'ExtractionError';
  readonly code: ExtractionFailureCode;

  constructor(code: ExtractionFailureCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  /** The state in which the document ends. */
  get outcome(): ExtractionOutcome {
    return extractionFailureOutcomes[this.code];
  }

  /** Whether the same file may be read the next time. */
  get retryable(): boolean {
    return this.code === 'interrupted' || this.code === 'overloaded';
  }
}
