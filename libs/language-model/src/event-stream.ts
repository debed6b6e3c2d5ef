import { providerError } from './provider-error.js';

/**
 * Refuses a successful response that is a page or a JSON document, as proxies and wrong addresses give. Other types
 * pass: some servers stream without naming the type.
 *
 * @throws LanguageModelError malformed_response
 */
export function requireEventStream(provider: string, response: Response): void {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type.endsWith('html') || type.endsWith('json')) {
    throw providerError(provider, 'malformed_response', { detail: `${type} in place of an event stream` });
  }
}
