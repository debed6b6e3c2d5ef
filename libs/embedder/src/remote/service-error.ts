import { retryAfterMs } from '@dramatis/language-model/retry-after';
import { EmbedderError, type EmbedderErrorCode } from '../port.js';

export interface ServiceFailure {
  status: number;
  headers?: Headers;
  /** What the service says of it. */
  message?: string;
  /** Whether a 429 means that the quota is spent, which no wait mends. */
  quotaSpent?: boolean;
  cause?: unknown;
}

const longestMessage = 300;

/** An HTTP error of an embedding service. */
export function serviceError(embedder: string, { status, headers, message = '', quotaSpent = false, cause }: ServiceFailure): EmbedderError {
  const code = quotaSpent ? 'not_authorised' : codeOf(status);
  const wait = retryAfterMs(headers);
  return new EmbedderError(code, `${embedder} answered ${status}: ${message.slice(0, longestMessage) || 'without a reason'}`, {
    cause,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
  });
}

/** A connection that could not be made, or broke. */
export function connectionError(embedder: string, cause: unknown): EmbedderError {
  return new EmbedderError('unavailable', `${embedder} is out of reach: ${reasonOf(cause)}`, { cause });
}

function codeOf(status: number): EmbedderErrorCode {
  if (status === 429) return 'rate_limited';
  if (status === 408 || status === 504) return 'timed_out';
  if (status === 401 || status === 402 || status === 403) return 'not_authorised';
  return status >= 500 || status === 409 ? 'unavailable' : 'invalid_request';
}

/** The innermost reason: fetch itself only says that it failed. */
function reasonOf(error: unknown): string {
  const { cause, code, message } = error as { cause?: unknown; code?: unknown; message?: string };
  if (cause !== undefined && cause !== null) return reasonOf(cause);
  return typeof code === 'string' ? code : (message ?? 'unknown');
}
