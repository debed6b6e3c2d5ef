import { DomainError } from '@dramatis/contracts/errors';
import { LanguageModelError } from '@dramatis/language-model/port';
import { PromptTooLargeError } from '@dramatis/prompting/prompt-too-large-error';
import { ApplicationFailure } from '@temporalio/common';

/** A wait longer than this is not worth a reader's patience: the next provider is asked instead. */
export const longestRetryAfterMs = 30_000;

/**
 * The failure that Temporal records for an error of ours: `type` is the stable code, the first detail its wording, and what cannot get better by itself is
 * not retried. Errors of others pass through and are retried.
 */
export function toActivityFailure(error: unknown): unknown {
  if (error instanceof LanguageModelError) {
    const tooLong = error.retryAfterMs !== undefined && error.retryAfterMs > longestRetryAfterMs;
    return ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: !error.retryable || tooLong,
      ...(error.retryAfterMs === undefined || tooLong ? {} : { nextRetryDelay: error.retryAfterMs }),
      cause: error,
    });
  }
  if (error instanceof DomainError) {
    return ApplicationFailure.create({
      type: error.code,
      message: error.message,
      nonRetryable: error.status < 500,
      details: [error.wording],
      cause: error,
    });
  }
  if (error instanceof PromptTooLargeError) {
    return ApplicationFailure.create({ type: 'context_exceeded', message: error.message, nonRetryable: true, cause: error });
  }
  return error;
}
