import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { WebFetchError } from '../web-fetch-error.js';

export interface ReadBodyOptions {
  url: URL;
  /** The header's value. */
  contentEncoding: string | null;
  maxBytes: number;
  /** Whether to keep the first `maxBytes` of a longer body, instead of refusing it. */
  truncate: boolean;
  /** Called with each piece that arrives. */
  onPiece: () => void;
  signal: AbortSignal;
}

/** More layers are not sent by anything that means well. */
const maxLayers = 2;

const decoders: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body, unpacked, in as much memory as `maxBytes` and some buffers: unpacking stops at the limit, whatever is left.
 * @throws WebFetchError `too_large`, `response_invalid`, `interrupted`
 * @throws the signal's reason
 */
export async function readBody(body: Readable, { url, contentEncoding, maxBytes, truncate, onPiece, signal }: ReadBodyOptions): Promise<Uint8Array> {
  const layers = decodersOf(contentEncoding, url);
  let received = 0;
  const parts: Buffer[] = [];
  let length = 0;
  /** Set once the body as sent is over the limit. */
  let tooLarge: WebFetchError | null = null;

  async function* counted(): AsyncGenerator<Buffer> {
    for await (const piece of body as AsyncIterable<Buffer>) {
      onPiece();
      received += piece.length;
      if (received > maxBytes && layers.length > 0) throw (tooLarge = largerThan(url, maxBytes));
      yield piece;
    }
  }

  let source: AsyncIterable<Buffer> = counted();
  for (const create of layers) source = through(source, create(), signal);
  try {
    for await (const piece of source) {
      parts.push(piece);
      length += piece.length;
      if (length <= maxBytes) continue;
      if (!truncate) throw (tooLarge = largerThan(url, maxBytes));
      parts.push(parts.pop()!.subarray(0, piece.length - (length - maxBytes)));
      break;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw tooLarge ?? bodyError(error, url);
  } finally {
    // What is left of the body is not waited for.
    body.on('error', () => {}).destroy();
  }
  return Buffer.concat(parts);
}

export function largerThan(url: URL, maxBytes: number): WebFetchError {
  return new WebFetchError('too_large', `${url.href} is larger than ${maxBytes >= 1_000_000 ? `${maxBytes / 1_000_000} MB` : `${maxBytes} bytes`}.`, { url: url.href });
}

function decodersOf(contentEncoding: string | null, url: URL): (() => Transform)[] {
  const names = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const unknown = names.find((name) => !Object.hasOwn(decoders, name));
  if (unknown !== undefined || names.length > maxLayers) {
    throw new WebFetchError('response_invalid', `${url.href} is packed in a way that was not asked for (${names.join(', ')}).`, { url: url.href });
  }
  return names.reverse().map((name) => decoders[name]!);
}

/** As `stream.pipeline` to an iterable, which would hide the source's own error behind "premature close". */
async function* through(source: AsyncIterable<Buffer>, transform: Transform, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = () => transform.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  const feeding = feed(source, transform).catch((error: unknown) => {
    transform.destroy(error as Error);
  });
  try {
    yield* transform as AsyncIterable<Buffer>;
  } finally {
    signal.removeEventListener('abort', stop);
    transform.destroy();
    void feeding;
  }
}

async function feed(source: AsyncIterable<Buffer>, transform: Transform): Promise<void> {
  for await (const piece of source) {
    if (transform.destroyed) return;
    if (!transform.write(piece)) {
      await new Promise<void>((resolve) => {
        const done = () => {
          transform.off('drain', done).off('close', done);
          resolve();
        };
        transform.on('drain', done).on('close', done);
      });
    }
  }
  transform.end();
}

function bodyError(error: unknown, url: URL): WebFetchError {
  if (error instanceof WebFetchError) return error;
  // Of zlib and of Brotli, which names its errors ERR__ERROR_FORMAT_….
  if (/^(Z_|ERR_BROTLI|ERR_ZLIB|ERR__ERROR_FORMAT)/.test((error as NodeJS.ErrnoException).code ?? '')) {
    return new WebFetchError('response_invalid', `${url.href} could not be unpacked: it is broken.`, { url: url.href, cause: error });
  }
  return new WebFetchError('interrupted', `${url.host} broke off before the end of ${url.href}.`, { url: url.href, cause: error });
}
