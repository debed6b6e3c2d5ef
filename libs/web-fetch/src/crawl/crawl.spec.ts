import { gzipSync } from 'node:zlib';
import { indexOf, publishAlmanac, type Almanac, urlset } from '@dramatis/testing/site/almanac';
import { hazards, publishHazards } from '@dramatis/testing/site/hazards';
import { htmlPage } from '@dramatis/testing/site/html-page';
import { startTestSite, type TestSite } from '@dramatis/testing/site/test-site';
import { createWebClient, type WebClient } from '../client/web-client.js';
import { createRobotsCache } from '../robots/robots-cache.js';
import { WebFetchError } from '../web-fetch-error.js';
import { createCrawlScope, type CrawlScope, selectLinks } from './crawl-scope.js';
import { type FetchedPage, fetchPage } from './fetch-page.js';
import type { Crawler } from './fetch-politely.js';
import { createHostPacer } from './host-pacer.js';
import { readFeed } from './read-feed.js';
import { findSitemaps, readSitemaps, type SitemapBatch } from './read-sitemaps.js';

let site: TestSite;
let almanac: Almanac;
let client: WebClient;
let crawler: Crawler;

beforeEach(async () => {
  site = await startTestSite();
  almanac = publishAlmanac(site);
  client = createWebClient({ trustedHosts: [site.host], limits: { maxBytes: 1_000_000, headersMs: 1_000, idleMs: 500, totalMs: 2_000 } });
  crawler = { client, robots: createRobotsCache(client), pacer: createHostPacer({ minIntervalMs: 0, concurrency: 4 }) };
});
afterEach(async () => {
  await client.close();
  await site.stop();
});

const at = (path: string) => site.url + path;

/** A crawl as a workflow makes it, with its frontier in memory. */
async function crawl(scope: CrawlScope): Promise<{ pages: Map<string, FetchedPage>; failures: Map<string, string> }> {
  const frontier = scope.seeds.map((url) => ({ url, depth: 0 }));
  const known = new Set(scope.seeds);
  const pages = new Map<string, FetchedPage>();
  const failures = new Map<string, string>();
  for (let next = frontier.shift(); next; next = frontier.shift()) {
    try {
      const page = await fetchPage(crawler, { url: next.url, scope });
      if (page.outcome === 'not_modified') continue;
      pages.set(next.url, page);
      const { admitted } = selectLinks(scope, page.links, { depth: next.depth, pages: known.size, isKnown: (url) => known.has(url), nofollow: page.nofollow });
      for (const link of admitted) known.add(link.url);
      frontier.push(...admitted);
    } catch (error) {
      if (!(error instanceof WebFetchError)) throw error;
      failures.set(next.url, error.code);
    }
  }
  return { pages, failures };
}

describe('a crawl', () => {
  it('finds the pages of a site that behaves, and only what it may', async () => {
    const { pages, failures } = await crawl(createCrawlScope({ seeds: [site.url], maxDepth: 10 }));
    expect([...pages.keys()].sort()).toEqual([almanac.home, almanac.about, ...almanac.articles, almanac.copy, almanac.noindex].sort());
    expect([...failures]).toEqual([[almanac.disallowed, 'robots_disallowed']]);
    expect(pages.get(almanac.copy)!.canonicalUrl).toBe(almanac.articles[0]);
    expect(pages.get(almanac.noindex)).toMatchObject({ noindex: true, nofollow: true });
    expect(pages.get(almanac.home)!.alternates.map(({ url }) => url)).toEqual([almanac.rss, almanac.atom]);
    // Neither the forbidden page, nor what only a nofollow link or a page of nofollow leads to, nor pictures.
    for (const path of ['/private/log', '/guestbook', '/drafts/1', '/chart.png']) expect(site.requestsFor(path)).toEqual([]);
    expect(site.requestsFor('/robots.txt')).toHaveLength(1);
  });

  it('comes to an end where a site is full of traps, and says what was wrong with each page', async () => {
    publishHazards(site);
    crawler.pacer = createHostPacer({ minIntervalMs: 0, maxPauseMs: 20 });
    const { pages, failures } = await crawl(createCrawlScope({ seeds: [at('/hazards')], maxDepth: 30, maxPages: 200 }));
    expect(Object.fromEntries(Object.entries(hazards).map(([name, path]) => [name, failures.get(at(path))]).filter(([, code]) => code !== undefined))).toEqual({
      redirectTooLong: 'too_many_redirects',
      redirectCircle: 'too_many_redirects',
      redirectPrivate: 'out_of_scope',
      redirectMetadata: 'out_of_scope',
      redirectDisguised: 'out_of_scope',
      redirectFile: 'scheme_refused',
      redirectCredentials: 'credentials_refused',
      gone: 'http_status',
      serverError: 'http_status',
      unavailable: 'http_status',
      tooManyRequests: 'http_status',
      hang: 'timed_out',
      endless: 'too_large',
      drip: 'timed_out',
      stall: 'timed_out',
      cut: 'interrupted',
      gzipBomb: 'too_large',
      brotliBomb: 'too_large',
      brokenEncoding: 'response_invalid',
      garbage: 'response_invalid',
      picture: 'content_type_refused',
    });
    expect(pages.get(at(hazards.badMarkup))!.links).toContainEqual({ url: almanac.about, nofollow: false });
    expect([...pages.keys()].filter((url) => url.includes('/loop/')).length).toBeLessThanOrEqual(5);
    expect([...pages.keys()].filter((url) => url.includes('/calendar')).length).toBeLessThanOrEqual(31);
  });

  it('asks again only for what changed', async () => {
    const url = almanac.articles[0]!;
    const first = (await fetchPage(crawler, { url })) as FetchedPage;
    expect(await fetchPage(crawler, { url, validators: first })).toMatchObject({ outcome: 'not_modified' });
    almanac.change(0, 2);
    expect(await fetchPage(crawler, { url, validators: first })).toMatchObject({ outcome: 'fetched', title: first.title });
  });
});

