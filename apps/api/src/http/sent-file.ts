import { pipeline } from 'node:stream/promises';
import { DomainError } from '@dramatis/contracts/errors';
import busboy from 'busboy';
import type { Request } from 'express';

/**
 * The one file of a multipart request, in memory.
 * @throws DomainError unsupported_media_type, payload_too_large; invalid_request where there is none or the body breaks off
 */
export async function sentFile(request: Request, maxBytes: number): Promise<Buffer> {
  const parser = parserOf(request, maxBytes);
  const chunks: Buffer[] = [];
  let files = 0;
  let tooLarge = false;
  parser.on('file', (_field, stream) => {
    files += 1;
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('limit', () => (tooLarge = true));
    stream.on('error', () => undefined);
  });
  try {
    await pipeline(request, parser);
  } catch (cause) {
    throw new DomainError('invalid_request.upload_broken_off', {}, { cause });
  }
  if (files === 0) throw new DomainError('invalid_request.one_file');
  if (tooLarge) throw new DomainError('payload_too_large.file', { megabytes: maxBytes / 1024 / 1024 });
  return Buffer.concat(chunks);
}

function parserOf(request: Request, maxBytes: number): busboy.Busboy {
  try {
    // One byte more than is accepted shows that there was more.
    return busboy({ headers: request.headers, limits: { fileSize: maxBytes + 1, files: 1, fields: 0 } });
  } catch (cause) {
    throw new DomainError('unsupported_media_type.file', {}, { cause });
  }
}
