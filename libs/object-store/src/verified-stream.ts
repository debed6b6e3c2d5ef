import { createHash } from 'node:crypto';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';
import { corrupted, type ObjectStoreError } from './port.js';

/**
 * What a stream reads, held against its key on the way: when the content is not what its key says, the stream ends with
 * `corrupted` instead of its last bytes. Errors of the source arrive as `toError` makes them; closing it early closes the source.
 */
export function verifiedStream(key: string, source: Readable, toError: (error: unknown) => ObjectStoreError): Readable {
  const verifier = new Verifier(key, toError);
  // Errors reach whoever reads the verifier.
  pipeline(source, verifier, () => undefined);
  return verifier;
}

class Verifier extends Transform {
  readonly #hash = createHash('sha256');
  /** One chunk behind, so that nobody gets the whole of a damaged object. */
  #held: Uint8Array | null = null;

  constructor(
    private readonly key: string,
    private readonly toError: (error: unknown) => ObjectStoreError,
  ) {
    super();
  }

  override _transform(chunk: Uint8Array, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.#hash.update(chunk);
    const ready = this.#held;
    this.#held = chunk;
    callback(null, ready);
  }

  override _flush(callback: TransformCallback): void {
    if (this.key.endsWith(this.#hash.digest('hex'))) callback(null, this.#held);
    else callback(corrupted(this.key));
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    callback(error && this.toError(error));
  }
}
