import { type Embedder, EmbedderError } from '../port.js';
import { requestBatches, type RequestLimits } from './request-batches.js';
import { unitVectors } from './unit-vectors.js';

export interface RemoteLimits extends RequestLimits {
  /** Longer texts are cut: their beginning says what they are about, and a service refuses what its model cannot take. */
  maxTextCharacters: number;
  /** For one request, its answer read to the end. */
  timeoutMs: number;
}

export const defaultLimits: RemoteLimits = { maxTexts: 64, maxTokens: 100_000, maxTextCharacters: 8_000, timeoutMs: 60_000 };

export interface RemoteService {
  /** Asks for the vectors of the texts, in their order. May give anything: it is checked. */
  request(texts: readonly string[], signal: AbortSignal): Promise<unknown>;
  /** What it throws, as an error of the port. */
  toError(error: unknown): EmbedderError;
}

/**
 * What embedders behind a network have in common: texts that no service refuses, requests that each fit its limits one after the
 * other, a time limit, and vectors that are checked and made of length 1. It tries nothing again: who calls has the patience.
 */
export class RemoteEmbedder implements Embedder {
  readonly maxBatch = 256;
  readonly #limits: RemoteLimits;
  readonly #closed = new AbortController();

  constructor(
    readonly id: string,
    readonly dimensions: number,
    private readonly service: RemoteService,
    limits: Partial<RemoteLimits> = {},
  ) {
    this.#limits = { ...defaultLimits, ...limits };
  }

  async embed(texts: readonly string[], { signal }: { signal?: AbortSignal } = {}): Promise<Float32Array[]> {
    if (texts.length > this.maxBatch) {
      throw new EmbedderError('batch_too_large', `${texts.length} texts in one call, at most ${this.maxBatch} are taken.`);
    }
    const vectors: Float32Array[] = [];
    for (const batch of requestBatches(texts.map((text) => this.#acceptable(text)), this.#limits)) {
      vectors.push(...(await this.#request(batch, signal)));
    }
    return vectors;
  }

  /** Learns whether the service answers, takes the key and gives vectors of the right length. */
  async warmUp(): Promise<void> {
    await this.embed(['A first text shows whether the service answers.']);
  }

  async close(): Promise<void> {
    this.#closed.abort();
  }

  async #request(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    const timeout = AbortSignal.timeout(this.#limits.timeoutMs);
    const any = AbortSignal.any([timeout, this.#closed.signal, ...(signal ? [signal] : [])]);
    try {
      any.throwIfAborted();
      const answer = await this.service.request(texts, any);
      return unitVectors(this.id, answer, { count: texts.length, dimensions: this.dimensions });
    } catch (error) {
      signal?.throwIfAborted();
      if (this.#closed.signal.aborted) throw new EmbedderError('closed', 'The embedder was closed.');
      if (timeout.aborted) throw new EmbedderError('timed_out', `${this.id} did not answer within ${this.#limits.timeoutMs} ms.`, { cause: error });
      throw error instanceof EmbedderError ? error : this.service.toError(error);
    }
  }

  #acceptable(text: string): string {
    const cut = text.slice(0, this.#limits.maxTextCharacters);
    // Services refuse an empty text; a full stop means as little.
    return cut.trim() === '' ? '.' : cut.replace(/[\uD800-\uDBFF]$/, '');
  }
}
