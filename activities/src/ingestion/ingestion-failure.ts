import { EmbedderNotConfiguredError } from '@dramatis/embedder/embedders';
import { EmbedderError } from '@dramatis/embedder/port';
import { ObjectStoreError } from '@dramatis/object-store/port';
import { EmbedderMismatchError } from '@dramatis/passage-index/errors';
import type { BulkFailure } from '@dramatis/passage-index/bulk-retry';
import { ApplicationFailure } from '@temporalio/common';
import { toActivityFailure } from '../failure-mapping.js';

/** However long a service asks to be left alone, somebody looks again after this. */
const longestWaitMs = 5 * 60_000;

/** Runs an activity's work; its errors become failures whose `type` is their code. */
export async function withFailures<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toIngestionFailure(error);
  }
}

function toIngestionFailure(error: unknown): unknown {
  if (error instanceof EmbedderError) {
    const { code, message, retryable, retryAfterMs } = error;
    const wait = retryAfterMs === undefined ? {} : { nextRetryDelay: Math.min(retryAfterMs, longestWaitMs) };
    return ApplicationFailure.create({ type: code, message, nonRetryable: !retryable, cause: error, ...wait });
  }
  if (error instanceof ObjectStoreError) {
    return ApplicationFailure.create({ type: error.code, message: error.message, nonRetryable: !error.retryable, cause: error });
  }
  if (error instanceof EmbedderNotConfiguredError) return ApplicationFailure.nonRetryable(error.message, error.code);
  if (error instanceof EmbedderMismatchError) return ApplicationFailure.nonRetryable(error.message, error.code);
  return toActivityFailure(error);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @throws ApplicationFailure index_refused, to be tried again only where the index was too busy */
export function assertNoneRefused(failures: readonly BulkFailure[]): void {
  const [first] = failures;
  if (!first) return;
  const message = `The index refused ${failures.length} passages, the first because: ${first.reason}`;
  throw ApplicationFailure.create({ type: 'index_refused', message, nonRetryable: first.status !== 429 });
}
