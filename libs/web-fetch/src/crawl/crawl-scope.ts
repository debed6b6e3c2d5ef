import { type CrawlTrap, crawlTrap } from './crawl-traps.js';
import { matchesGlob } from './glob.js';
import { normalizeUrl, type NormalizeUrlOptions } from './normalize-url.js';

export interface CrawlScopeOptions {
  /** Where the crawl begins. */
  seeds: readonly string[];
  /** `example.org`, `*.example.org` (any name below it), `example.org:8080`. Default: the hosts of the seeds, with and without `www.` */
  hosts?: readonly string[];
  /** Links followed one after the other from a seed, which has depth 0. Default: 5. */
  maxDepth?: number;
  /** Default: 1,000. */
  maxPages?: number;
  /**
   * Globs with `*` (within a segment) and `**` (across segments), of the path with its query (`/docs/**`) or, with a scheme, of
   * the whole URL (`https://example.org/docs/**`). When there are any, a page that is no seed must match one.
   */
  include?: readonly string[];
  /** As `include`; what matches one is left out, seeds excepted. */
  exclude?: readonly string[];
  normalize?: Omit<NormalizeUrlOptions, 'base'>;
}

export type OutOfScope =
  | 'invalid_url'
  | 'host'
  | 'depth'
  | 'excluded'
  | 'not_included'
  /** Pictures, films, programs, styles … by the extension. */
  | 'file_type'
  /** The link or its page says `nofollow`. */
  | 'nofollow'
  | 'page_limit'
  | CrawlTrap;

export type ScopeVerdict = { admitted: true; url: string } | { admitted: false; reason: OutOfScope };

/** What a crawl may visit. Pure: what was seen already, and how many pages there are, is told to it. */
export interface CrawlScope {
  /** The seeds in their normal spelling, each once. */
  readonly seeds: readonly string[];
  readonly maxPages: number;
  /** Whether a URL at this depth is of the crawl, with its normal spelling. */
  consider(url: string, depth: number): ScopeVerdict;
}

const otherFiles =
  /\.(?:png|jpe?g|gif|webp|avif|svg|ico|bmp|tiff?|css|m?js|map|woff2?|ttf|otf|eot|mp[34]|m4[av]|aac|og[gv]|opus|flac|wav|webm|avi|mov|mkv|zip|tar|t?gz|bz2|xz|7z|rar|exe|msi|dmg|pkg|deb|rpm|apk|iso|jar|bin|xlsx?|pptx?)$/i;

/** @throws RangeError when no seed is a URL of a page */
export function createCrawlScope({ seeds, hosts, maxDepth = 5, maxPages = 1_000, include = [], exclude = [], normalize = {} }: CrawlScopeOptions): CrawlScope {
  const seedUrls = new Set(seeds.map((seed) => normalizeUrl(seed, normalize)).filter((url) => url !== null));
  if (seedUrls.size === 0) throw new RangeError('A crawl needs the http or https address of a page to begin with.');
  const isOfHost = hostMatcher(hosts ?? [...seedUrls].flatMap((seed) => withAndWithoutWww(new URL(seed).host)));

  return {
    seeds: [...seedUrls],
    maxPages,
    consider(text, depth) {
      const normal = normalizeUrl(text, normalize);
      if (normal === null) return refused('invalid_url');
      const url = new URL(normal);
      if (!isOfHost(url)) return refused('host');
      if (seedUrls.has(normal)) return { admitted: true, url: normal };
      if (depth > maxDepth) return refused('depth');
      if (otherFiles.test(url.pathname)) return refused('file_type');
      const trap = crawlTrap(url);
      if (trap) return refused(trap);
      if (exclude.some((glob) => matchesUrl(glob, url))) return refused('excluded');
      if (include.length > 0 && !include.some((glob) => matchesUrl(glob, url))) return refused('not_included');
      return { admitted: true, url: normal };
    },
  };
}

export interface SelectLinksOptions {
  /** Of the page that the links are on. */
  depth: number;
  /** Pages that the crawl has already, in any state. */
  pages: number;
  /** Whether the crawl has a URL, in its normal spelling. Links that it has are left out silently. */
  isKnown?: (url: string) => boolean;
  /** Whether the page says `nofollow`. Default: false. */
  nofollow?: boolean;
}

export interface SelectedLinks {
  /** In the order of the page, each once, in their normal spelling. */
  admitted: { url: string; depth: number }[];
  refused: Partial<Record<OutOfScope, number>>;
}

/** Which of a page's links to add to the frontier. */
export function selectLinks(scope: CrawlScope, links: readonly { url: string; nofollow: boolean }[], { depth, pages, isKnown = () => false, nofollow = false }: SelectLinksOptions): SelectedLinks {
  const admitted = new Set<string>();
  const refused: SelectedLinks['refused'] = {};
  for (const link of links) {
    const verdict: ScopeVerdict = nofollow || link.nofollow ? { admitted: false, reason: 'nofollow' } : scope.consider(link.url, depth + 1);
    if (verdict.admitted && (admitted.has(verdict.url) || isKnown(verdict.url))) continue;
    if (verdict.admitted && pages + admitted.size < scope.maxPages) {
      admitted.add(verdict.url);
    } else {
      const reason = verdict.admitted ? 'page_limit' : verdict.reason;
      refused[reason] = (refused[reason] ?? 0) + 1;
    }
  }
  return { admitted: [...admitted].map((url) => ({ url, depth: depth + 1 })), refused };
}

function refused(reason: OutOfScope): ScopeVerdict {
  return { admitted: false, reason };
}

function matchesUrl(glob: string, url: URL): boolean {
  if (glob.includes('://')) return matchesGlob(glob, url.href);
  return matchesGlob(/^[/*]/.test(glob) ? glob : `/${glob}`, url.pathname + url.search);
}

function withAndWithoutWww(host: string): string[] {
  const bare = host.replace(/^www\./, '');
  return [bare, `www.${bare}`];
}

/** An entry without a port stands for the usual ones. */
function hostMatcher(entries: readonly string[]): (url: URL) => boolean {
  const hosts = new Set<string>();
  const suffixes: string[] = [];
  for (const entry of entries) {
    const host = entry.trim().toLowerCase();
    if (host.startsWith('*.')) suffixes.push(host.slice(1));
    else hosts.add(URL.parse(`http://${host}`)?.host ?? host);
  }
  return ({ host }) => hosts.has(host) || suffixes.some((suffix) => host.endsWith(suffix));
}
