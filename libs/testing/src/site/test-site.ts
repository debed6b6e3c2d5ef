import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sendPage } from './send-page.js';
import type { SiteHandler, SitePage, SiteRequest } from './site-page.js';

/** The pages of one host. */
export interface SitePages {
  /** `http://127.0.0.1:8081`, or with the name of a virtual host. No slash at its end. */
  readonly url: string;
  /**
   * Puts a page at a path, new or changed. A path with a query answers only that; one that ends with `/*` answers what is below it
   * and has no page of its own. What changes gets another ETag and Last-Modified.
   */
  set(path: string, page: SitePage | string | SiteHandler): void;
  /** Nothing is there any more: 404. */
  remove(path: string): void;
}

export interface TestSite extends SitePages {
  /** `127.0.0.1:8081`: what a guarded client must be told to trust. */
  readonly host: string;
  readonly port: number;
  /** Another host at the same port, told by the Host header: `site.virtualHost('news.test')` is at `http://news.test:8081`. */
  virtualHost(name: string): SitePages;
  /** All requests so far, of all hosts, oldest first. */
  readonly requests: readonly SiteRequest[];
  /** The requests for a path of any host, with its query. */
  requestsFor(path: string): SiteRequest[];
  forgetRequests(): void;
  stop(): Promise<void>;
}

interface Placed {
  content: SitePage | string | SiteHandler;
  changedAt: Date;
}

/**
 * A web site on real HTTP for crawls: pages that can be changed between them, hosts by port (start several) and by name, conditional
 * requests, and every way to fail. See `publishAlmanac` and `publishHazards` for ready-made pages.
 */
export async function startTestSite({ port = 0 }: { port?: number } = {}): Promise<TestSite> {
  const hosts = new Map<string, Map<string, Placed>>();
  let requests: SiteRequest[] = [];
  /** Last-Modified has whole seconds: what changes twice in one must still tell. */
  let lastChange = Math.floor(Date.now() / 1_000) * 1_000 - 86_400_000;

  const handle = (incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', headers } = incoming;
    const host = headers.host ?? '';
    const path = incoming.url ?? '/';
    const pages = hosts.get(host.replace(/:\d+$/, '')) ?? hosts.get('127.0.0.1')!;
    const placed = find(pages, path);
    const record: SiteRequest = { method, host, path, headers, status: null };
    requests.push(record);
    const content = typeof placed?.content === 'function' ? placed.content({ url: new URL(path, `http://${host}`), headers }) : placed?.content;
    const page: SitePage = content === undefined ? notFound : typeof content === 'string' ? { body: content } : content;
    record.status = sendPage(incoming, response, page, placed?.changedAt ?? new Date(lastChange));
  };

  const http = createServer((incoming, response) => {
    response.on('error', () => {});
    try {
      handle(incoming, response);
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  http.keepAliveTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, '127.0.0.1', resolve);
  });
  const { port: listening } = http.address() as AddressInfo;

  const pagesOf = (name: string): SitePages => {
    const pages = hosts.get(name) ?? new Map<string, Placed>();
    hosts.set(name, pages);
    return {
      url: `http://${name}:${listening}`,
      set(path, content) {
        lastChange += 1_000;
        pages.set(path, { content, changedAt: new Date(lastChange) });
      },
      remove(path) {
        pages.delete(path);
      },
    };
  };

  return {
    ...pagesOf('127.0.0.1'),
    host: `127.0.0.1:${listening}`,
    port: listening,
    virtualHost: pagesOf,
    get requests() {
      return requests;
    },
    requestsFor: (path) => requests.filter((request) => request.path === path),
    forgetRequests() {
      requests = [];
    },
    async stop() {
      const closed = new Promise((resolve) => http.close(resolve));
      http.closeAllConnections();
      await closed;
    },
  };
}

const notFound: SitePage = { status: 404, body: '<!doctype html><title>Not found</title><p>There is no such page.</p>' };

/** The path with its query, the path alone, then the nearest `/*` above it. */
function find(pages: Map<string, Placed>, path: string): Placed | undefined {
  const [pathname] = path.split('?') as [string];
  const exact = pages.get(path) ?? pages.get(pathname);
  if (exact) return exact;
  for (let end = pathname.lastIndexOf('/'); end >= 0; end = pathname.lastIndexOf('/', end - 1)) {
    const below = pages.get(`${pathname.slice(0, end)}/*`);
    if (below || end === 0) return below;
  }
  return undefined;
}
