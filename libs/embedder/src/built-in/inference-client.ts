import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { EmbedderError } from '../port.js';
import type { InferenceAnswer, InferenceRequest, InferenceThreadData } from './inference-thread.js';

interface Pending {
  resolve(vectors: Float32Array): void;
  reject(error: EmbedderError): void;
}

/**
 * Owns the inference thread: starts it at the first need, again after it was lost, and gives each answer to who asked.
 * A waiting request keeps the process alive, an idle thread does not.
 */
export class InferenceClient {
  readonly #data: InferenceThreadData;
  readonly #pending = new Map<number, Pending>();
  #worker: Worker | null = null;
  #lastId = 0;
  #closed = false;

  constructor(data: InferenceThreadData) {
    this.#data = data;
  }

  /** Waits until the model is loaded. */
  async start(): Promise<void> {
    if (!this.#worker) await this.#startWorker();
  }

  /** Vectors of length 1, one after the other, for the texts whose token ids are given. */
  run(tokenIds: Int32Array, lengths: number[]): Promise<Float32Array> {
    if (this.#closed) return Promise.reject(new EmbedderError('closed', 'The embedder was closed.'));
    if (!this.#worker) this.#startWorker().catch(() => undefined);
    const worker = this.#worker!;
    this.#lastId += 1;
    const request: InferenceRequest = { id: this.#lastId, tokenIds, lengths };
    return this.#expect(worker, request.id, () => worker.postMessage(request, [tokenIds.buffer as ArrayBuffer]));
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #startWorker(): Promise<Float32Array> {
    // From dist as JavaScript, from source as TypeScript, whose types Node strips.
    const entry = new URL(`./inference-thread${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(entry, { workerData: this.#data, name: 'embedder' });
    this.#worker = worker;
    worker.unref();
    worker.on('message', (answer: InferenceAnswer) => this.#settle(worker, answer));
    worker.on('error', (error: Error) => this.#lose(worker, new EmbedderError('unavailable', `The embedder's thread failed: ${error.message}`, { cause: error })));
    worker.on('exit', () => this.#lose(worker, new EmbedderError(this.#closed ? 'closed' : 'unavailable', "The embedder's thread ended.")));
    return this.#expect(worker, 0, () => undefined);
  }

  #expect(worker: Worker, id: number, send: () => void): Promise<Float32Array> {
    const answer = new Promise<Float32Array>((resolve, reject) => this.#pending.set(id, { resolve, reject }));
    worker.ref();
    send();
    return answer;
  }

  #settle(worker: Worker, answer: InferenceAnswer): void {
    const pending = this.#pending.get(answer.id);
    this.#pending.delete(answer.id);
    if (this.#pending.size === 0) worker.unref();
    if ('error' in answer) pending?.reject(new EmbedderError('unavailable', `The embedding failed: ${answer.error}`));
    else pending?.resolve(answer.vectors);
  }

  #lose(worker: Worker, error: EmbedderError): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const pending of lost) pending.reject(error);
  }
}