describe('fetchPage', () => {
  it('heeds the robots.txt of each host that a redirect leads to', async () => {
    const other = await startTestSite();
    const both = createWebClient({ trustedHosts: [site.host, other.host] });
    const polite = { ...crawler, client: both, robots: createRobotsCache(both) };
    try {
      other.set('/robots.txt', 'User-agent: *\nDisallow: /closed');
      other.set('/closed', 'Closed');
      other.set('/open', 'Open');
      site.set('/to-closed', { status: 302, headers: { location: `${other.url}/closed` } });
      site.set('/to-open', { status: 302, headers: { location: `${other.url}/open` } });
      await expect(fetchPage(polite, { url: at('/to-closed') })).rejects.toMatchObject({ code: 'robots_disallowed', url: `${other.url}/closed` });
      expect(other.requestsFor('/closed')).toEqual([]);
      expect(await fetchPage(polite, { url: at('/to-open') })).toMatchObject({ url: `${other.url}/open`, redirects: [at('/to-open')] });
      await expect(fetchPage(polite, { url: at('/to-open'), scope: createCrawlScope({ seeds: [site.url] }) })).rejects.toMatchObject({ code: 'out_of_scope', retryable: false });
    } finally {
      await both.close();
      await other.stop();
    }
  });

  it('does not let two hosts that redirect to each other wait for each other', async () => {
    const other = await startTestSite();
    const both = createWebClient({ trustedHosts: [site.host, other.host] });
    const polite = { client: both, robots: createRobotsCache(both), pacer: createHostPacer({ minIntervalMs: 0, concurrency: 1 }) };
    try {
      site.set('/there', { status: 302, headers: { location: `${other.url}/end` } });
      other.set('/there', { status: 302, headers: { location: at('/about') } });
      other.set('/end', 'The end');
      const fetched = await Promise.all(Array.from({ length: 6 }, (_, i) => fetchPage(polite, { url: i % 2 ? at('/there') : `${other.url}/there` })));
      expect(fetched.map(({ outcome }) => outcome)).toEqual(Array(6).fill('fetched'));
    } finally {
      await both.close();
      await other.stop();
    }
  });

  it('keeps the crawl delay that robots.txt asks for', async () => {
    publishAlmanac(site, { crawlDelaySeconds: 0.1 });
    const before = performance.now();
    for (const url of almanac.articles.slice(0, 3)) await fetchPage(crawler, { url });
    expect(performance.now() - before).toBeGreaterThanOrEqual(195);
  });

  it('pauses a host that asks for it', async () => {
    site.set('/busy', { status: 429, headers: { 'retry-after': '1' } });
    await expect(fetchPage(crawler, { url: at('/busy') })).rejects.toMatchObject({ status: 429, retryAfterMs: 1_000 });
    const controller = new AbortController();
    const reason = new Error('enough');
    const waiting = fetchPage(crawler, { url: almanac.about, signal: controller.signal });
    setTimeout(() => controller.abort(reason), 100);
    await expect(waiting).rejects.toBe(reason);
    expect(site.requestsFor('/about')).toEqual([]);
  });

  it('takes directives and canonical of headers, and documents by their name', async () => {
    site.set('/a.pdf', { body: '%PDF-1.7', headers: { 'content-type': 'application/octet-stream', 'x-robots-tag': 'noindex', link: '</report>; rel="canonical"' } });
    site.set('/download', { body: '%PDF-1.7', headers: { 'content-type': 'application/octet-stream' } });
    expect(await fetchPage(crawler, { url: at('/a.pdf') })).toMatchObject({ canonicalUrl: at('/report'), noindex: true, nofollow: false, links: [], title: null });
    await expect(fetchPage(crawler, { url: at('/download') })).rejects.toMatchObject({ code: 'content_type_refused' });
  });
});

