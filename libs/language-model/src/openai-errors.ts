import { APIConnectionError, APIError } from 'openai';
import type { LanguageModelError } from './port.js';
import {
  codeOfStatus,
  providerError,
  type ProviderErrorCode,
  systemCodes,
  tellsOfContextLength,
} from './provider-error.js';
import { retryAfterMs } from './retry-after.js';

/** Codes and types as OpenAI, vLLM, LM Studio, llama.cpp and OpenRouter give them, in errors and in error events. */
const codeOfWord = new Map<string, ProviderErrorCode>(Object.entries({
  context_length_exceeded: 'context_exceeded',
  string_above_max_length: 'context_exceeded',
  exceed_context_size_error: 'context_exceeded',
  content_filter: 'refused',
  content_policy_violation: 'refused',
  insufficient_quota: 'not_authorised',
  billing_hard_limit_reached: 'not_authorised',
  billing_not_active: 'not_authorised',
  invalid_api_key: 'not_authorised',
  authentication_error: 'not_authorised',
  permission_error: 'not_authorised',
  model_not_found: 'invalid_request',
  rate_limit_exceeded: 'rate_limited',
  rate_limit_error: 'rate_limited',
  overloaded: 'overloaded',
  overloaded_error: 'overloaded',
  engine_overloaded: 'overloaded',
  slow_down: 'overloaded',
  server_error: 'unavailable',
  internal_error: 'unavailable',
  internal_server_error: 'unavailable',
  invalid_request_error: 'invalid_request',
  badrequesterror: 'invalid_request',
}));

/** What an error's body or an error event may hold; servers fill it differently. */
export interface OpenAiErrorBody {
  status?: number;
  code?: unknown;
  type?: unknown;
  message?: string;
}

/** Maps whatever the OpenAI SDK throws, before or during a stream. */
export function openAiError(provider: string, error: unknown): LanguageModelError {
  if (error instanceof APIConnectionError) {
    return providerError(provider, 'unavailable', { detail: systemCodes(error.cause ?? error) });
  }
  if (error instanceof APIError) {
    const failure = error as APIError;
    return providerError(provider, openAiErrorCode(failure), {
      retryAfterMs: retryAfterMs(failure.headers),
      detail: `${failure.code ?? failure.type ?? 'error'}: ${failure.message} (request ${failure.requestID ?? 'unknown'})`,
    });
  }
  if ((error as Error | undefined)?.name === 'SyntaxError') {
    return providerError(provider, 'malformed_response', { detail: 'an event that is not JSON' });
  }
  // The response had begun, so this is its body: a reset, or a proxy that closed it.
  return providerError(provider, 'interrupted', { detail: systemCodes(error) });
}

/** Words first, since some servers give the same status to many causes; then the status, in the head or in the body. */
export function openAiErrorCode({ status, code, type, message = '' }: OpenAiErrorBody): ProviderErrorCode {
  const bodyStatus = Number(code);
  const found =
    codeOfWord.get(String(code).toLowerCase()) ??
    (status === undefined ? codeOfWord.get(String(type).toLowerCase()) : undefined) ??
    (status !== undefined
      ? codeOfStatus(status)
      : bodyStatus >= 400 && bodyStatus < 600
        ? codeOfStatus(bodyStatus)
        : 'unavailable');
  if (found === 'invalid_request' && tellsOfContextLength([code, type, message].join(' '))) return 'context_exceeded';
  // A spent quota also comes as 429; waiting doesn't mend it.
  return found === 'rate_limited' && type === 'insufficient_quota' ? 'not_authorised' : found;
}
