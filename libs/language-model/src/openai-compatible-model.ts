import type { TokenUsage } from '@dramatis/contracts/turn';
import type OpenAI from 'openai';
import type { ChatCompletionChunk, ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import { createDoneMarkerFetch, type DoneMarkerFetch } from './done-marker.js';
import { requireEventStream } from './event-stream.js';
import { createOpenAiClient, openAiBaseUrl } from './openai-client.js';
import { openAiError, type OpenAiErrorBody, openAiErrorCode } from './openai-errors.js';
import { type LanguageModel, LanguageModelError, type LanguageModelEvent, type LanguageModelRequest } from './port.js';
import { providerError } from './provider-error.js';
import { providerStream } from './provider-stream.js';

export interface OpenAiCompatibleModelOptions {
  /** Provider's id in the route. */
  id: string;
  /** Absent: no `Authorization` header is sent, as local servers like it. */
  apiKey?: string;
  /** Up to and with the version, for example `http://localhost:11434/v1`. Default: OpenAI's own. */
  baseUrl?: string;
  model: string;
  /** Whether the server enforces a strict `json_schema` response format. */
  structuredOutput: boolean;
  /** Default: 128,000 at OpenAI, else 8,192, since a local server may cut longer prompts without a word. */
  contextWindowTokens?: number;
  /** Default: 4,096, and at most a quarter of the context window. */
  maxOutputTokens?: number;
}

/** A model behind the chat completions API of OpenAI, vLLM, LM Studio, Ollama, llama.cpp or a server like them. */
export function createOpenAiCompatibleModel(options: OpenAiCompatibleModelOptions): LanguageModel {
  const { id, apiKey, model, structuredOutput, baseUrl = openAiBaseUrl } = options;
  const isOpenAi = isOpenAiUrl(baseUrl);
  const contextWindowTokens = options.contextWindowTokens ?? (isOpenAi ? 128_000 : 8_192);
  const doneMarker = createDoneMarkerFetch();
  const client = createOpenAiClient({ apiKey, baseUrl, fetch: doneMarker.fetch });
  return {
    id,
    model,
    builtIn: false,
    structuredOutput,
    contextWindowTokens,
    maxOutputTokens: options.maxOutputTokens ?? Math.min(4_096, Math.floor(contextWindowTokens / 4)),
    stream: (request) =>
      providerStream({
        provider: id,
        request,
        read: (signal) =>
          read({ client, doneMarker, provider: id, params: toParams(model, structuredOutput, isOpenAi, request), request, signal }),
        toError: (error) => openAiError(id, error),
      }),
  };
}

/** Whether an address is OpenAI's own, whose newest models differ from what other servers understand. */
export function isOpenAiUrl(baseUrl: string): boolean {
  return new URL(baseUrl).hostname === new URL(openAiBaseUrl).hostname;
}

function toParams(
  model: string,
  structuredOutput: boolean,
  isOpenAi: boolean,
  { system, messages, maxOutputTokens, schema }: LanguageModelRequest,
): ChatCompletionCreateParamsStreaming {
  return {
    model,
    messages: [{ role: 'system', content: system }, ...messages],
    stream: true,
    stream_options: { include_usage: true },
    // OpenAI's reasoning models refuse `max_tokens`; many other servers know nothing else.
    ...(isOpenAi ? { max_completion_tokens: maxOutputTokens } : { max_tokens: maxOutputTokens }),
    ...(schema && structuredOutput
      ? {
          response_format: {
            type: 'json_schema',
            json_schema: { name: schema.name, schema: schema.jsonSchema, strict: true },
          },
        }
      : {}),
  };
}

interface Reading {
  client: OpenAI;
  doneMarker: DoneMarkerFetch;
  provider: string;
  params: ChatCompletionCreateParamsStreaming;
  request: LanguageModelRequest;
  signal: AbortSignal;
}

async function* read({ client, doneMarker, provider, params, request, signal }: Reading): AsyncGenerator<LanguageModelEvent> {
  // The SDK's own time-out must never be the first to fire.
  const options = { signal, timeout: request.timeouts.totalMs + 60_000 };
  const { data: chunks, response } = await client.chat.completions.create(params, options).withResponse();
  requireEventStream(provider, response);

  let finishReason = '';
  let usage: TokenUsage | null = null;
  try {
    for await (const chunk of chunks) {
      requireNoError(provider, chunk);
      usage = usageOf(chunk) ?? usage;
      const choice = chunk.choices?.[0];
      if (choice?.delta?.refusal) throw providerError(provider, 'refused', { detail: choice.delta.refusal });
      if (choice?.delta?.content) yield { type: 'text', text: choice.delta.content };
      finishReason = choice?.finish_reason || finishReason;
    }
  } catch (error) {
    // Nothing but the usage can follow the finish reason, so a connection that breaks after it cut nothing off.
    const isWhole =
      finishReason !== '' && !(error instanceof LanguageModelError) && openAiError(provider, error).code === 'interrupted';
    if (!isWhole) throw error;
  }
  if (signal.aborted || (finishReason === '' && !doneMarker.sawDone(response))) return;
  requireWholeReply(provider, finishReason);
  yield { type: 'end', usage };
}

/** Some servers send the error as the event itself, where the SDK looks only for an `error` within it. */
function requireNoError(provider: string, chunk: ChatCompletionChunk): void {
  if (typeof chunk !== 'object' || chunk === null) throw providerError(provider, 'malformed_response', { detail: 'an event that is no object' });
  if ((chunk.object as string) !== 'error') return;
  const body = chunk as OpenAiErrorBody;
  throw providerError(provider, openAiErrorCode(body), { detail: body.message });
}

/** Finish reasons of OpenAI and, for servers that have their own, the words seen in use. An unknown one is an end. */
function requireWholeReply(provider: string, finishReason: string): void {
  switch (finishReason.toLowerCase()) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      throw providerError(provider, 'output_truncated');
    case 'content_filter':
    case 'safety':
      throw providerError(provider, 'refused');
    case 'tool_calls':
    case 'function_call':
      throw providerError(provider, 'malformed_response', { detail: `finished with ${finishReason}, with no tools given` });
    case 'abort':
    case 'error':
      throw providerError(provider, 'interrupted', { detail: `finished with ${finishReason}` });
    case 'insufficient_system_resource':
      throw providerError(provider, 'overloaded', { detail: finishReason });
  }
}

function usageOf({ usage }: ChatCompletionChunk): TokenUsage | null {
  if (typeof usage?.prompt_tokens !== 'number' || typeof usage.completion_tokens !== 'number') return null;
  return { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens, estimated: false };
}
