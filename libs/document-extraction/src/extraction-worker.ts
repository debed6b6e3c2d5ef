import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ExtractedFile, FileToExtract } from './extracted-file.js';
import { ExtractionError } from './extraction-error.js';
import type { ExtractionLimits } from './extraction-limits.js';
import type { ExtractionAnswer, ExtractionThreadData } from './extraction-thread.js';

interface Running {
  file: FileToExtract;
  resolve(file: ExtractedFile): void;
  reject(reason: unknown): void;
  timer: NodeJS.Timeout | null;
}

const youngGenerationMb = 32;
const stackMb = 4;

/**
 * One thread, which reads one file at a time. When the file takes the thread's time or memory, or is given up, the thread is ended
 * and this worker is {@link lost}: others take its place.
 */
export class ExtractionWorker {
  readonly #worker: Worker;
  readonly #limits: ExtractionLimits;
  #running: Running | null = null;
  #ready = false;
  #lost = false;
  #taken = 0;

  constructor(limits: ExtractionLimits) {
    this.#limits = limits;
    // From dist as JavaScript, from source as TypeScript, whose types Node strips.
    const entry = new URL(`./extraction-thread${extname(import.meta.url)}`, import.meta.url);
    this.#worker = new Worker(entry, {
      workerData: { limits } satisfies ExtractionThreadData,
      name: 'document-extraction',
      resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb, maxYoungGenerationSizeMb: youngGenerationMb, stackSizeMb: stackMb },
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: ExtractionAnswer) => this.#take(answer));
    this.#worker.on('messageerror', (error) => this.#lose(interrupted(error)));
    this.#worker.on('error', (error: Error & { code?: string }) => this.#lose(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? outOfMemory() : interrupted(error)));
    this.#worker.on('exit', () => this.#lose(interrupted()));
  }

  /** Whether the thread is gone. */
  get lost(): boolean {
    return this.#lost;
  }

  /** How many files it has taken up. */
  get taken(): number {
    return this.#taken;
  }

  /** Hands the bytes over to the thread. One file at a time. */
  run(file: FileToExtract): Promise<ExtractedFile> {
    this.#taken += 1;
    this.#worker.ref();
    const { promise, resolve, reject } = Promise.withResolvers<ExtractedFile>();
    this.#running = { file, resolve, reject, timer: null };
    if (this.#ready) this.#send(this.#running);
    return promise;
  }

  /** Ends the thread; the file that it reads fails with the reason. */
  async end(reason: unknown): Promise<void> {
    this.#lose(reason);
    await this.#worker.terminate();
  }

  #take(answer: ExtractionAnswer): void {
    if (answer.kind === 'ready') {
      this.#ready = true;
      if (this.#running) this.#send(this.#running);
      return;
    }
    const running = this.#settle();
    if (answer.kind === 'extracted') running?.resolve(answer.file);
    else running?.reject(answer.code === 'out_of_memory' ? outOfMemory() : new ExtractionError(answer.code, answer.message));
  }

  #send(running: Running): void {
    const { timeoutMs } = this.#limits;
    running.timer = setTimeout(() => void this.end(timedOut(timeoutMs)), timeoutMs);
    const bytes = ownBytes(running.file.bytes);
    const { fileName, contentType, url } = running.file;
    this.#worker.postMessage({ bytes, fileName, contentType, url } satisfies FileToExtract, [bytes.buffer]);
  }

  #settle(): Running | null {
    const running = this.#running;
    this.#running = null;
    this.#worker.unref();
    if (running?.timer) clearTimeout(running.timer);
    return running;
  }

  #lose(reason: unknown): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#settle()?.reject(reason);
  }
}

/** The same array when all of its memory may be handed over, else a copy: small buffers of Node's share one memory. */
function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes;
  return buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength ? new Uint8Array(buffer) : Uint8Array.from(bytes);
}

function timedOut(timeoutMs: number): ExtractionError {
  return new ExtractionError('timed_out', `Reading the file took longer than ${Math.round(timeoutMs / 100) / 10} seconds and was given up. Give it in several smaller files, or save it in a simpler format.`);
}

function outOfMemory(): ExtractionError {
  return new ExtractionError('out_of_memory', 'Reading the file took more memory than one document may take. Give it in several smaller files.');
}

function interrupted(cause?: unknown): ExtractionError {
  return new ExtractionError('interrupted', 'Reading the file was interrupted. Try again.', { cause });
}
