import { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import type { LanguageModelError } from './port.js';
import {
  codeOfStatus,
  providerError,
  type ProviderErrorCode,
  systemCodes,
  tellsOfContextLength,
} from './provider-error.js';
import { retryAfterMs } from './retry-after.js';

/**
 * Error types that say more than the status they come with; in an error event they come without one.
 *
 * @see Anthropic API reference, "Errors"
 */
const codeOfType = new Map<string, ProviderErrorCode>(Object.entries({
  invalid_request_error: 'invalid_request',
  authentication_error: 'not_authorised',
  billing_error: 'not_authorised',
  permission_error: 'not_authorised',
  not_found_error: 'invalid_request',
  request_too_large: 'context_exceeded',
  rate_limit_error: 'rate_limited',
  overloaded_error: 'overloaded',
}));

/** Maps whatever the Anthropic SDK throws, before or during a stream. */
export function anthropicError(provider: string, error: unknown): LanguageModelError {
  if (error instanceof APIConnectionError) {
    return providerError(provider, 'unavailable', { detail: systemCodes(error.cause ?? error) });
  }
  if (error instanceof APIError) {
    const failure = error as APIError;
    return providerError(provider, codeOf(failure), {
      retryAfterMs: retryAfterMs(failure.headers),
      detail: `${failure.type ?? 'error'}: ${failure.message} (request ${failure.requestID ?? 'unknown'})`,
    });
  }
  if ((error as Error | undefined)?.name === 'SyntaxError') {
    return providerError(provider, 'malformed_response', { detail: 'an event that is not JSON' });
  }
  // The response had begun, so this is its body: a reset, or a proxy that closed it.
  return providerError(provider, 'interrupted', { detail: systemCodes(error) });
}

function codeOf(error: APIError): ProviderErrorCode {
  const byType = codeOfType.get(error.type ?? '');
  const code = byType ?? (error.status === undefined ? 'unavailable' : codeOfStatus(error.status));
  if (code !== 'invalid_request') return code;
  if (tellsOfContextLength(error.message)) return 'context_exceeded';
  return /credit balance/i.test(error.message) ? 'not_authorised' : code;
}
