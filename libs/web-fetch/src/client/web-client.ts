import { Agent, request } from 'undici';
import { WebFetchError } from '../web-fetch-error.js';
import { checkUrl } from './check-url.js';
import { acceptsContentType, type ContentType, documentContentTypes, parseContentType } from './content-type.js';
import { type Deadlines, startDeadlines } from './deadlines.js';
import { defaultFetchLimits, type FetchLimits } from './fetch-limits.js';
import { createGuardedConnect } from './guarded-connect.js';
import { createHostGuard, webPorts } from './host-guard.js';
import { largerThan, readBody } from './read-body.js';
import { requestError } from './request-error.js';
import { type Resolver, systemResolver } from './resolver.js';
import { parseRetryAfter } from './retry-after.js';
import { parseTrustedHosts } from './trusted-hosts.js';

export interface WebClientOptions {
  /** A page or mail address that tells who crawls and how to stop it. Part of the User-Agent. */
  contact?: string;
  /** Of Dramatis. Part of the User-Agent. */
  version?: string;
  /**
   * Hosts that may be reached at private addresses and unusual ports: `intranet.example`, `*.corp.example`, `intranet.example:8080`,
   * `10.1.2.3`, `10.1.0.0/16`, `[fd00::1]:8080`. Default: none.
   */
  trustedHosts?: readonly string[];
  /** Ports of hosts that are not trusted. Default: 80, 443, 8080, 8443. */
  ports?: readonly number[];
  /** What a fetch does not limit itself. */
  limits?: Partial<FetchLimits>;
  /** Default: as the machine resolves names. */
  resolver?: Resolver;
  /** Connections to one host at once. Default: 8. */
  connectionsPerHost?: number;
  /** Certificates (PEM) that trusted internal hosts' are signed by. */
  ca?: string | string[];
}

export interface FetchOptions {
  limits?: Partial<FetchLimits>;
  /** Content types taken, such as `text/html`, `text/*`. Default: those of pages and documents. A response that names none is taken. */
  accept?: readonly string[];
  /** From an earlier result: unless it changed, the result is `not_modified`. */
  validators?: Validators;
  /** Whether to give the first `maxBytes` of a longer body, instead of refusing it. Default: false. */
  truncate?: boolean;
  /** Called before a redirect is followed, outside of the time limits. What it throws ends the fetch. */
  onRedirect?: (to: URL, from: URL) => void | Promise<void>;
  signal?: AbortSignal;
}

export interface Validators {
  etag?: string | null;
  lastModified?: string | null;
}

interface Response {
  /** The last one asked, without fragment. */
  url: string;
  /** The URLs that redirected, in their order. Empty when the first one answered. */
  redirects: string[];
  status: number;
  etag: string | null;
  /** As the server wrote it. */
  lastModified: string | null;
  fetchedAt: Date;
}

export interface FetchedResource extends Response {
  outcome: 'fetched';
  /** `text/html`; null when the server does not tell. */
  contentType: string | null;
  /** As the server tells, which HTML may do itself instead. */
  charset: string | null;
  /** Unpacked. */
  bytes: Uint8Array;
  /** Names in lower case. A header that came more than once has all values. */
  headers: Readonly<Record<string, readonly string[]>>;
}

export interface NotModified extends Response {
  outcome: 'not_modified';
}

export type FetchResult = FetchedResource | NotModified;

/** The one way out to the web. */
export interface WebClient {
  readonly userAgent: string;
  /** What robots.txt calls us. */
  readonly robotsToken: string;
  /**
   * Gets a URL: a successful status with an accepted content type, or `not_modified`.
   * @throws WebFetchError for everything else
   * @throws the signal's reason, when it is aborted
   */
  fetch(url: string, options?: FetchOptions): Promise<FetchResult>;
  close(): Promise<void>;
}

const product = 'Dramatis';
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * A client that reaches public web servers and trusted hosts, and nothing else: names are resolved here, every address is checked,
 * and the connection goes to the checked address. The same holds for every redirect.
 * @throws RangeError for an entry of `trustedHosts` that cannot be read, or a contact that cannot be sent
 */
