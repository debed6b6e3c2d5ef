import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Describer } from '@dramatis/activities/enrichment/describer';
import { createIngestionActivities } from '@dramatis/activities/ingestion/create-ingestion-activities';
import { createProgressReporter } from '@dramatis/activities/ingestion/progress-reporter';
import { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import type { IngestedDocument, Ingestion, IngestionEventBody } from '@dramatis/contracts/ingestion';
import { createPersona } from '@dramatis/contracts/persona';
import { type CrawlSettings, defaultCrawl, type WebSourceKind } from '@dramatis/contracts/source';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository, type NewIngestion } from '@dramatis/database/knowledge/ingestion-repository';
import { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { type SourceItem, SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { createDocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { Embedders } from '@dramatis/embedder/embedders';
import { routerFromSettings } from '@dramatis/language-model/providers-from-settings';
import type { LanguageModelSettings } from '@dramatis/language-model/settings';
import { createFolderObjectStore } from '@dramatis/object-store/folder-object-store';
import type { ObjectStore } from '@dramatis/object-store/port';
import { createSearchClient } from '@dramatis/passage-index/client';
import type { PassageIndex } from '@dramatis/passage-index/passage-index';
import { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import { createWebClient, type WebClient } from '@dramatis/web-fetch/client/web-client';
import { createHostPacer } from '@dramatis/web-fetch/crawl/host-pacer';
import { createRobotsCache } from '@dramatis/web-fetch/robots/robots-cache';
import type { ingestion } from '@dramatis/workflows/ingestion';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { wordEmbedder } from './corpus.fixture.js';

/** The ingestion worker in this process, on the real servers, with a database, an index and a task queue of its own. */
export class IngestionHarness {
  static async start({ trustedHosts, languageModels }: { trustedHosts: string[]; languageModels?: LanguageModelSettings }): Promise<IngestionHarness> {
    Runtime.install({ logger: new DefaultLogger('ERROR') });
    const folder = await mkdtemp(join(tmpdir(), 'ingestion-'));
    const name = `spec-ingestion-${randomUUID().slice(0, 8)}`;
    const uri = new URL(process.env['MONGODB_URI']!);
    uri.pathname = `/${name}`;
    const database = connectDatabase({ uri: uri.href });
    const address = process.env['TEMPORAL_ADDRESS']!;
    const [connection, native] = await Promise.all([Connection.connect({ address }), NativeConnection.connect({ address })]);
    const harness = new IngestionHarness(name, folder, database, new Client({ connection }), native, trustedHosts, languageModels);
    await createIndexes(database);
    await harness.passageIndex.ensure();
    await harness.startWorker();
    return harness;
  }

  readonly sources: SourceRepository;
  readonly documents: DocumentRepository;
  readonly passages: PassageRepository;
  readonly ingestions: IngestionRepository;
  readonly personas: PersonaRepository;
  readonly objects: ObjectStore;
  readonly passageIndex: PassageIndex;
  readonly answers: ModelAnswerRepository;
  readonly events: { ingestionId: string; event: IngestionEventBody }[] = [];
  private readonly search = createSearchClient({ url: process.env['ELASTICSEARCH_URL']!, requestTimeoutMs: 30_000 });
  private readonly embedders = new Embedders([{ provider: 'built-in', model: 'words', embedder: wordEmbedder }], 'built-in');
  private readonly indexes: PassageIndexes;
  private readonly web: WebClient;
  private readonly extractor = createDocumentExtractor();
  private worker: Worker | undefined;
  private running: Promise<void> | undefined;

  private constructor(
    readonly name: string,
    private readonly folder: string,
    private readonly database: ReturnType<typeof connectDatabase>,
    readonly client: Client,
    private readonly native: NativeConnection,
    trustedHosts: string[],
    private readonly languageModels: LanguageModelSettings | undefined,
  ) {
    this.answers = new ModelAnswerRepository(database);
    this.sources = new SourceRepository(database);
    this.documents = new DocumentRepository(database);
    this.passages = new PassageRepository(database);
    this.ingestions = new IngestionRepository(database);
    this.personas = new PersonaRepository(database);
    this.objects = createFolderObjectStore({ folder });
    this.indexes = new PassageIndexes(this.search, { alias: name, firstEmbedder: wordEmbedder.id, searchTimeoutMs: 20_000 });
    this.passageIndex = this.indexes.of(wordEmbedder);
    this.web = createWebClient({ trustedHosts, limits: { totalMs: 3_000, headersMs: 1_000, idleMs: 1_000 } });
  }

  async stop(): Promise<void> {
    this.worker?.shutdown();
    await this.running;
    await Promise.all([this.native.close(), this.client.connection.close(), this.extractor.close(), this.web.close()]);
    await this.search.indices.delete({ index: `${this.name}*`, ignore_unavailable: true, allow_no_indices: true }).catch(() => undefined);
    await this.search.close();
    await this.database.dropDatabase();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  async newPersona(modelRoute?: string[]): Promise<string> {
    const { personaId } = await this.personas.create(createPersona.parse({ personaId: `p-${randomUUID()}`, name: 'Spec', description: 'A persona.', modelRoute }));
    return personaId;
  }

  async webSource(personaId: string, kind: WebSourceKind, settings: Partial<CrawlSettings> & Pick<CrawlSettings, 'urls'>): Promise<string> {
    return (await this.sources.create({ personaId, name: kind, kind, settings: { ...defaultCrawl, ...settings } })).sourceId;
  }

  async uploadSource(personaId: string, files: readonly { fileName: string; contentType: string; bytes: Uint8Array }[]): Promise<string> {
    const documents: SourceItem[] = [];
    for (const { fileName, contentType, bytes } of files) {
      const { key, sha256, bytes: size } = await this.objects.put(bytes);
      documents.push({ title: fileName, fileName, contentType, objectKey: key, sha256, bytes: size });
    }
    return (await this.sources.create({ personaId, name: 'Files', kind: 'upload', documents })).sourceId;
  }

  async begin(personaId: string, sourceId: string, more: Partial<NewIngestion> = {}): Promise<{ ingestionId: string; handle: WorkflowHandle<typeof ingestion> }> {
    const { ingestionId, workflowId } = await this.ingestions.start({ personaId, sourceId, ...more });
    const handle = await this.client.workflow.start<typeof ingestion>('ingestion', { workflowId, taskQueue: this.name, args: [{ ingestionId }] });
    return { ingestionId, handle };
  }

  /** Runs an ingestion to its end, whatever that is; its counts agree. */
  async ingest(personaId: string, sourceId: string, more: Partial<NewIngestion> = {}): Promise<Ingestion> {
    const { ingestionId, handle } = await this.begin(personaId, sourceId, more);
    await handle.result().catch(() => undefined);
    const ended = await this.ingestions.get(ingestionId);
    const { discovered, indexed, unchanged, duplicate, skipped, failed } = ended.counts;
    expect(indexed + unchanged + duplicate + skipped + failed).toBe(discovered);
    if (ended.builtVersion !== null) {
      expect(await this.passageIndex.count(personaId, ended.builtVersion)).toBe(await this.passages.countAt(personaId, ended.builtVersion));
    }
    return ended;
  }

  /** The run's documents by title or, when they have none of their own, by the end of their address. */
  async documentsOf({ ingestionId }: Pick<Ingestion, 'ingestionId'>): Promise<IngestedDocument[]> {
    return (await this.ingestions.documents.page([ingestionId], { limit: 200, offset: 0 })).items;
  }

  async startWorker(): Promise<void> {
    const { sources, documents, passages, ingestions, personas, objects, extractor } = this;
    const crawler = { client: this.web, robots: createRobotsCache(this.web), pacer: createHostPacer({ minIntervalMs: 0, concurrency: 4 }) };
    const sink = { append: (ingestionId: string, event: IngestionEventBody) => Promise.resolve(this.events.push({ ingestionId, event })) };
    const spaces = new EmbeddingSpaces({ embedders: this.embedders, indexes: this.indexes, corpusOf: (personaId) => personas.corpusOf(personaId) });
    const { answers, languageModels } = this;
    const describer = languageModels && new Describer({ router: routerFromSettings(languageModels), timeouts: languageModels.timeouts, answers });
    const activities = createIngestionActivities({
      ...{ sources, documents, passages, ingestions, personas, objects, extractor, crawler, spaces, answers, describer },
      versions: new CorpusVersionRepository(this.database),
      webPages: new WebPageRepository(this.database),
      progress: createProgressReporter(ingestions, sink, (error) => console.error(error)),
    });
    this.worker = await Worker.create({
      connection: this.native,
      taskQueue: this.name,
      workflowBundle: await bundleWorkflowCode({
        workflowsPath: fileURLToPath(import.meta.resolve('@dramatis/workflows/index')),
        logger: new DefaultLogger('ERROR'),
        webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
      }),
      activities: { ...activities },
    });
    this.running = this.worker.run();
  }
}
