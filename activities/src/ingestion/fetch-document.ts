import { isWebSource } from '@dramatis/contracts/source';
import { documentIdOf } from '@dramatis/database/knowledge/knowledge-ids';
import type { DocumentOutcome } from '@dramatis/database/knowledge/ingestion-document-repository';
import type { IngestionDocumentRecord } from '@dramatis/database/knowledge/ingestion-model';
import type { SourceHead } from '@dramatis/database/knowledge/source-repository';
import type { WebPageRecord } from '@dramatis/database/knowledge/web-page-repository';
import { type CrawlScope, selectLinks } from '@dramatis/web-fetch/crawl/crawl-scope';
import { type FetchedPage, fetchPage } from '@dramatis/web-fetch/crawl/fetch-page';
import { normalizeUrl } from '@dramatis/web-fetch/crawl/normalize-url';
import { WebFetchError } from '@dramatis/web-fetch/web-fetch-error';
import { scopeOf } from './crawl-scope-of.js';
import { pageAt } from './discover-documents.js';
import { fetching, isWorthAnotherTry, stateOf } from './fetch-failure.js';
import type { FetchedDocument, IngestionActivities } from './ingestion-activities.js';
import type { IngestionDependencies } from './ingestion-dependencies.js';
import { withFailures } from './ingestion-failure.js';
import { type IngestionRun, runOf } from './ingestion-run.js';
import { keepAlive } from './keep-alive.js';
import { isDescribed, isMadeAlike, isUndescribed } from './made-alike.js';
import { StepLog } from './step-log.js';
import { closeRevisions } from './unpublished.js';

/** Links that are remembered of one page. */
const maxLinks = 2_000;

export function createFetchDocument(dependencies: IngestionDependencies): Pick<IngestionActivities, 'fetchDocument'> {
  const { ingestions, sources, progress } = dependencies;
  return {
    fetchDocument: ({ ingestionId, entryId }) =>
      withFailures(() =>
        keepAlive(async (signal) => {
          const ref = { ingestionId, entryId };
          const run = await runOf(ingestions, ingestionId);
          const record = await ingestions.documents.get(ref);
          const source = await sources.getHead(run.sourceId);
          const log = new StepLog(ingestions.documents, ref);
          const visit = new Visit(dependencies, run, source, record, log);
          const fetched = await log.keeping('fetch', () => visit.run(signal), ({ state }) => (state === 'fetched' ? 'extract' : null));
          progress.changed(ingestionId);
          return fetched;
        }),
      ),
  };
}

/** One visit of an address: what is there now, what became of it since the last visit, and where it leads. */
class Visit {
  private readonly scope: CrawlScope;
  private readonly ref: { ingestionId: string; entryId: string };

  constructor(
    private readonly dependencies: IngestionDependencies,
    private readonly ingestion: IngestionRun,
    private readonly source: SourceHead,
    private readonly record: IngestionDocumentRecord,
    private readonly log: StepLog,
  ) {
    this.scope = scopeOf(source);
    this.ref = { ingestionId: record.ingestionId, entryId: record.entryId };
  }

  async run(signal: AbortSignal): Promise<FetchedDocument> {
    const { state } = this.record;
    if (state !== null) return { state: state as Exclude<typeof state, 'alias'>, found: 0 };
    let visited: { page: WebPageRecord; noindex: boolean };
    try {
      visited = await this.log.step('fetch', () => this.fetch(signal), ({ note }) => note);
    } catch (error) {
      if (!(error instanceof WebFetchError)) throw error;
      if (isWorthAnotherTry(error)) return fetching(() => Promise.reject(error));
      return this.end({ state: stateOf(error), reason: error.message, code: error.code }, 0);
    }
    const { page, noindex } = visited;
    const found = await this.follow(page.links);
    if (noindex) return this.end({ state: 'skipped', reason: 'The page asks search engines and the like not to keep it (noindex).', code: 'noindex' }, found);
    return this.take(page, found);
  }

  /** The page as it is now, or as it was when the server says that it has not changed. */
  private async fetch(signal: AbortSignal): Promise<{ page: WebPageRecord; noindex: boolean; note: string }> {
    const { crawler, webPages, objects } = this.dependencies;
    const known = await webPages.find(this.source._id, this.record.entryId);
    const usable = known !== null && (await objects.has(known.objectKey)) ? known : null;
    const validators = usable ? { etag: usable.etag, lastModified: usable.lastModified } : {};
    const result = await fetchPage(crawler, { url: this.record.url!, scope: this.scope, validators, signal });
    if (result.outcome === 'not_modified') return { page: usable!, noindex: false, note: 'not modified since the last visit' };
    const { key, sha256, bytes } = await objects.put(result.bytes);
    const page: WebPageRecord = {
      _id: `${this.source._id}/${this.record.entryId}`,
      sourceId: this.source._id,
      url: this.record.url!,
      finalUrl: this.finalUrlOf(result),
      // What must not be kept is fetched in full each time, so that a change of mind is noticed.
      etag: result.noindex ? null : result.etag,
      lastModified: result.noindex ? null : result.lastModified,
      contentType: [result.contentType ?? 'application/octet-stream', ...(result.charset ? [`charset=${result.charset}`] : [])].join('; '),
      fileName: fileNameOf(result.url),
      objectKey: key,
      sha256,
      bytes,
      links: this.linksOf(result),
      fetchedAt: result.fetchedAt,
    };
    await webPages.put(this.record.entryId, page);
    return { page, noindex: result.noindex, note: `${bytes} bytes of ${page.contentType}` };
  }

