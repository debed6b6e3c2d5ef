import type { CrawlSettings, SourceKind, WebSourceKind } from '@dramatis/contracts/source';

// Spelt out, and compared with the contracts by a spec: importing their values would bring every schema into the page.
export const maxDocumentCharacters = 200_000;
export const maxSourcePages = 20_000;
export const maxUploadBytes = 52_428_800;
/** The same as people say it, in any language. */
export const maxUploadWords = `${maxUploadBytes / 2 ** 20} MB`;
export const defaultCrawl: Omit<CrawlSettings, 'urls'> = { depth: 3, maxPages: 500, hosts: [], include: [], exclude: [] };

const webKinds: Record<WebSourceKind, true> = { page: true, sitemap: true, site: true, feed: true };

/** Whether the documents of such a source are fetched from the web. */
export function isWebSource(kind: SourceKind): kind is WebSourceKind {
  return kind in webKinds;
}
