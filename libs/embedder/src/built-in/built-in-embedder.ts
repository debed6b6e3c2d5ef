import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Embedder, EmbedderError } from '../port.js';
import { InferenceClient } from './inference-client.js';
import { lengthBatches } from './length-batches.js';
import { createTokenize, type Tokenize } from './tokenize.js';

export interface BuiltInEmbedderOptions {
  /** Folder with `model.onnx` and `tokenizer.json` of all-MiniLM-L6-v2, quantised to 8 bits. */
  modelDir: string;
  /** Threads that one inference uses. Default 1: for a query's few tokens more are slower. */
  intraOpThreads?: number;
}

/** A passage and its headings fit; what is longer is cut. The model itself takes 512. */
const maxTokens = 384;
/** Padded tokens that go to the thread at once: about 0.1 s, after which a cancellation is seen. */
const maxBatchTokens = 256;

/**
 * Sentence embeddings of all-MiniLM-L6-v2 in a thread of this process, without any network: 384 dimensions.
 * The thread starts with {@link Embedder.warmUp} or the first call.
 */
export function createBuiltInEmbedder(options: BuiltInEmbedderOptions): Embedder {
  return new BuiltInEmbedder(options);
}

export const builtInEmbedderId = 'all-MiniLM-L6-v2/int8/384';

class BuiltInEmbedder implements Embedder {
  readonly id = builtInEmbedderId;
  readonly dimensions = 384;
  readonly maxBatch = 256;
  readonly #modelDir: string;
  readonly #inference: InferenceClient;
  #tokenize: Promise<Tokenize> | null = null;

  constructor(options: BuiltInEmbedderOptions) {
    this.#modelDir = options.modelDir;
    this.#inference = new InferenceClient({
      modelPath: join(options.modelDir, 'model.onnx'),
      intraOpThreads: options.intraOpThreads ?? 1,
    });
  }

  async embed(texts: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<Float32Array[]> {
    if (texts.length > this.maxBatch) {
      throw new EmbedderError('batch_too_large', `${texts.length} texts in one call, at most ${this.maxBatch} are taken.`);
    }
    signal?.throwIfAborted();
    const tokenize = await this.#load();
    const tokens = texts.map(tokenize);
    const vectors = new Array<Float32Array>(texts.length);
    const batches = lengthBatches(
      tokens.map((ids) => ids.length),
      maxBatchTokens,
    );
    for (const batch of batches) {
      signal?.throwIfAborted();
      const rows = batch.map((index) => tokens[index]!);
      const flat = await this.#inference.run(
        Int32Array.from(rows.flat()),
        rows.map((row) => row.length),
      );
      for (const [row, index] of batch.entries()) vectors[index] = flat.slice(row * this.dimensions, (row + 1) * this.dimensions);
    }
    return vectors;
  }

  async warmUp(): Promise<void> {
    await this.#load();
    await this.#inference.start();
    await this.embed(['A first text takes longer than those after it.']);
  }

  async close(): Promise<void> {
    await this.#inference.close();
  }

  /** Fails before the thread starts when a file is missing, and tries again at the next call. */
  #load(): Promise<Tokenize> {
    this.#tokenize ??= this.#readTokenizer().catch((error: unknown) => {
      this.#tokenize = null;
      const message = `The built-in embedder needs model.onnx and tokenizer.json in ${this.#modelDir}: ${(error as Error).message}`;
      throw new EmbedderError('model_unusable', message, { cause: error });
    });
    return this.#tokenize;
  }

  async #readTokenizer(): Promise<Tokenize> {
    await access(join(this.#modelDir, 'model.onnx'));
    const json: unknown = JSON.parse(await readFile(join(this.#modelDir, 'tokenizer.json'), 'utf8'));
    return createTokenize(json as object, maxTokens);
  }
}
