import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { embedText } from './embed-text.js';
import { type EmbeddingFormat, embeddingFormats } from './wire-formats.js';

/** What can be wrong with an embedding service's answer. */
export type EmbeddingFault =
  /** An HTTP error in the vendor's own shape. `retryAfter` is the header's text. */
  | { kind: 'status'; status: number; code?: string; retryAfter?: string }
  | { kind: 'reset'; at: 'before_headers' | 'mid_body' }
  /** Nothing more comes; the connection stays open. */
  | { kind: 'hang'; at: 'before_headers' | 'mid_body' }
  | { kind: 'malformed_json' }
  /** A web page with status 200, as proxies give. */
  | { kind: 'html' }
  /** JSON without any vectors. */
  | { kind: 'no_vectors' }
  | { kind: 'wrong_dimensions' }
  /** One vector too few. */
  | { kind: 'wrong_count' }
  /** A vector with null among its numbers, which is how JSON writes NaN. */
  | { kind: 'not_a_number' }
  | { kind: 'zero_vector' }
  /** The right vectors in another order, where the format numbers them. */
  | { kind: 'shuffled' };

export interface EmbeddingServerOptions {
  /** Default: 64. */
  dimensions?: number;
  /** How long the embedding of one text takes. Default: 0. */
  delayPerTextMs?: number;
}

export interface EmbeddingRequest {
  vendor: EmbeddingFormat['vendor'];
  model: string;
  texts: string[];
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

export interface EmbeddingServer {
  readonly url: string;
  readonly openaiBaseUrl: string;
  readonly ollamaBaseUrl: string;
  /** Each fault meets one request, in order; after them the server answers well. */
  script(...faults: EmbeddingFault[]): void;
  /** Requests so far, oldest first. */
  readonly requests: readonly EmbeddingRequest[];
  reset(): void;
  stop(): Promise<void>;
}

/** As OpenAI's models: longer texts are refused. */
const maxTextTokens = 8_192;

/**
 * A stand-in for embedding services on real HTTP: it speaks OpenAI's and Ollama's formats, and fails as it is told. Its vectors
 * tell texts with the same words, and a few of the same family, from others.
 */
export async function startEmbeddingServer({ dimensions = 64, delayPerTextMs = 0 }: EmbeddingServerOptions = {}): Promise<EmbeddingServer> {
  let faults: EmbeddingFault[] = [];
  let requests: EmbeddingRequest[] = [];

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const format = embeddingFormats.find(({ path }) => path === incoming.url);
    if (!format) return sendJson(response, 404, { error: `Nothing answers at ${incoming.url}.` });
    const body = (await readJson(incoming)) as Record<string, unknown>;
    const texts = [body['input']].flat() as string[];
    requests = [...requests, { vendor: format.vendor, model: String(body['model']), texts, headers: incoming.headers, body }];
    const problem = format.refuses(texts, maxTextTokens);
    if (problem) return sendJson(response, 400, format.error(400, problem));
    const fault = faults.shift();
    if (fault?.kind === 'status') return sendStatus(response, format, fault);
    if (delayPerTextMs > 0) await wait(delayPerTextMs * texts.length);
    if (response.destroyed) return;
    const asked = typeof body['dimensions'] === 'number' ? body['dimensions'] : dimensions;
    const vectors = spoil(texts.map((text) => embedText(text, asked)), fault);
    await send(response, format.answer(String(body['model']), vectors, fault?.kind === 'shuffled'), fault);
  };

  const http = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url,
    openaiBaseUrl: `${url}/v1`,
    ollamaBaseUrl: url,
    script: (...added) => void faults.push(...added),
    get requests() {
      return requests;
    },
    reset() {
      faults = [];
      requests = [];
    },
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

function spoil(vectors: number[][], fault: EmbeddingFault | undefined): (number | null)[][] {
  switch (fault?.kind) {
    case 'wrong_dimensions':
      return vectors.map((vector) => vector.slice(1));
    case 'wrong_count':
      return vectors.slice(1);
    case 'not_a_number':
      return vectors.map(([, ...rest]) => [null, ...rest]);
    case 'zero_vector':
      return vectors.map((vector) => vector.map(() => 0));
    default:
      return vectors;
  }
}

function sendStatus(response: ServerResponse, format: EmbeddingFormat, fault: Extract<EmbeddingFault, { kind: 'status' }>): void {
  if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
  sendJson(response, fault.status, format.error(fault.status, `Injected fault: HTTP ${fault.status}.`, fault.code));
}

async function send(response: ServerResponse, body: unknown, fault: EmbeddingFault | undefined): Promise<void> {
  const text = fault?.kind === 'no_vectors' ? '{"object":"list"}' : JSON.stringify(body);
  if (fault?.kind === 'html') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title><p>Please sign in.</p>');
    return;
  }
  if (fault?.kind === 'malformed_json') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(text.slice(0, text.length / 2));
    return;
  }
  const breaks = fault?.kind === 'reset' || fault?.kind === 'hang' ? fault : null;
  if (breaks?.at === 'mid_body') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length }).write(text.slice(0, text.length / 2));
    // What was written must reach the client before the reset does.
    await wait(20);
  }
  if (breaks?.kind === 'reset') response.socket?.resetAndDestroy();
  if (!breaks) response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
