import { requireRequest, textOf, type ModelRequest, type WireFormat } from './wire-format.js';

const typeOfStatus: Record<number, { type: string; code: string | null }> = {
  400: { type: 'invalid_request_error', code: null },
  401: { type: 'invalid_request_error', code: 'invalid_api_key' },
  404: { type: 'invalid_request_error', code: 'model_not_found' },
  429: { type: 'requests', code: 'rate_limit_exceeded' },
};

/** OpenAI's chat completions API, streaming. */
export const openAiWireFormat: WireFormat = {
  vendor: 'openai',
  path: '/v1/chat/completions',
  stopReasons: { complete: 'stop', truncated: 'length' },

  parse(body) {
    const request = requireRequest(body);
    const { json_schema } = (request.response_format ?? {}) as { json_schema?: { schema?: Record<string, unknown> } };
    const messages = request.messages.map(({ role, content }) => ({ role, content: textOf(content) }));
    const isSystem = ({ role }: { role: string }) => role === 'system' || role === 'developer';
    return {
      model: String(request.model),
      system: messages.filter(isSystem).map(({ content }) => content).join('\n'),
      messages: messages.filter((message) => !isSystem(message)),
      schema: json_schema?.schema ?? null,
      maxTokens: Number(request.max_completion_tokens ?? request.max_tokens) || null,
      stream: request.stream === true,
    };
  },

  error: (status, type, message) => {
    const usual = typeOfStatus[status] ?? { type: 'server_error', code: null };
    return { error: { message, type: type ?? usual.type, param: null, code: type ?? usual.code } };
  },

  opening: (request) => chunk(request, { role: 'assistant', content: '' }),
  piece: (request, text) => chunk(request, { content: text }),
  keepAlive: () => ': keep-alive\n\n',
  errorEvent: (type, message) => `data: ${JSON.stringify({ error: { message, type, param: null, code: null } })}\n\n`,
  malformedEvent: () => 'data: {"id":"chatcmpl-1","choices":[{"index":0,"delta":{"cont\n\n',
  refusal: (request) => ({
    events: chunk(request, { refusal: "I'm sorry, I can't help with that." }),
    stopReason: 'stop',
  }),
  closing: (request, { stopReason, usage, doneMarker }) =>
    (stopReason === null ? '' : chunk(request, {}, stopReason)) +
    (usage ? usageChunk(request, usage) : '') +
    (doneMarker ? 'data: [DONE]\n\n' : ''),
};

function chunk({ model }: ModelRequest, delta: Record<string, unknown>, finishReason: string | null = null): string {
  return event({ model, choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });
}

function usageChunk({ model }: ModelRequest, usage: { inputTokens: number; outputTokens: number }): string {
  const { inputTokens, outputTokens } = usage;
  return event({
    model,
    choices: [],
    usage: { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens },
  });
}

function event(fields: Record<string, unknown>): string {
  return `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_750_000_000, ...fields })}\n\n`;
}
