import type { SourceHead } from '@dramatis/database/knowledge/source-repository';
import { type CrawlScope, createCrawlScope } from '@dramatis/web-fetch/crawl/crawl-scope';
import { normalizeUrl } from '@dramatis/web-fetch/crawl/normalize-url';

/**
 * What a source of the web may visit. A site is bound to its hosts; the pages that sitemaps and feeds name, and what single pages
 * redirect to, may be of others, as those who made them decided.
 */
export function scopeOf({ kind, settings }: Pick<SourceHead, 'kind' | 'settings'>): CrawlScope {
  const { urls, depth, maxPages, hosts, include, exclude } = settings!;
  if (kind === 'site') {
    const own = urls.flatMap((url) => withAndWithoutWww(new URL(url).host));
    return createCrawlScope({ seeds: urls, hosts: [...own, ...hosts], maxDepth: depth, maxPages, include, exclude });
  }
  const ofHost = (host: string) => createCrawlScope({ seeds: urls, hosts: [host], maxDepth: 1, maxPages, include, exclude });
  const scopes = new Map<string, CrawlScope>();
  return {
    ...ofHost(new URL(urls[0]!).host),
    consider(text, atDepth) {
      const url = normalizeUrl(text);
      if (url === null) return { admitted: false, reason: 'invalid_url' };
      const { host } = new URL(url);
      const scope = scopes.get(host) ?? ofHost(host);
      scopes.set(host, scope);
      return scope.consider(url, atDepth);
    },
  };
}

function withAndWithoutWww(host: string): string[] {
  const bare = host.replace(/^www\./, '');
  return [bare, `www.${bare}`];
}
