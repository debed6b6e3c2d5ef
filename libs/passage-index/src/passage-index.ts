import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '@dramatis/contracts/errors';
import type { Passage } from '@dramatis/contracts/knowledge';
import { keywords } from '@dramatis/text/keywords';
import type { Client, estypes } from '@elastic/elasticsearch';
import { LRUCache } from 'lru-cache';
import { buildHybridSearch, type HybridSearch, versionFilter } from './build-hybrid-search.js';
import { type BulkFailure, readBulkItems } from './bulk-retry.js';
import { EmbedderMismatchError, errorTypeOf, toSearchError } from './errors.js';
import { type EmbedderIdentity, graphSettings, laterFields, passageIndexDefinition } from './passage-mapping.js';
import { nearestSentence, packSentences, type SentenceVectors, unpackSentences } from './sentence-vectors.js';

export interface PassageIndexOptions {
  /** Name under which the index is read and written. Default `dramatis-passages`. */
  alias?: string;
  /** The one whose vectors go in and ask. */
  embedder: EmbedderIdentity;
  /** How long a search may take, in milliseconds. Default 2,000. */
  searchTimeoutMs?: number;
}

export interface IndexedPassage {
  passage: Passage;
  /** Of length 1. */
  vector: Float32Array;
  /** One for each of its sentences, of length 1. Without them it is ranked by its own vector alone. */
  sentences?: readonly Float32Array[];
}

export interface HitPassage {
  passage: Passage;
  /** Of the passage's words and headings, with spaces between. */
  stems: string;
  /** Cosine of the question and the nearest of the passage's sentences, -1 to 1; null where they are not kept. */
  sentenceSimilarity: number | null;
}

/** Hits best first. Similarity is the cosine, -1 to 1; relevance is BM25, from 0 without an upper end. */
export interface HybridHits {
  byVector: (HitPassage & { similarity: number })[];
  byWords: (HitPassage & { relevance: number })[];
  /** Time that Elasticsearch took for both, in milliseconds. */
  tookMs: number;
}

const maxBulkTries = 5;
/** About 5 kB each with a model of 384 dimensions: 10,000 of those. */
const rememberedBytes = 50_000_000;

/** Lines of a bulk request by the id that they are about. */
type BulkOperations = Map<string, NonNullable<estypes.BulkRequest['operations']>>;

/**
 * Passages of all personas in Elasticsearch, by words and by vectors, behind an alias. Every method throws `DomainError`
 * search_unavailable when the server is out of reach, and {@link EmbedderMismatchError} when the index was made with
 * another embedder.
 */
export class PassageIndex {
  readonly #client: Client;
  readonly #alias: string;
  readonly #embedder: EmbedderIdentity;
  readonly #searchTimeoutMs: number;
  readonly #passages = new LRUCache<string, ReadPassage>({ maxSize: rememberedBytes, sizeCalculation: bytesOf });
  #verified: Promise<void> | null = null;

  constructor(client: Client, options: PassageIndexOptions) {
    this.#client = client;
    this.#alias = options.alias ?? 'dramatis-passages';
    this.#embedder = options.embedder;
    this.#searchTimeoutMs = options.searchTimeoutMs ?? 2_000;
  }

  /** Creates the index and its alias if they are not there, and brings one of before up to date. Idempotent, also when several processes call it at once. */
  async ensure(): Promise<void> {
    await this.#ask(async () => {
      if (!(await this.#client.indices.existsAlias({ name: this.#alias }))) await this.#create();
    });
    await this.#verify();
    await this.#ask(() => this.#bringUpToDate());
  }

  /**
   * Writes passages with their vectors, replacing those of the same id. What the server is too busy for is tried again;
   * what it refuses is reported.
   */
  async bulkWrite(items: readonly IndexedPassage[], options: { signal?: AbortSignal } = {}): Promise<{ written: number; failures: BulkFailure[] }> {
    await this.#verify();
    const operations: BulkOperations = new Map();
    for (const { passage, vector, sentences = [] } of items) {
      const stems = keywords([passage.documentTitle, ...passage.headingPath, passage.text].join(' ')).join(' ');
      const kept = sentences.length === 0 ? {} : { sentences: packSentences(sentences) };
      const document = { ...passage, ...kept, stems, embedding: Array.from(vector) };
      operations.set(passage.passageId, [{ index: { _id: passage.passageId } }, document]);
    }
    const failures = await this.#bulk(operations, options.signal);
    return { written: operations.size - failures.length, failures };
  }