  /** The page's canonical address, if it is one that this source may visit, else where the redirects ended. */
  private finalUrlOf({ canonicalUrl, url }: FetchedPage): string {
    const here = normalizeUrl(url) ?? url;
    const isOurs = new URL(canonicalUrl).host === new URL(here).host || (this.source.kind === 'site' && this.scope.consider(canonicalUrl, 0).admitted);
    return isOurs ? canonicalUrl : here;
  }

  private linksOf({ links, nofollow }: FetchedPage): string[] {
    if (this.source.kind !== 'site' || nofollow) return [];
    const admitted = links.flatMap((link) => {
      const verdict = link.nofollow ? null : this.scope.consider(link.url, 1);
      return verdict?.admitted ? [verdict.url] : [];
    });
    return [...new Set(admitted)].slice(0, maxLinks);
  }

  /** Adds the pages that this one links to. Returns how many are new to the run. */
  private async follow(links: readonly string[]): Promise<number> {
    const { ingestions } = this.dependencies;
    const { ingestionId, sourceId, retryOf } = this.ingestion;
    if (links.length === 0 || !isWebSource(this.source.kind)) return 0;
    const { depth } = this.record;
    const known = await ingestions.documents.knownEntries(
      retryOf === null ? [ingestionId] : [ingestionId, retryOf],
      links.map((url) => documentIdOf(sourceId, url, 0)),
    );
    const pages = await ingestions.documents.countDocuments(ingestionId);
    const { admitted } = selectLinks(this.scope, links.map((url) => ({ url, nofollow: false })), {
      depth,
      pages,
      isKnown: (url) => known.has(documentIdOf(sourceId, url, 0)),
    });
    const found = admitted.map((link, index) => ({ ...pageAt(sourceId, link.url, index, link.depth), foundOn: this.record.url }));
    return ingestions.documents.add(ingestionId, sourceId, found);
  }

  /** Hands the page on to be prepared, unless another address of the run is the same page, or nothing has changed. */
  private async take(page: WebPageRecord, found: number): Promise<FetchedDocument> {
    const { ingestions, documents } = this.dependencies;
    const documentId = documentIdOf(this.source._id, page.finalUrl, 0);
    const owner = await ingestions.documents.resolveTo(this.ref, { documentId, url: page.finalUrl });
    if (owner !== null) {
      const duplicateOf = { documentId: owner.documentId, title: owner.title };
      const reason = `It leads to ${page.finalUrl}, which this run has already.`;
      return this.end({ state: 'duplicate', reason, code: 'same_address', duplicateOf }, found);
    }
    const { contentType, objectKey, sha256, bytes, fileName } = page;
    this.log.set({ contentType, objectKey, sha256, bytes, fileName });
    const former = await documents.findOpen(documentId);
    const isUnchanged = former?.rawSha256 === sha256 && former.validFrom !== this.ingestion.targetVersion && isMadeAlike(former, page);
    if (!isUnchanged) return { state: 'fetched', found };
    this.log.set({ title: former.title });
    if (isUndescribed(former) && (await isDescribed(this.dependencies, this.ingestion.personaId))) return { state: 'fetched', found };
    this.log.settle({ state: 'unchanged', revisionId: former._id });
    return { state: 'unchanged', found };
  }

  /** Ends the document. What the corpus has of one that is left out goes with this version. */
  private async end(outcome: DocumentOutcome & { state: 'skipped' | 'failed' | 'duplicate' }, found: number): Promise<FetchedDocument> {
    const { documents } = this.dependencies;
    if (outcome.state === 'skipped') {
      const former = await documents.findOpen(this.record.documentId);
      if (former) await closeRevisions(this.dependencies, this.ingestion.personaId, [former._id], this.ingestion.targetVersion);
    }
    this.log.settle(outcome);
    return { state: outcome.state, found };
  }
}

function fileNameOf(url: string): string | null {
  const name = new URL(url).pathname.split('/').at(-1)!;
  try {
    return /\.[a-z0-9]{1,6}$/i.test(name) ? decodeURIComponent(name) : null;
  } catch {
    return name;
  }
}
