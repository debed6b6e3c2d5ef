import { codeOfStatus, providerError, systemCodes, tellsOfContextLength } from './provider-error.js';

describe('provider errors', () => {
  it('keeps what the provider said out of the message, and keys out of the cause', () => {
    const error = providerError('openai', 'not_authorised', {
      detail: 'Incorrect key sk-abcdef123456 in\n Authorization: Bearer abc.def',
    });
    expect(error.message).toBe('The language model provider "openai" did not accept the configured credentials or account.');
    expect((error.cause as Error).message).toBe('Incorrect key [key] in Authorization: [key]');
  });

  it('shortens what the provider said', () => {
    const { cause } = providerError('openai', 'invalid_request', { detail: 'word '.repeat(1_000) });
    expect((cause as Error).message).toHaveLength(300);
  });

  it.each([
    [401, 'not_authorised'],
    [402, 'not_authorised'],
    [403, 'not_authorised'],
    [404, 'invalid_request'],
    [408, 'unavailable'],
    [413, 'context_exceeded'],
    [422, 'invalid_request'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'overloaded'],
    [520, 'unavailable'],
    [529, 'overloaded'],
    [304, 'unavailable'],
  ])('takes status %i for %s', (status, code) => {
    expect(codeOfStatus(status)).toBe(code);
  });

  it('knows how vendors say that a prompt is too long', () => {
    for (const words of [
      'prompt is too long: 210000 tokens > 200000 maximum',
      "This model's maximum context length is 4096 tokens.",
      'input length and `max_tokens` exceed context limit: 190000 + 20000 > 200000',
      'the request exceeds the available context size, try increasing it',
    ]) {
      expect(tellsOfContextLength(words)).toBe(true);
    }
    expect(tellsOfContextLength('max_tokens: must be at least 1')).toBe(false);
  });

  it('tells the system codes along the causes', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    expect(systemCodes(new TypeError('fetch failed', { cause: refused }))).toBe('fetch failed: ECONNREFUSED');
    expect(systemCodes(undefined)).toBe('');
  });
});
