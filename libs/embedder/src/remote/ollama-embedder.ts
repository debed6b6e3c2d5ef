import { type Embedder, EmbedderError } from '../port.js';
import { RemoteEmbedder, type RemoteLimits } from './remote-embedder.js';
import { connectionError, serviceError } from './service-error.js';

export interface OllamaEmbedderOptions {
  /** Default: `http://127.0.0.1:11434`. */
  baseUrl?: string;
  /** One that was pulled, for example `nomic-embed-text`. */
  model: string;
  /** Of its vectors. */
  dimensions: number;
  limits?: Partial<RemoteLimits>;
}

export const ollamaBaseUrl = 'http://127.0.0.1:11434';

/** A model that Ollama runs, by its own API, which cuts what is longer than the model's context. */
export function createOllamaEmbedder(options: OllamaEmbedderOptions): Embedder {
  const { model, dimensions, limits, baseUrl = ollamaBaseUrl } = options;
  const id = `ollama/${model}/${dimensions}`;
  const url = `${baseUrl.replace(/\/+$/, '')}/api/embed`;
  return new RemoteEmbedder(
    id,
    dimensions,
    {
      async request(texts, signal) {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ model, input: texts, truncate: true }),
          signal,
        });
        const text = await response.text();
        const body = parse(text);
        if (!response.ok) {
          const message = typeof body?.error === 'string' ? body.error : text;
          throw serviceError(id, { status: response.status, headers: response.headers, message });
        }
        if (body === null) throw new EmbedderError('malformed_response', `${id} answered something else than embeddings.`);
        return body.embeddings;
      },
      toError: (error) => connectionError(id, error),
    },
    limits,
  );
}

function parse(text: string): { embeddings?: unknown; error?: unknown } | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' ? body : null;
  } catch {
    return null;
  }
}
