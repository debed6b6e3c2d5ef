import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicWireFormat } from './anthropic-wire-format.js';
import type { ModelBehaviour, ModelRule } from './behaviour.js';
import { handleControl } from './control.js';
import { openAiWireFormat } from './openai-wire-format.js';
import { RecordedRequest } from './recorded-request.js';
import { createRuleBook } from './rule-book.js';
import { sendReply } from './send-reply.js';
import { monotonicMs } from './stamps.js';
import type { ModelRequest, WireFormat } from './wire-format.js';

export interface ModelServerOptions {
  /** Default: 0, any free port. */
  port?: number;
  /** Default: 127.0.0.1. */
  host?: string;
  /** For requests that no rule matches. Default: a whole reply. */
  behaviour?: ModelBehaviour;
  /** How many of the newest requests are kept. Default: 200. */
  keepRequests?: number;
}

export interface ModelServer {
  readonly url: string;
  readonly anthropicBaseUrl: string;
  readonly openaiBaseUrl: string;
  /** An address, like `openaiBaseUrl`, at which nothing listens. */
  refusedUrl(): Promise<string>;
  /** Adds rules; each answers the next request that it matches. */
  script(...rules: ModelRule[]): void;
  /** Forgets rules and requests, and cuts the responses that are under way. */
  reset(): void;
  /** The requests so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Resolves with the requests once there are this many. */
  waitForRequests(count: number): Promise<readonly RecordedRequest[]>;
  /** Connections accepted so far. */
  readonly connections: number;
  stop(): Promise<void>;
}

const maxBodyBytes = 20_000_000;

/**
 * A stand-in for language model providers on real HTTP: it speaks Anthropic's and OpenAI's streaming formats, answers
 * from what it is asked, and fails as it is told. For tests, benchmarks and trying faults by hand.
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { port = 0, host = '127.0.0.1', behaviour = {}, keepRequests = 200 } = options;
  const rules = createRuleBook(behaviour);
  const waiting = new Set<() => void>();
  const underWay = new Set<ServerResponse>();
  let requests: RecordedRequest[] = [];
  let received = 0;
  let connections = 0;

  const answer = async (wire: WireFormat, incoming: IncomingMessage, response: ServerResponse) => {
    const body = await readJson(incoming);
    let request: ModelRequest;
    try {
      request = wire.parse(body);
      if (!request.stream) throw new TypeError('stream: this server only streams');
    } catch (error) {
      sendJson(response, 400, wire.error(400, undefined, (error as Error).message));
      return;
    }
    const record = new RecordedRequest(++received, wire.vendor, incoming.headers, body, request, monotonicMs());
    requests = [...requests, record].slice(-keepRequests);
    const gone = new AbortController();
    underWay.add(response);
    response.once('close', () => {
      underWay.delete(response);
      record.close(response.writableFinished ? 'finished' : 'aborted', monotonicMs());
      gone.abort();
    });
    for (const check of waiting) check();
    await sendReply({ response, record, wire, behaviour: rules.take(wire.vendor, request), gone: gone.signal });
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://model-server');
    const wire = [anthropicWireFormat, openAiWireFormat].find(({ path }) => path === pathname);
    if (wire && incoming.method === 'POST') return answer(wire, incoming, response);
    const body = incoming.method === 'POST' ? await readJson(incoming) : undefined;
    const control = handleControl(server, pathname, body);
    sendJson(response, control.status, control.body);
  };

  const http = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      if (response.destroyed) return;
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: { type: 'invalid_request_error', message: String(error) } });
    });
  });
  http.on('connection', () => (connections += 1));
  // A client that keeps a connection for its next request must not find it closed at that very moment.
  http.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, resolve);
  });
  const url = `http://${host}:${(http.address() as AddressInfo).port}`;

  const server: ModelServer = {
    url,
    anthropicBaseUrl: url,
    openaiBaseUrl: `${url}/v1`,
    async refusedUrl() {
      return `http://127.0.0.1:${await freePort()}/v1`;
    },
    script: (...added) => rules.add(added),
    reset() {
      rules.clear();
      requests = [];
      // Idle connections stay: a client that takes one up again must not find it cut.
      for (const response of underWay) response.destroy();
    },
    get requests() {
      return requests;
    },
    async waitForRequests(count) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const check = () => requests.length >= count && resolve();
      waiting.add(check);
      check();
      await promise.finally(() => waiting.delete(check));
      return requests;
    },
    get connections() {
      return connections;
    },
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
  return server;
}

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function readJson(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of incoming as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new RangeError(`the body is over ${maxBodyBytes} bytes`);
    parts.push(part);
  }
  return bytes === 0 ? undefined : JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
