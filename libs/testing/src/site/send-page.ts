import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, constants, createBrotliCompress, createGzip, gzipSync } from 'node:zlib';
import { contentTypeOf, type SiteFault, type SitePage } from './site-page.js';

/** Sends a page, or fails as it says. `changedAt` is for Last-Modified. Gives the status, null when there was none. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: SitePage, changedAt: Date): number | null {
  const { status = 200, headers = {}, encoding, fault } = page;
  if (fault?.kind === 'hang') return null;
  if (fault?.kind === 'garbage') {
    request.socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    return null;
  }
  const plain = Buffer.from(page.body ?? '');
  const body = encoding === 'gzip' ? gzipSync(plain) : encoding === 'br' ? brotliCompressSync(plain) : plain;
  const all: Record<string, string> = { 'content-type': contentTypeOf(request.url ?? '/'), ...(encoding && { 'content-encoding': encoding }) };
  if (page.validators ?? (status === 200 && !fault)) {
    all['etag'] = `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`;
    all['last-modified'] = changedAt.toUTCString();
    if (isKnown(request, all)) {
      response.writeHead(304, { etag: all['etag'], 'last-modified': all['last-modified'] }).end();
      return 304;
    }
  }
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  for (const [name, value] of Object.entries(all)) if (value !== '') response.setHeader(name, value);
  response.statusCode = status;
  if (fault) sendFault(response, body, fault);
  else response.end(body);
  return status;
}

function isKnown({ headers }: IncomingMessage, { etag, 'last-modified': changed }: Record<string, string>): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  const since = headers['if-modified-since'];
  return since !== undefined && Date.parse(since) >= Date.parse(changed!);
}

function sendFault(response: ServerResponse, body: Buffer, fault: Exclude<SiteFault, { kind: 'hang' | 'garbage' }>): void {
  switch (fault.kind) {
    case 'endless':
      stream(Readable.from(endless()), response);
      break;
    case 'drip': {
      response.flushHeaders();
      const timer = setInterval(() => response.write('.'), fault.intervalMs);
      response.once('close', () => clearInterval(timer));
      break;
    }
    case 'stall':
      response.write(body.subarray(0, fault.afterBytes));
      break;
    case 'cut':
      response.setHeader('content-length', body.length);
      response.write(body.subarray(0, fault.afterBytes), () => response.destroy());
      break;
    case 'bomb': {
      response.setHeader('content-encoding', fault.encoding);
      const packer = fault.encoding === 'gzip' ? createGzip() : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
      stream(Readable.from(zeros(fault.megabytes)), packer, response);
      break;
    }
    case 'broken_encoding':
      response.setHeader('content-encoding', 'gzip');
      response.end(body);
  }
}

/** Until the other side has enough of it. */
function stream(...parts: [Readable, ...NodeJS.WritableStream[]]): void {
  pipeline(parts as unknown as [Readable, NodeJS.WritableStream]).catch(() => {});
}

function* endless(): Generator<Buffer> {
  const piece = Buffer.alloc(65_536, '<p>And so on. </p>\n');
  for (;;) yield piece;
}

function* zeros(megabytes: number): Generator<Buffer> {
  const megabyte = Buffer.alloc(1_000_000);
  for (let i = 0; i < megabytes; i += 1) yield megabyte;
}