describe('readSitemaps', () => {
  const read = async (urls: string[], options = {}) => {
    const batches: SitemapBatch[] = [];
    for await (const batch of readSitemaps(crawler, { urls, ...options })) batches.push(batch);
    return batches;
  };
  const pagesOf = (batches: SitemapBatch[]) => batches.flatMap(({ entries }) => entries.map(({ url }) => url));

  it('reads what robots.txt names: an index, a plain one and a packed one', async () => {
    const batches = await read(await findSitemaps(crawler, almanac.home));
    expect(batches.map(({ entries }) => entries.length)).toEqual([0, 3, 3]);
    expect(pagesOf(batches)).toEqual(almanac.articles);
  });

  it('looks in the usual place otherwise', async () => {
    site.remove('/robots.txt');
    expect(await findSitemaps(crawler, almanac.articles[0]!)).toEqual([at('/sitemap.xml')]);
  });

  it('goes on past broken ones and circles, and counts each page once', async () => {
    site.set('/sitemap.xml', indexOf([at('/sitemap.xml'), at('/missing.xml'), at('/a.xml'), at('/a.xml'), at('/page.html'), at('/b.xml'), 'http://10.0.0.1/inside.xml', at('/bomb.xml.gz')]));
    site.set('/a.xml', urlset([at('/1'), at('/2')]));
    site.set('/b.xml', urlset([at('/2'), at('/3')]));
    site.set('/page.html', htmlPage({ title: 'No sitemap', paragraphs: [] }));
    site.set('/bomb.xml.gz', { body: gzipSync(Buffer.alloc(5_000_000, ' ')) });
    const batches = await read([at('/sitemap.xml')], { limits: { maxBytes: 1_000_000 } });
    expect(pagesOf(batches)).toEqual([at('/1'), at('/2'), at('/3')]);
    expect(batches.flatMap(({ sitemapUrl, error }) => (error ? [[sitemapUrl, error.code]] : []))).toEqual([
      [at('/missing.xml'), 'http_status'],
      [at('/page.html'), 'not_a_sitemap'],
      ['http://10.0.0.1/inside.xml', 'address_refused'],
      [at('/bomb.xml.gz'), 'too_large'],
    ]);
  });

  it('keeps to its limits, and says which', async () => {
    expect((await read([almanac.sitemapIndex], { maxPages: 4 })).at(-1)).toMatchObject({ limitReached: 'pages', entries: { length: 1 } });
    expect((await read([almanac.sitemapIndex], { maxSitemaps: 2 })).at(-1)).toMatchObject({ limitReached: 'sitemaps' });
    expect(await read([almanac.sitemapIndex], { maxDepth: 0 })).toMatchObject([{ limitReached: 'depth' }]);
  });

  it('fails when the one that it was given cannot be read', async () => {
    await expect(read([at('/missing.xml')])).rejects.toMatchObject({ code: 'http_status', status: 404 });
    await expect(read([almanac.home])).rejects.toMatchObject({ code: 'not_a_sitemap' });
  });
});

describe('readFeed', () => {
  it.each(['rss', 'atom'] as const)('reads %s, and learns that it did not change', async (format) => {
    const feed = await readFeed(crawler, { url: almanac[format] });
    expect(feed).toMatchObject({ outcome: 'fetched', format, title: 'The Almanac of the Coast' });
    expect(feed.outcome === 'fetched' && feed.entries.map(({ url }) => url)).toEqual(almanac.articles);
    expect(await readFeed(crawler, { url: almanac[format], validators: feed })).toMatchObject({ outcome: 'not_modified' });
  });

  it('says of a page that it is no feed', async () => {
    await expect(readFeed(crawler, { url: almanac.home })).rejects.toMatchObject({ code: 'not_a_feed', retryable: false });
  });
});
