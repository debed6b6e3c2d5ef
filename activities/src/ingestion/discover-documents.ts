import { documentIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { DiscoveredDocument } from '@dramatis/database/knowledge/ingestion-document-repository';
import type { SourceHead, SourceItem, SourceRecord } from '@dramatis/database/knowledge/source-repository';
import { isWebSource } from '@dramatis/contracts/source';
import { normalizeUrl } from '@dramatis/web-fetch/crawl/normalize-url';
import { readFeed } from '@dramatis/web-fetch/crawl/read-feed';
import { readSitemaps } from '@dramatis/web-fetch/crawl/read-sitemaps';
import { scopeOf } from './crawl-scope-of.js';
import { fetching } from './fetch-failure.js';
import type { IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { keepAlive } from './keep-alive.js';

/** Documents of a later page of links come after all of an earlier one. */
export const ordinalsPerDepth = 10_000_000;
/** How many are written at once. */
const batchSize = 500;

export function createDiscoverDocuments(dependencies: IngestionDependencies): Pick<IngestionActivities, 'discoverDocuments'> {
  const { sources, ingestions, crawler, objects } = dependencies;

  async function* ofSitemaps(source: SourceHead, signal: AbortSignal): AsyncGenerator<DiscoveredDocument[]> {
    const { urls, maxPages } = source.settings!;
    const scope = scopeOf(source);
    let ordinal = 0;
    for await (const { entries, sitemapUrl } of readSitemaps(crawler, { urls, maxPages: 50_000, signal })) {
      const found: DiscoveredDocument[] = [];
      for (const { url } of entries) {
        const verdict = scope.consider(url, 1);
        if (verdict.admitted && ordinal < maxPages) found.push({ ...pageAt(source._id, verdict.url, ordinal++), foundOn: sitemapUrl });
      }
      yield found;
      if (ordinal >= maxPages) return;
    }
  }

  async function* ofFeeds(source: SourceHead, signal: AbortSignal): AsyncGenerator<DiscoveredDocument[]> {
    const { urls, maxPages } = source.settings!;
    const scope = scopeOf(source);
    let ordinal = 0;
    for (const feedUrl of urls) {
      const feed = await readFeed(crawler, { url: feedUrl, signal });
      if (feed.outcome === 'not_modified') continue;
      const found: DiscoveredDocument[] = [];
      for (const { id, url, title, content } of feed.entries) {
        if (ordinal >= maxPages) break;
        if (url !== null) {
          const verdict = scope.consider(url, 1);
          if (verdict.admitted) found.push({ ...pageAt(source._id, verdict.url, ordinal++), title: title ?? verdict.url, foundOn: feedUrl });
        } else if (content !== null) {
          // An entry that leads to no page is a document by itself.
          const { key, sha256, bytes } = await objects.put(content);
          const stored = { objectKey: key, sha256, bytes, contentType: 'text/html; charset=utf-8', fileName: null };
          found.push({ entryId: documentIdOf(source._id, id, 0), ordinal: ordinal++, title: title ?? id, foundOn: feedUrl, ...stored });
        }
      }
      yield found;
    }
  }

  /** Those that failed in the run which is taken up again. */
  async function* ofRetry({ ingestionId, retryOf }: IngestionRun): AsyncGenerator<DiscoveredDocument[]> {
    for (let afterId: string | undefined; ; ) {
      const failed = await ingestions.documents.inState(retryOf!, 'failed', { limit: batchSize, ...(afterId === undefined ? {} : { afterId }) });
      if (failed.length === 0) return;
      afterId = failed.at(-1)!._id;
      yield failed.map(({ entryId, documentId, ordinal, depth, title, url, fileName, foundOn, contentType, objectKey, sha256, bytes }) =>
        url === null
          ? { entryId, documentId, ordinal, title, fileName, foundOn, contentType, objectKey, sha256, bytes }
          : { entryId, ordinal, depth, title, url, foundOn },
      );
      await ingestions.documents.markRetried(retryOf!, failed.map(({ documentId }) => documentId), ingestionId);
    }
  }

  function documentsOf(run: IngestionRun, source: SourceRecord, signal: AbortSignal): AsyncIterable<DiscoveredDocument[]> | Iterable<DiscoveredDocument[]> {
    if (source.removed) return [];
    if (run.retryOf !== null) return ofRetry(run);
    if (!isWebSource(source.kind)) return [ofItems(source._id, source.documents)];
    if (source.kind === 'sitemap') return ofSitemaps(source, signal);
    if (source.kind === 'feed') return ofFeeds(source, signal);
    return [source.settings!.urls.flatMap((url, ordinal) => pageAt(source._id, normalizeUrl(url) ?? url, ordinal))];
  }

  return {
    discoverDocuments: ({ ingestionId }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          const run = await runOf(ingestions, ingestionId);
          const source = await sources.getRecord(run.sourceId);
          await ingestions.setStage(ingestionId, 'discovering');
          let found = 0;
          await fetching(async () => {
            for await (const documents of documentsOf(run, source, signal)) {
              for (let start = 0; start < documents.length; start += batchSize) {
                found += await ingestions.documents.add(ingestionId, run.sourceId, documents.slice(start, start + batchSize));
              }
              signal.throwIfAborted();
            }
          });
          await ingestions.setStage(ingestionId, 'processing');
          return { found };
        }),
      ),
  };
}

/** A page that a crawl has found, not fetched yet. */
export function pageAt(sourceId: string, url: string, ordinal: number, depth = 0): DiscoveredDocument {
  return { entryId: documentIdOf(sourceId, url, 0), ordinal: depth * ordinalsPerDepth + ordinal, depth, title: url, url };
}

/** Gives texts and files their ids, and sees which are the same bytes as one before. */
export function ofItems(sourceId: string, items: readonly SourceItem[]): DiscoveredDocument[] {
  const occurrences = new Map<string, number>();
  const first = new Map<string, { documentId: string; title: string }>();
  return items.map(({ title, contentType, objectKey, sha256, bytes, fileName = null }, ordinal) => {
    const name = fileName ?? title;
    const occurrence = occurrences.get(name) ?? 0;
    occurrences.set(name, occurrence + 1);
    const documentId = documentIdOf(sourceId, name, occurrence);
    const content = `${contentType} ${sha256}`;
    const same = first.get(content);
    if (same === undefined) first.set(content, { documentId, title });
    return {
      entryId: documentId,
      ordinal,
      title,
      fileName,
      contentType,
      objectKey,
      sha256,
      bytes,
      ...(same === undefined ? {} : { state: 'duplicate' as const, code: 'same_bytes', reason: duplicateReason(same.title), duplicateOf: same }),
    };
  });
}

export function duplicateReason(title: string): string {
  return `It says the same as “${title}”.`;
}
