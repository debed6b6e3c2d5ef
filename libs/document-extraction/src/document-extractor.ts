import type { ExtractedFile, FileToExtract } from './extracted-file.js';
import { ExtractionError } from './extraction-error.js';
import { defaultExtractionLimits, type ExtractionLimits } from './extraction-limits.js';
import { ExtractionWorker } from './extraction-worker.js';

export interface DocumentExtractorOptions {
  /** Files that are read at once, each in a thread of its own. Default 1. */
  threads?: number;
  /** Files that may wait for a thread. Default 1,000. */
  maxWaiting?: number;
  limits?: Partial<ExtractionLimits>;
}

export interface DocumentExtractor {
  /**
   * What a file says, as Markdown. Waits for a free thread. The bytes are handed over: do not use them afterwards.
   * @throws ExtractionError with a code, and a message for the curator who gave the file
   * @throws the signal's reason, when it is aborted; the thread that read the file is ended at once
   */
  extract(file: FileToExtract, options?: { signal?: AbortSignal | undefined }): Promise<ExtractedFile>;
  /** Ends all threads. What is still read or waits fails with `closed`. */
  close(): Promise<void>;
}

interface Waiting {
  file: FileToExtract;
  signal: AbortSignal | undefined;
  /** Gives the thread's answer to who waits for it. */
  settle: (answer: Promise<ExtractedFile>) => void;
}

/** A thread is replaced after so many files, whatever the libraries in it have kept. */
const filesPerThread = 1_000;

/**
 * Reads files in threads with limits on time and memory. Threads start at the first need; idle ones do not keep the process alive.
 * A file that takes a thread down fails alone.
 */
export function createDocumentExtractor(options: DocumentExtractorOptions = {}): DocumentExtractor {
  return new ThreadedExtractor(options.threads ?? 1, options.maxWaiting ?? 1_000, { ...defaultExtractionLimits, ...options.limits });
}

class ThreadedExtractor implements DocumentExtractor {
  readonly #threads: number;
  readonly #maxWaiting: number;
  readonly #limits: ExtractionLimits;
  readonly #waiting = new Set<Waiting>();
  readonly #busy = new Set<ExtractionWorker>();
  readonly #idle: ExtractionWorker[] = [];
  #closed = false;

  constructor(threads: number, maxWaiting: number, limits: ExtractionLimits) {
    this.#threads = threads;
    this.#maxWaiting = maxWaiting;
    this.#limits = limits;
  }

  async extract(file: FileToExtract, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<ExtractedFile> {
    signal?.throwIfAborted();
    if (this.#closed) throw closed();
    if (this.#waiting.size >= this.#maxWaiting) throw new ExtractionError('overloaded', 'Too many files wait to be read. Try again later.');
    const { promise, resolve } = Promise.withResolvers<ExtractedFile>();
    const waiting: Waiting = { file, signal, settle: resolve };
    const giveUp = () => this.#waiting.delete(waiting) && resolve(Promise.reject(signal?.reason as Error));
    signal?.addEventListener('abort', giveUp);
    this.#waiting.add(waiting);
    this.#startNext();
    try {
      return await promise;
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { settle } of this.#waiting) settle(Promise.reject(closed()));
    this.#waiting.clear();
    await Promise.all([...this.#busy, ...this.#idle].map((worker) => worker.end(closed())));
  }

  #startNext(): void {
    const [next] = this.#waiting;
    if (!next || this.#closed || this.#busy.size >= this.#threads) return;
    this.#waiting.delete(next);
    void this.#run(next);
  }

  async #run({ file, signal, settle }: Waiting): Promise<void> {
    const worker = this.#takeWorker();
    this.#busy.add(worker);
    const abort = () => void worker.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    const answer = worker.run(file);
    settle(answer);
    await answer.catch(() => undefined);
    signal?.removeEventListener('abort', abort);
    this.#busy.delete(worker);
    this.#giveBack(worker);
    this.#startNext();
  }

  #takeWorker(): ExtractionWorker {
    for (let worker = this.#idle.pop(); worker; worker = this.#idle.pop()) if (!worker.lost) return worker;
    return new ExtractionWorker(this.#limits);
  }

  #giveBack(worker: ExtractionWorker): void {
    if (this.#closed || worker.taken >= filesPerThread) void worker.end(closed());
    else if (!worker.lost) this.#idle.push(worker);
  }
}

function closed(): ExtractionError {
  return new ExtractionError('closed', 'Reading files has been stopped. Try again later.');
}
