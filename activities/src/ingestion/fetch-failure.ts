import type { DocumentState } from '@dramatis/contracts/ingestion';
import { WebFetchError } from '@dramatis/web-fetch/web-fetch-error';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';

/** Tries of what the web may answer otherwise the next time. */
const maxTries = 4;
const longestWaitMs = 60_000;

/** Errors of the web become failures: those that may pass are tried again a few times, at the pace that the server asks for. */
export async function fetching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof WebFetchError)) throw error;
    throw toFetchFailure(error);
  }
}

export function isWorthAnotherTry(error: WebFetchError): boolean {
  return error.retryable && Context.current().info.attempt < maxTries;
}

export function toFetchFailure(error: WebFetchError): ApplicationFailure {
  const { code, message, retryAfterMs } = error;
  return ApplicationFailure.create({
    type: code,
    message,
    nonRetryable: !isWorthAnotherTry(error),
    ...(retryAfterMs === undefined ? {} : { nextRetryDelay: Math.min(retryAfterMs, longestWaitMs) }),
  });
}

const leftOut: ReadonlySet<string> = new Set(['robots_disallowed', 'content_type_refused', 'out_of_scope', 'too_large']);

/** `skipped`: the page is gone, or not for us; what the corpus has of it goes too. `failed`: it may be back, and what is there stays. */
export function stateOf({ code, status }: WebFetchError): Extract<DocumentState, 'skipped' | 'failed'> {
  return leftOut.has(code) || status === 404 || status === 410 ? 'skipped' : 'failed';
}
