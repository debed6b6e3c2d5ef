import { Parser } from 'htmlparser2';
import { parsePageUrl } from '../page-url.js';
import { WebFetchError } from '../web-fetch-error.js';
import { checkDepth, isoTime, localName } from './xml.js';

export interface SitemapEntry {
  /** Absolute. */
  url: string;
  /** When the page last changed, as an ISO 8601 time in UTC; null when the sitemap does not tell, or not readably. */
  lastModified: string | null;
}

export interface Sitemap {
  /** The entries of an `index` are sitemaps themselves, all others pages. */
  kind: 'urlset' | 'index' | 'text';
  /** In their order, each URL once. */
  entries: SitemapEntry[];
  /** Whether there were more than `maxEntries`. */
  truncated: boolean;
}

/** Of one sitemap, by the protocol. */
const protocolEntries = 50_000;

/**
 * Reads a sitemap, a sitemap index, or a text with a URL on each line.
 * @throws WebFetchError `not_a_sitemap`
 * @see sitemaps.org protocol
 */
export function parseSitemap(text: string, { url, maxEntries = protocolEntries }: { url: string; maxEntries?: number }): Sitemap {
  const entries = new Map<string, SitemapEntry>();
  let truncated = false;
  const add = (location: string, lastModified: string | null) => {
    const target = parsePageUrl(location, url);
    if (!target || entries.has(target.href)) return;
    if (entries.size >= maxEntries) truncated = true;
    else entries.set(target.href, { url: target.href, lastModified });
  };
  const refused = (cause?: unknown) => new WebFetchError('not_a_sitemap', `${url} is not a sitemap.`, { url, cause });
  let kind: Sitemap['kind'] | null;
  try {
    kind = /^[\uFEFF\s]*</.test(text) ? parseXml(text, add) : parseLines(text, add);
  } catch (cause) {
    throw refused(cause);
  }
  if (kind === null) throw refused();
  return { kind, entries: [...entries.values()], truncated };
}

type Add = (location: string, lastModified: string | null) => void;

function parseXml(text: string, add: Add): 'urlset' | 'index' | null {
  let kind: 'urlset' | 'index' | null = null;
  let depth = 0;
  let location = '';
  let lastModified = '';
  let field: 'loc' | 'lastmod' | null = null;
  const parser = new Parser(
    {
      onopentagname(qualified) {
        const name = localName(qualified);
        depth += 1;
        checkDepth(depth);
        if (depth === 1) kind = name === 'urlset' ? 'urlset' : name === 'sitemapindex' ? 'index' : null;
        else if (depth === 2) location = lastModified = '';
        // Deeper ones are of images and videos.
        else if (depth === 3) field = name === 'loc' && !/image|video/i.test(qualified) ? 'loc' : name === 'lastmod' ? 'lastmod' : null;
      },
      ontext(piece) {
        if (depth !== 3) return;
        if (field === 'loc') location += piece;
        else if (field === 'lastmod') lastModified += piece;
      },
      onclosetag() {
        depth -= 1;
        if (depth === 2) field = null;
        if (depth === 1 && kind && location.trim() !== '') {
          add(location, isoTime(lastModified));
          location = '';
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text.replace(/^\uFEFF/, ''));
  return kind;
}

function parseLines(text: string, add: Add): 'text' | null {
  let any = false;
  for (const line of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    if (!/^\s*https?:\/\//i.test(line)) continue;
    any = true;
    add(line, null);
  }
  return any || text.trim() === '' ? 'text' : null;
}
