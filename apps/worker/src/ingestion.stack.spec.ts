import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createProgressReporter } from '@dramatis/activities/ingestion/progress-reporter';
import { createIngestionActivities } from '@dramatis/activities/ingestion/create-ingestion-activities';
import { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import { createPassageRetriever, type RetrievalInput } from '@dramatis/activities/retrieval/passage-retriever';
import type { Ingestion } from '@dramatis/contracts/ingestion';
import { createPersona } from '@dramatis/contracts/persona';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { type SourceItem, SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { createDocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { createBuiltInEmbedder } from '@dramatis/embedder/built-in/built-in-embedder';
import { Embedders } from '@dramatis/embedder/embedders';
import { type Embedder, EmbedderError } from '@dramatis/embedder/port';
import { createFolderObjectStore } from '@dramatis/object-store/folder-object-store';
import type { ObjectStore } from '@dramatis/object-store/port';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import { createWebClient } from '@dramatis/web-fetch/client/web-client';
import { createHostPacer } from '@dramatis/web-fetch/crawl/host-pacer';
import { createRobotsCache } from '@dramatis/web-fetch/robots/robots-cache';
import type { ingestion } from '@dramatis/workflows/ingestion';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Connection as Database } from 'mongoose';

/** The built-in embedder, which counts what it is asked for, and fails or waits when told to. */
class ObservedEmbedder implements Embedder {
  readonly embedded: string[] = [];
  failures = 0;
  /** Called before each batch, and waited for. */
  beforeEach: () => Promise<void> | void = () => undefined;

  constructor(private readonly inner: Embedder) {}

  get id() {
    return this.inner.id;
  }
  get dimensions() {
    return this.inner.dimensions;
  }
  get maxBatch() {
    return this.inner.maxBatch;
  }

  async embed(texts: readonly string[], options?: { signal?: AbortSignal }): Promise<Float32Array[]> {
    await this.beforeEach();
    if (this.failures > 0) {
      this.failures -= 1;
      throw new EmbedderError('unavailable', 'told to fail');
    }
    this.embedded.push(...texts);
    return this.inner.embed(texts, options);
  }

  warmUp = () => this.inner.warmUp();
  close = () => this.inner.close();
}

const alias = `spec-ingestion-${randomUUID().slice(0, 8)}`;
const taskQueue = alias;
const search = createSearchClient({ url: process.env['ELASTICSEARCH_URL']!, requestTimeoutMs: 30_000 });
const embedder = new ObservedEmbedder(createBuiltInEmbedder({ modelDir: process.env['EMBEDDER_MODEL_DIR']! }));
const embedders = new Embedders([{ provider: 'built-in', model: 'MiniLM', embedder }], 'built-in');
const indexes = new PassageIndexes(search, { alias, firstEmbedder: embedder.id, searchTimeoutMs: 20_000 });
const passageIndex = indexes.of(embedder);
const spaces = new EmbeddingSpaces({ embedders, indexes, corpusOf: (personaId) => personas.corpusOf(personaId) });
const retriever = createPassageRetriever({ spaces });

const web = createWebClient({ trustedHosts: ['127.0.0.1'] });
const crawler = { client: web, robots: createRobotsCache(web), pacer: createHostPacer({ minIntervalMs: 0, concurrency: 4 }) };
const extractor = createDocumentExtractor();

let folder: string;
let database: Database;
let objects: ObjectStore;
let sources: SourceRepository;
let documents: DocumentRepository;
let passages: PassageRepository;
let ingestions: IngestionRepository;
let versions: CorpusVersionRepository;
let personas: PersonaRepository;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  folder = await mkdtemp(join(tmpdir(), 'ingestion-'));
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/${alias}`;
  database = connectDatabase({ uri: uri.href });
  objects = createFolderObjectStore({ folder });
  sources = new SourceRepository(database);
  documents = new DocumentRepository(database);
  passages = new PassageRepository(database);
  ingestions = new IngestionRepository(database);
  versions = new CorpusVersionRepository(database);
  personas = new PersonaRepository(database);
  await createIndexes(database);
  const progress = createProgressReporter(ingestions, { append: () => Promise.resolve() }, (error) => console.error(error));
  connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  native = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  client = new Client({ connection });
  worker = await Worker.create({
    connection: native,
    taskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(import.meta.resolve('@dramatis/workflows/index')),
      webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
    }),
    activities: { ...createIngestionActivities({ personas, sources, documents, passages, ingestions, versions, webPages: new WebPageRepository(database), objects, spaces, extractor, crawler, progress, answers: new ModelAnswerRepository(database) }) },
    maxHeartbeatThrottleInterval: '250 milliseconds',
  });
  running = worker.run();
  await embedder.warmUp();
  await passageIndex.ensure();
  await passageIndex.warmUp();
}, 120_000);

afterAll(async () => {
  worker?.shutdown();
  await running;
  await Promise.all([native?.close(), connection?.close(), embedder.close(), extractor.close(), web.close()]);
  await search.indices.delete({ index: `${alias}-1`, ignore_unavailable: true });
  await search.close();
  await database?.dropDatabase();
  await database?.close();
  await rm(folder, { recursive: true });
}, 60_000);

beforeEach(() => {
  embedder.failures = 0;
  embedder.beforeEach = () => undefined;
  embedder.embedded.length = 0;
});

const texts = {
  loom: '# The loom\n\nThe Jacquard loom is governed by punched cards. Each card raises some threads and leaves others down.\n\n## Flowers\n\nThe loom weaves flowers and leaves in silk.',
  worms: '# Worms\n\nEarthworms bring fine soil to the surface in their castings. They bury old Roman pavements slowly.',
  reefs: '# Reefs\n\nCoral reefs grow upwards while the sea floor beneath them sinks. Atolls are what remains of islands.',
};

async function item(title: string, text: string): Promise<SourceItem> {
  const { key, sha256, bytes } = await objects.put(text);
  return { title, contentType: 'text/markdown', objectKey: key, sha256, bytes };
}

async function newPersona(): Promise<string> {
  const { personaId } = await personas.create(createPersona.parse({ personaId: `p-${randomUUID()}`, name: 'Spec', description: 'A persona.' }));
  return personaId;
}

async function newSource(personaId: string, all: Record<string, string>): Promise<string> {
  const items = await Promise.all(Object.entries(all).map(([title, text]) => item(title, text)));
  return (await sources.create({ personaId, name: 'Notes', documents: items })).sourceId;
}

async function start(personaId: string, sourceId: string, documentsPerRun?: number): Promise<{ ingestionId: string; handle: WorkflowHandle<typeof ingestion> }> {
  const { ingestionId, workflowId } = await ingestions.start({ personaId, sourceId });
  const input = documentsPerRun === undefined ? { ingestionId } : { ingestionId, documentsPerRun };
  return { ingestionId, handle: await client.workflow.start<typeof ingestion>('ingestion', { workflowId, taskQueue, args: [input] }) };
}

/** Runs an ingestion to its end, whatever that is. */
async function ingest(personaId: string, sourceId: string, documentsPerRun?: number): Promise<Ingestion> {
  const { ingestionId, handle } = await start(personaId, sourceId, documentsPerRun);
  await handle.result().catch(() => undefined);
  return ingestions.get(ingestionId);
}

const publishedVersion = async (personaId: string) => (await personas.get(personaId)).corpus.corpusVersion;

async function found(personaId: string, query: string, corpusVersion?: number, history: RetrievalInput['history'] = []) {
  const version = corpusVersion ?? (await publishedVersion(personaId));
  return retriever.retrieve({ personaId, corpusVersion: version, query, history, topK: 8, tokenBudget: 3_000 });
}

const titles = async (...question: Parameters<typeof found>) => (await found(...question)).passages.map(({ documentTitle }) => documentTitle);

describe('ingestion', () => {
  it('brings documents in, from the raw text to an answer with its place', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Loom: texts.loom, Worms: texts.worms });
    const result = await ingest(personaId, sourceId);

    expect(result).toMatchObject({ status: 'completed', corpusVersion: 1, failure: null, endedAt: expect.any(String) });
    expect(result.counts).toEqual({ discovered: 2, indexed: 2, unchanged: 0, duplicate: 0, skipped: 0, failed: 0, passages: 3 });
    expect(await personas.get(personaId)).toMatchObject({ version: 1, corpus: { corpusVersion: 1, documents: 2, passages: 3 } });
    expect(await passageIndex.count(personaId, 1)).toBe(3);
    expect((await sources.get(sourceId)).lastIngestionId).toBe(result.ingestionId);

    const { passages: [best], ungroundedReason } = await found(personaId, 'What do worms do to old pavements?');
    expect(ungroundedReason).toBeNull();
    expect(best).toMatchObject({ documentTitle: 'Worms', score: expect.any(Number), vectorRank: 1, lexicalRank: 1 });
    const { passage, document } = await passages.getInDocument(best!.passageId);
    expect(document.text.slice(passage.startOffset, passage.endOffset)).toBe(best!.text);
    expect(await documents.corpusAt(personaId, 1)).toMatchObject({
      embedder: embedder.id,
      passages: 3,
      documents: [{ title: 'Loom', passages: 2 }, { title: 'Worms', passages: 1, words: 17 }],
    });
  });

  it('says that a corpus has nothing on a question, or that there is none', async () => {
    const personaId = await newPersona();
    expect(await found(personaId, 'What do worms do?')).toEqual({ passages: [], ungroundedReason: 'no_corpus' });
    await ingest(personaId, await newSource(personaId, { Worms: texts.worms }));
    expect(await found(personaId, 'What is the best pizza topping?')).toEqual({ passages: [], ungroundedReason: 'no_match' });
    expect(await titles(personaId, 'And why?', undefined, [{ userText: 'What do worms do?' }])).toEqual(['Worms']);
  });

  it('neither embeds nor writes what has not changed, and publishes nothing new', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Loom: texts.loom, Worms: texts.worms });
    await ingest(personaId, sourceId);
    const before = await titles(personaId, 'looms');
    embedder.embedded.length = 0;

    const again = await ingest(personaId, sourceId);
    expect(again).toMatchObject({ status: 'completed', corpusVersion: 1, counts: { discovered: 2, unchanged: 2, indexed: 0, passages: 0 } });
    expect(embedder.embedded).toEqual([]);
    expect(await publishedVersion(personaId)).toBe(1);

    // Other bytes, the same words.
    await sources.replaceDocuments(sourceId, [await item('Loom', texts.loom.replaceAll('\n', '\r\n')), await item('Worms', texts.worms)]);
    expect((await ingest(personaId, sourceId)).counts).toMatchObject({ unchanged: 2, indexed: 0 });
    expect(embedder.embedded).toEqual([]);
    expect(await titles(personaId, 'looms')).toEqual(before);
  });

  it('makes a new version of what changed, and keeps the old one as it was', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Loom: texts.loom, Worms: texts.worms });
    await ingest(personaId, sourceId);
    const [worms] = (await found(personaId, 'worms')).passages;
    await sources.replaceDocuments(sourceId, [await item('Loom', texts.loom.replace('flowers and leaves in silk', 'portraits in brocade')), await item('Reefs', texts.reefs)]);
    embedder.embedded.length = 0;

    const result = await ingest(personaId, sourceId);
    expect(result).toMatchObject({ status: 'completed', corpusVersion: 2, counts: { discovered: 2, indexed: 2, passages: 3 } });
    expect(await personas.get(personaId)).toMatchObject({ corpus: { corpusVersion: 2, documents: 2, passages: 3 } });

    expect(await titles(personaId, 'How do coral reefs grow?')).toEqual(['Reefs']);
    expect(await titles(personaId, 'What do earthworms do to soil?')).toEqual([]);
    expect((await found(personaId, 'What does the loom weave?')).passages.map(({ text }) => text).join(' ')).toContain('brocade');

    expect(await titles(personaId, 'How do coral reefs grow?', 1)).toEqual([]);
    expect((await found(personaId, 'What do earthworms do to soil?', 1)).passages[0]!.passageId).toBe(worms!.passageId);
    expect((await found(personaId, 'What does the loom weave?', 1)).passages.map(({ text }) => text).join(' ')).toContain('silk');

    // What was taken away comes back, without waking in the version between.
    await sources.replaceDocuments(sourceId, [await item('Worms', texts.worms)]);
    expect(await ingest(personaId, sourceId)).toMatchObject({ corpusVersion: 3, counts: { indexed: 1 } });
    expect(await titles(personaId, 'What do earthworms do to soil?')).toEqual(['Worms']);
    expect(await titles(personaId, 'What do earthworms do to soil?', 2)).toEqual([]);
    expect(await personas.get(personaId)).toMatchObject({ corpus: { documents: 1, passages: 1 } });
  });

  it('accounts for every document, and brings in the others when one cannot be', async () => {
    const personaId = await newPersona();
    await ingest(personaId, await newSource(personaId, { Reefs: texts.reefs }));
    const sourceId = await newSource(personaId, {
      Loom: texts.loom,
      'Loom, again': texts.loom,
      'Loom, in other bytes': `${texts.loom}\n\n`,
      'From another source': texts.reefs,
      Empty: '<!-- nothing -->\n\n\u200b',
    });
    const lost = { title: 'Lost', contentType: 'text/plain' as const, objectKey: `sha256/00/${'0'.repeat(64)}`, sha256: '0'.repeat(64), bytes: 1 };
    await sources.replaceDocuments(sourceId, [...(await sources.getRecord(sourceId)).documents, lost]);

    const result = await ingest(personaId, sourceId);
    expect(result).toMatchObject({ status: 'completed', corpusVersion: 2 });
    expect(result.counts).toEqual({ discovered: 6, indexed: 1, unchanged: 0, duplicate: 3, skipped: 1, failed: 1, passages: 2 });
    const { items } = await ingestions.documents.page([result.ingestionId], { limit: 50, offset: 0 });
    const states = Object.fromEntries(items.map(({ title, state, reason }) => [title, [state, reason]]));
    expect(states['Loom, again']).toEqual(['duplicate', expect.stringContaining('“Loom”')]);
    expect(states['From another source']).toEqual(['duplicate', expect.stringContaining('“Reefs”')]);
    expect(states['Empty']).toEqual(['skipped', expect.stringContaining('no text')]);
    expect(states['Lost']).toEqual(['failed', expect.stringContaining('no object')]);
    expect(await passageIndex.count(personaId, 2)).toBe(3);
  });

  it('fails without touching the corpus when nothing can be brought in', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Worms: texts.worms });
    await ingest(personaId, sourceId);
    const lost = { title: 'Worms', contentType: 'text/plain' as const, objectKey: `sha256/00/${'0'.repeat(64)}`, sha256: '0'.repeat(64), bytes: 1 };
    await sources.replaceDocuments(sourceId, [lost]);

    const result = await ingest(personaId, sourceId);
    expect(result).toMatchObject({ status: 'failed', corpusVersion: null, failure: expect.stringContaining('no object'), counts: { failed: 1 } });
    expect(await publishedVersion(personaId)).toBe(1);
    expect(await titles(personaId, 'worms')).toEqual(['Worms']);
  });

  it('goes on after failures of the embedder', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Worms: texts.worms });
    embedder.failures = 2;
    expect(await ingest(personaId, sourceId)).toMatchObject({ status: 'completed', counts: { indexed: 1 } });
  });

  it('takes long documents, and many of them in several runs of the workflow', async () => {
    const personaId = await newPersona();
    const paragraph = (n: number) => `Paragraph ${n} tells of wheels and cards number ${n * 7}. `.repeat(12);
    const long = Array.from({ length: 30 }, (_, n) => paragraph(n)).join('\n\n');
    const sourceId = await newSource(personaId, { Long: long, Loom: texts.loom, Worms: texts.worms, Reefs: texts.reefs, Same: texts.reefs });
    const result = await ingest(personaId, sourceId, 2);
    expect(result).toMatchObject({ status: 'completed', counts: { discovered: 5, indexed: 4, duplicate: 1 } });
    expect(await passageIndex.count(personaId, 1)).toBe(result.counts.passages);
    const description = await client.workflow.getHandle(result.workflowId).describe();
    expect(description.runId).not.toBe((await client.workflow.getHandle(result.workflowId).fetchHistory()).events![0]!.workflowExecutionStartedEventAttributes!.firstExecutionRunId);
  });

  it('runs once a persona at a time', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Worms: texts.worms });
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    embedder.beforeEach = () => held;
    const { handle } = await start(personaId, sourceId);
    await expect(ingestions.start({ personaId, sourceId })).rejects.toMatchObject({ code: 'ingestion_in_progress' });
    const other = await newPersona();
    await expect(ingestions.start({ personaId: other, sourceId })).resolves.toMatchObject({ status: 'running' });
    release();
    await handle.result();
    await expect(ingestions.start({ personaId, sourceId })).resolves.toMatchObject({ status: 'running' });
  });

  it('is cancelled without a trace in the corpus, and the next one cleans up', async () => {
    const personaId = await newPersona();
    const sourceId = await newSource(personaId, { Worms: texts.worms });
    await ingest(personaId, sourceId);
    await sources.replaceDocuments(sourceId, [await item('Reefs', texts.reefs), await item('Loom', texts.loom)]);

    const { promise: indexing, resolve: reached } = Promise.withResolvers<void>();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    embedder.beforeEach = () => {
      reached();
      return held;
    };
    const { ingestionId, handle } = await start(personaId, sourceId);
    await indexing;
    await handle.cancel();
    release();
    await expect(handle.result()).rejects.toMatchObject({ cause: { name: 'CancelledFailure' } });

    expect(await ingestions.get(ingestionId)).toMatchObject({ status: 'cancelled', corpusVersion: null });
    expect(await publishedVersion(personaId)).toBe(1);
    expect(await titles(personaId, 'What do earthworms do to soil?')).toEqual(['Worms']);
    expect(await passages.countAt(personaId, 1)).toBe(1);

    await sources.replaceDocuments(sourceId, [await item('Worms', texts.worms), await item('Loom', texts.loom)]);
    expect(await ingest(personaId, sourceId)).toMatchObject({ status: 'completed', corpusVersion: 2, counts: { unchanged: 1, indexed: 1 } });
    expect(await titles(personaId, 'What do earthworms do to soil?')).toEqual(['Worms']);
    expect(await titles(personaId, 'How do coral reefs grow?')).toEqual([]);
  });
});
