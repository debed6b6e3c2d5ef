import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { listContentTypes } from '../client/content-type.js';
import { decodeText } from '../client/decode-text.js';
import { largerThan } from '../client/read-body.js';
import type { FetchOptions, Validators } from '../client/web-client.js';
import { parseSitemap, type Sitemap, type SitemapEntry } from '../parse/sitemap.js';
import { WebFetchError } from '../web-fetch-error.js';
import { type Crawler, fetchPolitely } from './fetch-politely.js';

export interface ReadSitemapOptions extends Pick<FetchOptions, 'limits' | 'signal'> {
  url: string;
  validators?: Validators;
}

export type SitemapResult =
  | (Sitemap & { outcome: 'fetched'; url: string; etag: string | null; lastModified: string | null })
  | { outcome: 'not_modified'; url: string; etag: string | null; lastModified: string | null };

/** Of one sitemap, unpacked, by the protocol. */
const maxSitemapBytes = 52_428_800;

/**
 * One sitemap or sitemap index, also packed by gzip. robots.txt may not forbid those that it names itself.
 * @throws WebFetchError as `fetchPolitely`, `not_a_sitemap`
 */
export async function readSitemap(crawler: Crawler, { url, limits, validators, signal }: ReadSitemapOptions): Promise<SitemapResult> {
  const rules = await crawler.robots.rulesFor(url, { signal });
  const allLimits = { maxBytes: maxSitemapBytes, ...limits };
  const result = await fetchPolitely(crawler, url, {
    accept: listContentTypes,
    limits: allLimits,
    validators,
    signal,
    honourRobots: !rules.sitemaps.includes(url),
  });
  const { outcome, etag, lastModified } = result;
  if (outcome === 'not_modified') return { outcome, url: result.url, etag, lastModified };
  const bytes = await unpack(result.bytes, allLimits.maxBytes, result.url);
  return { outcome, url: result.url, etag, lastModified, ...parseSitemap(decodeText(bytes, result.charset), { url: result.url }) };
}

export interface ReadSitemapsOptions extends Pick<FetchOptions, 'limits' | 'signal'> {
  /** Where to begin: sitemaps or sitemap indexes. */
  urls: readonly string[];
  /** Sitemaps read at most, indexes included. Default: 500. */
  maxSitemaps?: number;
  /** Pages given at most. Default: 50,000. */
  maxPages?: number;
  /** Indexes within indexes. Default: 3. */
  maxDepth?: number;
}

export interface SitemapBatch {
  sitemapUrl: string;
  /** The pages that this sitemap adds to the earlier ones. Empty for an index. */
  entries: SitemapEntry[];
  /** Why a sitemap that an index names could not be read. The others go on. */
  error: WebFetchError | null;
  /** What was left out from here on, because of a limit. */
  limitReached: 'sitemaps' | 'pages' | 'depth' | null;
}

/**
 * All pages of sitemaps and indexes, one batch for each sitemap as it is read. Each sitemap and page counts once, however often it is named.
 * @throws WebFetchError when one of `urls` cannot be read
 * @throws the signal's reason
 */
export async function* readSitemaps(crawler: Crawler, options: ReadSitemapsOptions): AsyncGenerator<SitemapBatch, void> {
  const { urls, maxSitemaps = 500, maxPages = 50_000, maxDepth = 3, limits, signal } = options;
  const queue = [...new Set(urls)].map((url) => ({ url, depth: 0 }));
  const named = new Set(queue.map(({ url }) => url));
  const pages = new Set<string>();

  for (let read = 0; queue.length > 0; read += 1) {
    const { url, depth } = queue.shift()!;
    if (read >= maxSitemaps) {
      yield { sitemapUrl: url, entries: [], error: null, limitReached: 'sitemaps' };
      return;
    }
    let sitemap: SitemapResult;
    try {
      sitemap = await readSitemap(crawler, { url, limits, signal });
    } catch (error) {
      if (depth === 0 || !(error instanceof WebFetchError)) throw error;
      yield { sitemapUrl: url, entries: [], error, limitReached: null };
      continue;
    }
    if (sitemap.outcome === 'not_modified') continue;
    if (sitemap.kind === 'index') {
      const children = sitemap.entries.filter((entry) => !named.has(entry.url));
      const tooDeep = depth >= maxDepth && children.length > 0;
      for (const child of tooDeep ? [] : children) {
        named.add(child.url);
        queue.push({ url: child.url, depth: depth + 1 });
      }
      yield { sitemapUrl: url, entries: [], error: null, limitReached: tooDeep ? 'depth' : null };
      continue;
    }
    const entries: SitemapEntry[] = [];
    for (const entry of sitemap.entries) {
      if (pages.has(entry.url)) continue;
      if (pages.size >= maxPages) {
        yield { sitemapUrl: url, entries, error: null, limitReached: 'pages' };
        return;
      }
      pages.add(entry.url);
      entries.push(entry);
    }
    yield { sitemapUrl: url, entries, error: null, limitReached: null };
  }
}

/**
 * Where a site's sitemaps are: what its robots.txt names, or else the usual place, which may not exist.
 * @throws WebFetchError as `RobotsCache.rulesFor`
 */
export async function findSitemaps({ robots }: Pick<Crawler, 'robots'>, siteUrl: string, { signal }: { signal?: AbortSignal } = {}): Promise<string[]> {
  const { sitemaps } = await robots.rulesFor(siteUrl, { signal });
  return sitemaps.length > 0 ? [...new Set(sitemaps)] : [new URL('/sitemap.xml', siteUrl).href];
}

const gunzipAsync = promisify(gunzip);

/** `sitemap.xml.gz` is sent as it is, or unpacked already by its content encoding: its first bytes tell. */
async function unpack(bytes: Uint8Array, maxBytes: number, url: string): Promise<Uint8Array> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await gunzipAsync(bytes, { maxOutputLength: maxBytes });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw largerThan(new URL(url), maxBytes);
    throw new WebFetchError('response_invalid', `${url} could not be unpacked: it is broken.`, { url, cause });
  }
}
