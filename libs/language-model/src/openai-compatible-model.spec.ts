import { type ModelServer, startModelServer } from '@dramatis/testing/model-server/model-server';
import type { ModelRule } from '@dramatis/testing/model-server/behaviour';
import { createOpenAiCompatibleModel, type OpenAiCompatibleModelOptions } from './openai-compatible-model.js';
import { openAiErrorCode } from './openai-errors.js';
import type { LanguageModelEvent } from './port.js';
import { aRequest } from './request.fixture.js';

/** What differs between the servers that call themselves OpenAI-compatible. The rest is in the contract suite. */
describe('OpenAI-compatible servers', () => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.stop());
  afterEach(() => server.reset());

  const ask = async (rule: ModelRule = {}, options: Partial<OpenAiCompatibleModelOptions> = {}) => {
    server.script(rule);
    const model = createOpenAiCompatibleModel({
      id: 'local',
      baseUrl: `${server.openaiBaseUrl}/`,
      model: 'qwen',
      structuredOutput: false,
      ...options,
    });
    const events: LanguageModelEvent[] = [];
    for await (const event of model.stream(aRequest())) events.push(event);
    return events;
  };

  it('may report no usage', async () => {
    expect((await ask({ usage: false })).at(-1)).toEqual({ type: 'end', usage: null });
  });

  it('may send [DONE] without a finish reason, or a finish reason without [DONE]', async () => {
    expect((await ask({ stopReason: null })).at(-1)).toMatchObject({ type: 'end' });
    expect((await ask({ doneMarker: false })).at(-1)).toMatchObject({ type: 'end' });
  });

  it('may reset the connection after the finish reason', async () => {
    const fault = { kind: 'reset', at: 'after_reply' } as const;
    expect((await ask({ fault, doneMarker: false })).at(-1)).toMatchObject({ type: 'end' });
    await expect(ask({ fault, doneMarker: false, stopReason: null })).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('must send one of them', async () => {
    await expect(ask({ stopReason: null, doneMarker: false })).rejects.toMatchObject({ code: 'interrupted' });
  });

  it.each(['eos', 'stop_sequence', 'STOP', 'end_turn'])('may call the end %s', async (stopReason) => {
    expect((await ask({ stopReason })).at(-1)).toMatchObject({ type: 'end' });
  });

  it.each([
    ['content_filter', 'refused'],
    ['length', 'output_truncated'],
    ['MAX_TOKENS', 'output_truncated'],
    ['tool_calls', 'malformed_response'],
    ['abort', 'interrupted'],
    ['insufficient_system_resource', 'overloaded'],
  ])('may finish with %s, which is %s', async (stopReason, code) => {
    await expect(ask({ stopReason })).rejects.toMatchObject({ code });
  });

  it('may repeat the marker of the end in the text of the reply', async () => {
    const text = 'A line:\ndata: [DONE]\n';
    await expect(ask({ text, chunks: 1, stopReason: null, doneMarker: false })).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('gets no authorization header without a key', async () => {
    await ask();
    await ask({}, { apiKey: 'a-key' });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Bearer a-key']);
  });

  it('gets max_tokens, and a schema only where it can be enforced', async () => {
    await ask();
    expect(server.requests[0]!.body).toMatchObject({ max_tokens: 512, stream_options: { include_usage: true } });
    expect(server.requests[0]!.body).not.toHaveProperty('response_format');
    expect(server.requests[0]!.body).not.toHaveProperty('max_completion_tokens');
  });

  it('is taken to have a small context window unless told', () => {
    const base = { id: 'x', model: 'm', structuredOutput: false };
    expect(createOpenAiCompatibleModel({ ...base, baseUrl: 'http://localhost:1234/v1' })).toMatchObject({
      contextWindowTokens: 8_192,
      maxOutputTokens: 2_048,
    });
    expect(createOpenAiCompatibleModel(base)).toMatchObject({ contextWindowTokens: 128_000, maxOutputTokens: 4_096 });
  });
});

describe('openAiErrorCode', () => {
  it.each([
    [{ status: 429, code: 'insufficient_quota', type: 'insufficient_quota' }, 'not_authorised'],
    [{ status: 429, code: 'rate_limit_exceeded', type: 'tokens' }, 'rate_limited'],
    [{ status: 400, code: 'context_length_exceeded', type: 'invalid_request_error' }, 'context_exceeded'],
    [{ status: 400, code: 400, type: 'exceed_context_size_error' }, 'context_exceeded'],
    [{ status: 400, code: 'content_filter' }, 'refused'],
    [{ status: 400, code: 400, type: 'BadRequestError', message: 'The context length is only 4096.' }, 'context_exceeded'],
    [{ status: 400, message: 'temperature must be positive' }, 'invalid_request'],
    [{ status: 422 }, 'invalid_request'],
    [{ code: 502, message: 'Upstream error' }, 'unavailable'],
    [{ code: '429' }, 'rate_limited'],
    [{ code: null, type: 'server_error' }, 'unavailable'],
    [{}, 'unavailable'],
  ])('maps %j to %s', (body, code) => {
    expect(openAiErrorCode(body)).toBe(code);
  });
});
