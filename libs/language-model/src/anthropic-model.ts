import Anthropic from '@anthropic-ai/sdk';
import type { MessageCreateParamsStreaming, RawMessageStreamEvent, StopReason } from '@anthropic-ai/sdk/resources/messages';
import type { TokenUsage } from '@dramatis/contracts/turn';
import { anthropicError } from './anthropic-errors.js';
import { requireEventStream } from './event-stream.js';
import type { LanguageModel, LanguageModelEvent, LanguageModelRequest } from './port.js';
import { providerError } from './provider-error.js';
import { providerStream } from './provider-stream.js';

export interface AnthropicModelOptions {
  /** Provider's id in the route. */
  id: string;
  apiKey: string;
  /** Default: `https://api.anthropic.com`. A trailing `/v1` is accepted. */
  baseUrl?: string;
  /** For example `claude-sonnet-5-5`. */
  model: string;
  /** Whether the model has structured output. Default: true. */
  structuredOutput?: boolean;
  /** Default: 200,000. */
  contextWindowTokens?: number;
  /** Default: 4,096. */
  maxOutputTokens?: number;
}

/** A model behind Anthropic's Messages API, or a server that speaks it. */
export function createAnthropicModel(options: AnthropicModelOptions): LanguageModel {
  const { id, model, structuredOutput = true } = options;
  const client = new Anthropic({
    apiKey: options.apiKey,
    baseURL: (options.baseUrl ?? 'https://api.anthropic.com').replace(/\/+(v1\/*)?$/, ''),
    webhookKey: null,
    maxRetries: 0,
    // The SDK logs events that it cannot parse, and with them what users and personas said.
    logLevel: 'off',
    openTelemetry: { propagation: false },
  });
  return {
    id,
    model,
    builtIn: false,
    structuredOutput,
    contextWindowTokens: options.contextWindowTokens ?? 200_000,
    maxOutputTokens: options.maxOutputTokens ?? 4_096,
    stream: (request) =>
      providerStream({
        provider: id,
        request,
        read: (signal) => read(client, id, toParams(model, structuredOutput, request), request, signal),
        toError: (error) => anthropicError(id, error),
      }),
  };
}

function toParams(
  model: string,
  structuredOutput: boolean,
  { system, messages, maxOutputTokens, schema }: LanguageModelRequest,
): MessageCreateParamsStreaming {
  return {
    model,
    system,
    messages,
    max_tokens: maxOutputTokens,
    stream: true,
    ...(schema && structuredOutput
      ? { output_config: { format: { type: 'json_schema', schema: schema.jsonSchema } } }
      : {}),
  };
}

async function* read(
  client: Anthropic,
  provider: string,
  params: MessageCreateParamsStreaming,
  request: LanguageModelRequest,
  signal: AbortSignal,
): AsyncGenerator<LanguageModelEvent> {
  // The SDK's own time-out must never be the first to fire.
  const options = { signal, timeout: request.timeouts.totalMs + 60_000 };
  const { data: events, response } = await client.messages.create(params, options).withResponse();
  requireEventStream(provider, response);

  const usage = usageCounter();
  let stopReason: StopReason | null = null;
  for await (const event of events) {
    usage.add(event);
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') {
      yield { type: 'text', text: event.delta.text };
    } else if (event.type === 'content_block_start' && event.content_block.type === 'text') {
      yield { type: 'text', text: event.content_block.text };
    } else if (event.type === 'message_delta') {
      stopReason = event.delta.stop_reason ?? stopReason;
    } else if (event.type === 'message_stop') {
      requireWholeReply(provider, stopReason);
      yield { type: 'end', usage: usage.total() };
    }
  }
}

function requireWholeReply(provider: string, stopReason: StopReason | null): void {
  switch (stopReason) {
    case 'refusal':
      throw providerError(provider, 'refused');
    case 'max_tokens':
      throw providerError(provider, 'output_truncated');
    case 'model_context_window_exceeded':
      throw providerError(provider, 'context_exceeded');
    case 'tool_use':
    case 'pause_turn':
      throw providerError(provider, 'malformed_response', { detail: `stopped for ${stopReason}, with no tools given` });
    default:
      return;
  }
}

/** Input is told when a message starts, output with its deltas, both cumulative; cached input is counted apart. */
function usageCounter() {
  let known = false;
  let inputTokens = 0;
  let outputTokens = 0;
  return {
    add(event: RawMessageStreamEvent): void {
      const usage = event.type === 'message_start' ? event.message.usage : event.type === 'message_delta' ? event.usage : null;
      if (!usage) return;
      known = true;
      const input =
        (usage.input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
      inputTokens = Math.max(inputTokens, input);
      outputTokens = usage.output_tokens ?? outputTokens;
    },
    total: (): TokenUsage | null => (known ? { inputTokens, outputTokens, estimated: false } : null),
  };
}