export function createWebClient(options: WebClientOptions = {}): WebClient {
  const { contact, version, trustedHosts = [], ports = webPorts, resolver = systemResolver, connectionsPerHost = 8, ca } = options;
  const clientLimits: FetchLimits = { ...defaultFetchLimits, ...options.limits };
  const userAgent = `${product}${version ? `/${version}` : ''}${contact ? ` (+${contact})` : ''}`;
  if (!/^[\x20-\x7e]+$/.test(userAgent)) throw new RangeError('contact and version are sent in a header: plain ASCII without line breaks only.');
  const guard = createHostGuard({ resolver, trusted: parseTrustedHosts(trustedHosts), ports });
  const agent = new Agent({
    connect: createGuardedConnect({ guard, timeoutMs: clientLimits.headersMs, ca }),
    connections: connectionsPerHost,
    pipelining: 1,
    // Our own clocks are finer, and cover the look-up of the name as well.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 32_768,
  });

  /** One request. A redirect gives its target. */
  async function ask(url: URL, { accept = documentContentTypes, validators, truncate = false }: FetchOptions, limits: FetchLimits, deadlines: Deadlines) {
    deadlines.awaitHeaders(url);
    const response = await request(url, {
      dispatcher: agent,
      signal: deadlines.signal,
      headers: {
        'user-agent': userAgent,
        accept: `${accept.join(', ')}${accept.includes('*/*') ? '' : ', */*;q=0.1'}`,
        'accept-encoding': 'gzip, br',
        ...(validators?.etag && { 'if-none-match': validators.etag }),
        ...(validators?.lastModified && { 'if-modified-since': validators.lastModified }),
      },
    }).catch((error: unknown) => {
      deadlines.signal.throwIfAborted();
      throw requestError(error, url);
    });
    deadlines.awaitBody(url);
    const { statusCode: status, body } = response;
    const headers = valuesOf(response.headers);
    const header = (name: string) => headers[name]?.[0] ?? null;
    try {
      if (redirectStatuses.has(status) && header('location') !== null) return checkUrl(header('location')!, url);
      const meta = { status, etag: header('etag'), lastModified: header('last-modified'), fetchedAt: new Date() };
      if (status === 304 && (validators?.etag || validators?.lastModified)) {
        return { outcome: 'not_modified' as const, ...meta, etag: meta.etag ?? validators.etag ?? null, lastModified: meta.lastModified ?? validators.lastModified ?? null };
      }
      if (status < 200 || status > 299) throw statusError(status, url, header('retry-after'));
      const type = parseContentType(header('content-type'));
      if (type && !acceptsContentType(accept, type.essence)) throw contentTypeRefused(type, url);
      if (!truncate && Number(header('content-length') ?? 0) > limits.maxBytes) throw largerThan(url, limits.maxBytes);
      const bytes = await readBody(body, {
        url,
        contentEncoding: headers['content-encoding']?.join(',') ?? null,
        maxBytes: limits.maxBytes,
        truncate,
        onPiece: () => deadlines.awaitBody(url),
        signal: deadlines.signal,
      });
      return { outcome: 'fetched' as const, ...meta, contentType: type?.essence ?? null, charset: type?.charset ?? null, bytes, headers };
    } finally {
      // A body that nobody wants must not keep its connection. Its error, when it is cut, is ours.
      if (!body.destroyed) body.on('error', () => {}).destroy();
    }
  }

  async function follow(first: URL, options: FetchOptions, limits: FetchLimits, deadlines: Deadlines): Promise<FetchResult> {
    const redirects: string[] = [];
    for (let url = first; ; ) {
      deadlines.signal.throwIfAborted();
      const answer = await ask(url, options, limits, deadlines);
      if (!(answer instanceof URL)) return { ...answer, url: url.href, redirects };
      redirects.push(url.href);
      if (redirects.includes(answer.href)) throw redirectError(first, `${first.href} redirects in a circle.`);
      if (redirects.length > limits.maxRedirects) throw redirectError(first, `${first.href} redirects more than ${limits.maxRedirects} times.`);
      deadlines.pause();
      await options.onRedirect?.(answer, url);
      deadlines.resume();
      url = answer;
    }
  }

  return {
    userAgent,
    robotsToken: product,
    async fetch(text, options = {}) {
      options.signal?.throwIfAborted();
      const url = checkUrl(text);
      const limits: FetchLimits = { ...clientLimits, ...options.limits };
      const deadlines = startDeadlines(limits, url, options.signal);
      try {
        return await follow(url, options, limits, deadlines);
      } finally {
        deadlines.stop();
      }
    },
    close: () => agent.destroy(),
  };
}

function valuesOf(headers: Record<string, string | string[] | undefined>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value === undefined ? [] : [value].flat()]));
}

function redirectError(url: URL, message: string): WebFetchError {
  return new WebFetchError('too_many_redirects', message, { url: url.href });
}

function contentTypeRefused({ essence }: ContentType, url: URL): WebFetchError {
  return new WebFetchError('content_type_refused', `${url.href} is sent as ${essence}, which is not read here.`, { url: url.href });
}

const statusMeanings: Record<number, string> = {
  401: 'asks for a login',
  403: 'does not give access',
  404: 'has no such page',
  410: 'says that this page is gone for good',
  429: 'asks to send fewer requests',
  500: 'has an error of its own',
  502: 'is not available at the moment',
  503: 'is not available at the moment',
  504: 'is not available at the moment',
};

function statusError(status: number, url: URL, retryAfter: string | null): WebFetchError {
  const meaning = statusMeanings[status] ?? 'did not give the page';
  return new WebFetchError('http_status', `${url.host} ${meaning} (${status}): ${url.href}`, {
    url: url.href,
    status,
    retryAfterMs: parseRetryAfter(retryAfter, Date.now()),
  });
}
