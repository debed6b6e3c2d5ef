import { documentContentTypes } from '../client/content-type.js';
import { decodeText } from '../client/decode-text.js';
import type { FetchedResource, FetchOptions, NotModified } from '../client/web-client.js';
import { canonicalOfLinkHeader, type PageLink, type PageLinks, parsePageLinks } from '../parse/page-links.js';
import { parseRobotsTags, strictest } from '../robots/robots-directives.js';
import type { CrawlScope } from './crawl-scope.js';
import { type Crawler, fetchPolitely } from './fetch-politely.js';
import { normalizeUrl, type NormalizeUrlOptions } from './normalize-url.js';

export interface FetchPageOptions extends Pick<FetchOptions, 'accept' | 'limits' | 'signal' | 'validators'> {
  url: string;
  /** Where redirects may lead. Default: anywhere. */
  scope?: CrawlScope;
  normalize?: Omit<NormalizeUrlOptions, 'base'>;
}

export interface FetchedPage extends FetchedResource {
  /**
   * In normal spelling: what the page or its headers call its canonical URL, or else its final URL. May be of another host: whoever
   * follows it asks the scope.
   */
  canonicalUrl: string;
  /** Of HTML. */
  title: string | null;
  /** Of HTML, in the order of the page; see `selectLinks`. */
  links: PageLink[];
  /** Feeds that the page names. */
  alternates: PageLinks['alternates'];
  /** Whether the page asks not to be kept. */
  noindex: boolean;
  /** Whether the page asks that its links are not followed. */
  nofollow: boolean;
}

export type PageResult = FetchedPage | NotModified;

/** Links further down are not looked for: reading tags takes its time, in which nothing else happens. */
const maxLinkBytes = 5_000_000;

/** Servers often name documents so; the extension tells better. */
const namedDocuments = /\.(?:pdf|docx|epub|txt|md|markdown|json|jsonl|vtt|srt)$/i;

/**
 * One page or document of a site, fetched politely, with what it says about itself. Unchanged since `validators`: `not_modified`.
 * @throws WebFetchError as `fetchPolitely`
 * @throws the signal's reason
 */
export async function fetchPage(crawler: Crawler, { url, scope, normalize, accept = acceptFor(url), ...options }: FetchPageOptions): Promise<PageResult> {
  const inScope = scope && ((target: string) => scope.consider(target, 0).admitted);
  const result = await fetchPolitely(crawler, url, { ...options, accept, inScope });
  if (result.outcome === 'not_modified') return result;

  const { robotsToken } = crawler.client;
  const isHtml = result.contentType === 'text/html' || result.contentType === 'application/xhtml+xml';
  const page = isHtml ? parsePageLinks(decodeText(result.bytes.subarray(0, maxLinkBytes), result.charset), { url: result.url, robotsToken }) : noLinks;
  const { noindex, nofollow } = strictest(page, parseRobotsTags(result.headers['x-robots-tag'] ?? [], robotsToken));
  const canonical = page.canonicalUrl ?? canonicalOfLinkHeader(result.headers['link'] ?? [], result.url);
  return {
    ...result,
    canonicalUrl: normalizeUrl(canonical ?? result.url, normalize) ?? result.url,
    title: page.title,
    links: page.links,
    alternates: page.alternates,
    noindex,
    nofollow,
  };
}

const noLinks: PageLinks = { title: null, canonicalUrl: null, links: [], alternates: [], noindex: false, nofollow: false };

function acceptFor(url: string): readonly string[] {
  return namedDocuments.test(URL.parse(url)?.pathname ?? '') ? [...documentContentTypes, 'application/octet-stream', 'binary/octet-stream'] : documentContentTypes;
}
