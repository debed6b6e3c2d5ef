import { createOpenAiClient } from '@dramatis/language-model/openai-client';
import { APIConnectionError, APIError } from 'openai';
import { type Embedder, EmbedderError } from '../port.js';
import { RemoteEmbedder, type RemoteLimits } from './remote-embedder.js';
import { connectionError, serviceError } from './service-error.js';

export interface OpenAiEmbedderOptions {
  /** Absent: no `Authorization` header is sent, as local servers like it. */
  apiKey?: string;
  /** Up to and with the version, for example `http://localhost:8080/v1`. Default: OpenAI's own. */
  baseUrl?: string;
  model: string;
  /** Of its vectors. Models of the family text-embedding-3 are asked to shorten theirs; others must give as many. */
  dimensions: number;
  limits?: Partial<RemoteLimits>;
}

/** A model behind the embeddings API of OpenAI, vLLM, Text Embeddings Inference, LM Studio or a server like them. */
export function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Embedder {
  const { apiKey, baseUrl, model, dimensions, limits } = options;
  const id = `openai/${model}/${dimensions}`;
  const client = createOpenAiClient({ apiKey, baseUrl });
  const shortens = model.startsWith('text-embedding-3');
  return new RemoteEmbedder(
    id,
    dimensions,
    {
      async request(texts, signal) {
        const body = { model, input: [...texts], encoding_format: 'float' as const, ...(shortens ? { dimensions } : {}) };
        const { data } = await client.embeddings.create(body, { signal });
        // In their order, whatever the order of the answer.
        return Array.isArray(data) ? [...data].sort((a, b) => a.index - b.index).map(({ embedding }) => embedding) : data;
      },
      toError: (error) => openAiError(id, error),
    },
    limits,
  );
}

function openAiError(id: string, error: unknown): EmbedderError {
  if (error instanceof APIConnectionError) return connectionError(id, error);
  if (error instanceof APIError && typeof error.status === 'number') {
    const { status, headers, message, code, type } = error as APIError<number, Headers>;
    return serviceError(id, { status, headers, message, quotaSpent: status === 429 && [code, type].includes('insufficient_quota'), cause: error });
  }
  if (error instanceof SyntaxError || error instanceof TypeError) return malformedOrBroken(id, error);
  return connectionError(id, error);
}

/** fetch calls a body that breaks off a TypeError too; then it has a cause. */
function malformedOrBroken(id: string, error: Error): EmbedderError {
  if (error instanceof TypeError && error.cause !== undefined) return connectionError(id, error);
  return new EmbedderError('malformed_response', `${id} answered something else than embeddings.`, { cause: error });
}
