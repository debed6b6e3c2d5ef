import type { TurnFailureCode } from '@dramatis/contracts/errors';
import { LanguageModelError } from './port.js';

/** Codes that a provider's own answer, or its absence, can lead to. */
export type ProviderErrorCode = Exclude<
  TurnFailureCode,
  'persona_not_found' | 'no_provider' | 'timed_out' | 'circuit_open' | 'worker_lost' | 'internal'
>;

const sentences: Record<ProviderErrorCode, string> = {
  rate_limited: 'asked to be called less often.',
  overloaded: 'is over its capacity.',
  unavailable: 'could not be reached or failed inside.',
  interrupted: 'broke the reply off before its end.',
  refused: 'declined to answer.',
  context_exceeded: 'could not take in a conversation of this length.',
  output_truncated: 'reached the longest reply it may give before the end of it.',
  invalid_request: 'rejected the request as invalid.',
  not_authorised: 'did not accept the configured credentials or account.',
  malformed_response: 'gave an answer that could not be read.',
};

export interface ProviderErrorDetails {
  retryAfterMs?: number;
  /** What the provider said, for operators. Shortened, without anything that looks like a key. */
  detail?: string;
}

/**
 * An error that says in its message only what any user may read. The provider's own words, which can repeat parts of
 * the request, go into `cause`, for logs.
 */
export function providerError(
  provider: string,
  code: ProviderErrorCode,
  { retryAfterMs, detail }: ProviderErrorDetails = {},
): LanguageModelError {
  return new LanguageModelError(code, `The language model provider "${provider}" ${sentences[code]}`, {
    retryAfterMs,
    cause: detail ? new Error(redact(detail)) : undefined,
  });
}

/** The code that an HTTP status means when the provider says nothing more exact. */
export function codeOfStatus(status: number): ProviderErrorCode {
  if (status === 401 || status === 402 || status === 403) return 'not_authorised';
  if (status === 408 || status === 409 || status === 425) return 'unavailable';
  if (status === 413) return 'context_exceeded';
  if (status === 429) return 'rate_limited';
  if (status === 503 || status === 529) return 'overloaded';
  return status >= 400 && status < 500 ? 'invalid_request' : 'unavailable';
}

/** Whether a provider's words say that prompt and reply together were too long. Vendors have no common code for it. */
export function tellsOfContextLength(words: string): boolean {
  return /context[ _](length|window|size|limit)|maximum context|prompt is too long|exceed_context|too many (input )?tokens/i.test(
    words,
  );
}

/** System codes such as `ECONNREFUSED` along an error's causes, outermost first. */
export function systemCodes(error: unknown): string {
  const found: string[] = [];
  for (let current = error; current instanceof Object && found.length < 5; current = (current as Error).cause) {
    const { code, message } = current as { code?: unknown; message?: unknown };
    if (typeof code === 'string') found.push(code);
    else if (typeof message === 'string') found.push(message);
  }
  return found.join(': ');
}

const longestDetail = 300;

function redact(detail: string): string {
  return detail
    .replace(/\b(sk|pk|key)-[\w*-]{4,}|\bBearer\s+\S+/gi, '[key]')
    .replaceAll(/\s+/g, ' ')
    .slice(0, longestDetail);
}