  /** Sets the version before which the passages are seen. Ids that are not there are reported. */
  async closePassages(passageIds: readonly string[], validTo: number, options: { signal?: AbortSignal } = {}): Promise<{ failures: BulkFailure[] }> {
    const operations: BulkOperations = new Map(passageIds.map((id) => [id, [{ update: { _id: id } }, { doc: { validTo } }]]));
    return { failures: await this.#bulk(operations, options.signal) };
  }

  /** Takes passages out for good; those that are not there count as taken out. */
  async deletePassages(passageIds: readonly string[], options: { signal?: AbortSignal } = {}): Promise<{ failures: BulkFailure[] }> {
    const operations: BulkOperations = new Map(passageIds.map((id) => [id, [{ delete: { _id: id } }]]));
    return { failures: await this.#bulk(operations, options.signal, [404]) };
  }

  /** How many passages a version of a persona's corpus sees, after {@link refresh}. */
  async count(personaId: string, corpusVersion: number): Promise<number> {
    const query = { bool: { filter: versionFilter(personaId, corpusVersion) } };
    const { count } = await this.#ask(() => this.#client.count({ index: this.#alias, query }));
    return count;
  }

  /** How many passages there are of a persona, in whatever version, after {@link refresh}. */
  async countOf(personaId: string): Promise<number> {
    const { count } = await this.#ask(() => this.#client.count({ index: this.#alias, query: { term: { personaId } } }));
    return count;
  }

  /** Ids of a persona's passages in their order, those after one given, after {@link refresh}. */
  async idsOf(personaId: string, page: { after: string; limit: number }): Promise<string[]> {
    const { hits } = await this.#ask(() =>
      this.#client.search({
        index: this.#alias,
        query: { term: { personaId } },
        sort: [{ passageId: 'asc' }],
        search_after: [page.after],
        size: page.limit,
        _source: false,
        track_total_hits: false,
      }),
    );
    return hits.hits.map(({ _id }) => _id!);
  }

  /** Makes everything written so far visible to searches. */
  async refresh(): Promise<void> {
    await this.#ask(() => this.#client.indices.refresh({ index: this.#alias }));
  }

  /** A search that nobody waits for: the first one after a start takes a cold server seconds. */
  async warmUp(): Promise<void> {
    const vector = new Float32Array(this.#embedder.dimensions).fill(1 / Math.sqrt(this.#embedder.dimensions));
    const searches = buildHybridSearch(this.#alias, { personaId: '', corpusVersion: 0, query: 'warm up', vector, candidates: 1 });
    await this.#ask(() => this.#client.msearch({ searches }));
  }

  /** Candidates by vector and by words, in one request. */
  async search(search: HybridSearch, options: { signal?: AbortSignal } = {}): Promise<HybridHits> {
    await this.#verify();
    const response = await this.#ask(() =>
      this.#client.msearch(
        { searches: buildHybridSearch(this.#alias, search) },
        { requestTimeout: this.#searchTimeoutMs, ...(options.signal ? { signal: options.signal } : {}) },
      ),
    );
    const [vectorHits, wordHits] = response.responses.map(hitsOf);
    const known = await this.#read([...vectorHits!, ...wordHits!].map(({ id }) => id), options.signal);
    const of = (hits: Hit[]) =>
      hits.flatMap(({ id, score }) => {
        const read = known.get(id);
        return read ? [{ passage: read.passage, stems: read.stems, sentenceSimilarity: nearestSentence(read.sentences, search.vector), score }] : [];
      });
    return {
      // Elasticsearch scores a cosine as (1 + cosine) / 2.
      byVector: of(vectorHits!).map(({ score, ...hit }) => ({ ...hit, similarity: 2 * score - 1 })),
      byWords: of(wordHits!).map(({ score, ...hit }) => ({ ...hit, relevance: score })),
      tookMs: response.took,
    };
  }

  /** What the passages say. It never changes under an id, so each is read once; validTo may be that of the first read. */
  async #read(ids: readonly string[], signal?: AbortSignal): Promise<Map<string, ReadPassage>> {
    const found = new Map<string, ReadPassage>();
    const unknown = new Set<string>();
    for (const id of ids) {
      const passage = this.#passages.get(id);
      if (passage) found.set(id, passage);
      else unknown.add(id);
    }
    if (unknown.size === 0) return found;
    const response = await this.#ask(() =>
      this.#client.mget<StoredPassage>(
        { index: this.#alias, ids: [...unknown], _source_excludes: ['embedding'] },
        { requestTimeout: this.#searchTimeoutMs, ...(signal ? { signal } : {}) },
      ),
    );
    for (const document of response.docs) {
      if (!('_source' in document) || !document._source) continue;
      const { stems, sentences = '', ...passage } = document._source;
      const read = { passage, stems, sentences: unpackSentences(sentences) };
      this.#passages.set(document._id, read);
      found.set(document._id, read);
    }
    return found;
  }

  async #create(): Promise<void> {
    const index = `${this.#alias}-1`;
    try {
      await this.#client.indices.create({ index, ...passageIndexDefinition(this.#embedder), aliases: { [this.#alias]: { is_write_index: true } } });
    } catch (error) {
      if (errorTypeOf(error) !== 'resource_already_exists_exception') throw error;
    }
  }

  async #bringUpToDate(): Promise<void> {
    await this.#client.indices.putMapping({ index: this.#alias, properties: laterFields });
    try {
      await this.#client.indices.putSettings({ index: this.#alias, settings: graphSettings });
    } catch (error) {
      if (errorTypeOf(error) !== 'illegal_argument_exception') throw error;
    }
  }

  /** Asks once which embedder made the index, and again after a failure. */
  #verify(): Promise<void> {
    this.#verified ??= this.#readEmbedder().catch((error: unknown) => {
      this.#verified = null;
      throw error;
    });
    return this.#verified;
  }

  async #readEmbedder(): Promise<void> {
    const indices = await this.#ask(() => this.#client.indices.getMapping({ index: this.#alias }, { requestTimeout: this.#searchTimeoutMs }));
    for (const { mappings } of Object.values(indices)) {
      const indexed = String(mappings._meta?.['embedder']);
      if (indexed !== this.#embedder.id) throw new EmbedderMismatchError(this.#alias, indexed, this.#embedder.id);
    }
  }

  async #bulk(operations: BulkOperations, signal?: AbortSignal, expectedStatuses: number[] = []): Promise<BulkFailure[]> {
    const failures: BulkFailure[] = [];
    let pending = [...operations.keys()];
    for (let tries = 1; pending.length > 0; tries += 1) {
      const body = pending.flatMap((id) => operations.get(id)!);
      const response = await this.#ask(() =>
        this.#client.bulk({ index: this.#alias, operations: body }, signal ? { signal } : {}),
      );
      const outcome = readBulkItems(response.items, expectedStatuses);
      failures.push(...outcome.failures);
      pending = outcome.retryable;
      if (pending.length > 0 && tries === maxBulkTries) {
        return [...failures, ...pending.map((passageId) => ({ passageId, status: 429, reason: `refused ${maxBulkTries} times: too busy` }))];
      }
      if (pending.length > 0) await sleep(100 * 2 ** tries, undefined, signal ? { signal } : {});
    }
    return failures;
  }

  async #ask<T>(request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw toSearchError(error);
    }
  }
}

type StoredPassage = Passage & { stems: string; sentences?: string };
type ReadPassage = Pick<HitPassage, 'passage' | 'stems'> & { sentences: SentenceVectors };

/** Two bytes a character, and what the rest of a passage takes. */
function bytesOf({ passage, stems, sentences }: ReadPassage): number {
  return 2 * (passage.text.length + stems.length) + sentences.length + 500;
}

interface Hit {
  id: string;
  score: number;
}

function hitsOf(response: estypes.MsearchResponseItem): Hit[] {
  if ('error' in response) {
    const reason = `Elasticsearch refused the search: ${response.error.reason ?? response.error.type}`;
    throw response.status === 429 || response.status >= 500 ? new DomainError('search_unavailable.because', { reason }) : new Error(reason);
  }
  return response.hits.hits.map((hit) => ({ id: hit._id!, score: hit._score ?? 0 }));
}
