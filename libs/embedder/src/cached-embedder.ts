import type { Embedder } from './port.js';

export interface CachedEmbedderOptions {
  /** Vectors kept, the least recently used go first. Default 1,000: 1.5 MB at 384 dimensions. */
  maxEntries?: number;
}

/**
 * Remembers the vectors of single texts, which are queries: people ask suggested questions again and again. Batches, which are
 * passages, go straight through. Texts asked for at the same time are embedded once.
 */
export function createCachedEmbedder(embedder: Embedder, { maxEntries = 1_000 }: CachedEmbedderOptions = {}): Embedder {
  const vectors = new Map<string, Promise<Float32Array[]>>();

  function embedOne(text: string): Promise<Float32Array[]> {
    const known = vectors.get(text);
    vectors.delete(text);
    const vector = known ?? embedder.embed([text]);
    vectors.set(text, vector);
    if (vectors.size > maxEntries) vectors.delete(vectors.keys().next().value!);
    if (!known) {
      vector.catch(() => {
        if (vectors.get(text) === vector) vectors.delete(text);
      });
    }
    return vector;
  }

  return {
    id: embedder.id,
    dimensions: embedder.dimensions,
    maxBatch: embedder.maxBatch,
    warmUp: () => embedder.warmUp(),
    close: () => embedder.close(),
    async embed(texts, options = {}) {
      if (texts.length !== 1) return embedder.embed(texts, options);
      options.signal?.throwIfAborted();
      return unlessAborted(embedOne(texts[0]!), options.signal);
    },
  };
}

/** The work goes on, since others may wait for it, but who aborted does not. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
