import { randomUUID } from 'node:crypto';
import { requireRequest, textOf, type WireFormat } from './wire-format.js';

const typeOfStatus: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** Anthropic's Messages API, streaming. */
export const anthropicWireFormat: WireFormat = {
  vendor: 'anthropic',
  path: '/v1/messages',
  stopReasons: { complete: 'end_turn', truncated: 'max_tokens' },

  parse(body) {
    const request = requireRequest(body);
    if (typeof request.max_tokens !== 'number') throw new TypeError('max_tokens: field required');
    const { format } = (request.output_config ?? {}) as { format?: { schema?: Record<string, unknown> } };
    return {
      model: String(request.model),
      system: textOf(request.system),
      messages: request.messages.map(({ role, content }) => ({ role, content: textOf(content) })),
      schema: format?.schema ?? null,
      maxTokens: request.max_tokens,
      stream: request.stream === true,
    };
  },

  error: (status, type, message) => ({
    type: 'error',
    error: { type: type ?? typeOfStatus[status] ?? 'api_error', message },
    request_id: `req_${randomUUID()}`,
  }),

  opening: ({ model }, inputTokens) =>
    event({
      type: 'message_start',
      message: {
        id: `msg_${randomUUID()}`,
        type: 'message',
        role: 'assistant',
        model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        ...(inputTokens === null
          ? {}
          : {
              usage: {
                input_tokens: inputTokens,
                cache_creation_input_tokens: 0,
                cache_read_input_tokens: 0,
                output_tokens: 1,
              },
            }),
      },
    }) +
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }) +
    event({ type: 'ping' }),
  piece: (_request, text) => event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }),
  keepAlive: () => event({ type: 'ping' }),
  errorEvent: (type, message) => event({ type: 'error', error: { type, message } }),
  malformedEvent: () => 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"ty\n\n',
  refusal: () => ({ events: '', stopReason: 'refusal' }),
  closing: (_request, { stopReason, usage }) =>
    event({ type: 'content_block_stop', index: 0 }) +
    event({
      type: 'message_delta',
      delta: { stop_reason: stopReason, stop_sequence: null },
      ...(usage ? { usage: { output_tokens: usage.outputTokens } } : {}),
    }) +
    event({ type: 'message_stop' }),
};

function event(data: { type: string; [field: string]: unknown }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
