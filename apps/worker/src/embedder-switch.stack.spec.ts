import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createEmbeddingSwitchActivities } from '@dramatis/activities/embedding-switch/create-embedding-switch-activities';
import { embedPassages } from '@dramatis/activities/ingestion/embed-passages';
import { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import { createPassageRetriever } from '@dramatis/activities/retrieval/passage-retriever';
import { openEnded, type Passage } from '@dramatis/contracts/knowledge';
import { createPersona } from '@dramatis/contracts/persona';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { EmbedderSwitchRepository } from '@dramatis/database/knowledge/embedder-switch-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { Embedders } from '@dramatis/embedder/embedders';
import { createOllamaEmbedder } from '@dramatis/embedder/remote/ollama-embedder';
import { createOpenAiEmbedder } from '@dramatis/embedder/remote/openai-embedder';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import { type EmbeddingServer, startEmbeddingServer } from '@dramatis/testing/embedding-server/embedding-server';
import { eventually } from '@dramatis/testing/eventually';
import type { switchEmbedder } from '@dramatis/workflows/switch-embedder';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Connection as Database } from 'mongoose';

/** More than one batch, so that a try can stop in the middle. */
const passageCount = 70;
const batchSize = 32;
const dimensions = 64;
const alias = `spec-switch-${randomUUID().slice(0, 8)}`;
const search = createSearchClient({ url: process.env['ELASTICSEARCH_URL']!, requestTimeoutMs: 30_000 });

let server: EmbeddingServer;
let embedders: Embedders;
let indexes: PassageIndexes;
let spaces: EmbeddingSpaces;
let database: Database;
let personas: PersonaRepository;
let passages: PassageRepository;
let switches: EmbedderSwitchRepository;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let worker: Worker;
let running: Promise<void>;
let from: string;
let to: string;

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  server = await startEmbeddingServer({ dimensions });
  const former = createOllamaEmbedder({ baseUrl: server.ollamaBaseUrl, model: 'former', dimensions });
  const next = createOpenAiEmbedder({ baseUrl: server.openaiBaseUrl, model: 'next', dimensions });
  [from, to] = [former.id, next.id];
  embedders = new Embedders([{ provider: 'ollama', model: 'former', embedder: former }, { provider: 'openai', model: 'next', embedder: next }], 'ollama');
  indexes = new PassageIndexes(search, { alias, firstEmbedder: from, searchTimeoutMs: 20_000 });
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/${alias}`;
  database = connectDatabase({ uri: uri.href });
  personas = new PersonaRepository(database);
  passages = new PassageRepository(database);
  switches = new EmbedderSwitchRepository(database);
  spaces = new EmbeddingSpaces({ embedders, indexes, corpusOf: (personaId) => personas.corpusOf(personaId) });
  await createIndexes(database);
  await Promise.all([indexes.of(former).ensure(), indexes.of(next).ensure()]);
  connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  native = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  client = new Client({ connection });
  worker = await Worker.create({
    connection: native,
    taskQueue: alias,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(import.meta.resolve('@dramatis/workflows/index')),
      webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
    }),
    activities: { ...createEmbeddingSwitchActivities({ personas, passages, switches, spaces }) },
    maxHeartbeatThrottleInterval: '100 milliseconds',
  });
  running = worker.run();
}, 60_000);

afterAll(async () => {
  worker.shutdown();
  await running;
  await Promise.all([connection.close(), native.close(), embedders.close(), server.stop()]);
  await search.indices.delete({ index: [from, to].map((id) => `${indexes.aliasOf(id)}-1`) });
  await search.close();
  await database.dropDatabase();
  await database.close();
});

afterEach(() => server.reset());

/** A persona at its second version, with two passages that only the first one sees. */
async function publishedPersona(): Promise<string> {
  const { personaId } = await personas.create(createPersona.parse({ personaId: `p-${randomUUID()}`, name: 'Ada', description: 'A persona.', status: 'active' }));
  const written = Array.from({ length: passageCount }, (_, i): Passage => {
    const text = `Passage ${i} tells of subject${i} and of the engine.`;
    return {
      passageId: randomUUID().replaceAll('-', ''),
      personaId,
      documentId: 'document',
      sourceId: randomUUID(),
      documentTitle: 'Notes',
      headingPath: [],
      ordinal: i,
      text,
      tokens: 10,
      startOffset: 0,
      endOffset: text.length,
      validFrom: 1,
      validTo: i < 2 ? 2 : openEnded,
    };
  });
  await passages.write('revision', written);
  const { embedder, passageIndex } = spaces.named(from);
  await passageIndex.bulkWrite(await embedPassages(embedder, written));
  await passageIndex.refresh();
  const corpus = { corpusVersion: 2, documents: 1, passages: passageCount - 2, embedder: from };
  await personas.publishCorpus(personaId, { expectedCorpusVersion: 0, corpus });
  server.reset();
  return personaId;
}

async function start(personaId: string, target = to): Promise<{ switchId: string; handle: WorkflowHandle<typeof switchEmbedder> }> {
  const { switchId, workflowId } = await switches.start({ personaId, from, to: target });
  const handle = await client.workflow.start<typeof switchEmbedder>('switchEmbedder', { taskQueue: alias, workflowId, args: [{ switchId, graceMs: 0 }] });
  return { switchId, handle };
}

const countOf = async (embedderId: string, personaId: string): Promise<number> => {
  const { passageIndex } = spaces.named(embedderId);
  await passageIndex.refresh();
  return passageIndex.countOf(personaId);
};
const ask = (personaId: string, query: string) =>
  createPassageRetriever({ spaces }).retrieve({ personaId, corpusVersion: 2, query, history: [], topK: 3, tokenBudget: 1_000 });
const requestsTo = (vendor: 'openai' | 'ollama') => server.requests.filter((request) => request.vendor === vendor);

describe('a switch of the embedder', () => {
  it('embeds all kept versions again, lets the new one take over, and clears the former index', async () => {
    const personaId = await publishedPersona();
    const { handle } = await start(personaId);
    expect(await handle.result()).toEqual({ passages: passageCount });
    expect(await personas.corpusOf(personaId)).toMatchObject({ corpusVersion: 2, embedder: to });
    const { passageIndex } = spaces.named(to);
    expect([await passageIndex.count(personaId, 1), await passageIndex.count(personaId, 2)]).toEqual([passageCount, passageCount - 2]);
    expect(await countOf(from, personaId)).toBe(0);
    server.reset();
    expect((await ask(personaId, 'What of subject42?')).passages[0]).toMatchObject({ ordinal: 42 });
    expect(requestsTo('openai')).toHaveLength(1);
    expect(requestsTo('ollama')).toHaveLength(0);
    expect(await switches.findLast(personaId)).toMatchObject({ status: 'completed', stage: 'ended', from, to, passages: passageCount, embedded: passageCount, failure: null });
  });

  it('lets the former one serve meanwhile, and nothing else write; when cancelled it stays', async () => {
    const personaId = await publishedPersona();
    // The first batch comes, the second does not.
    server.script({ kind: 'shuffled' }, { kind: 'hang', at: 'before_headers' });
    const { handle } = await start(personaId);
    await eventually('the first batch', async () => (await switches.findLast(personaId))?.embedded === batchSize);
    await eventually('the second batch', () => requestsTo('openai').length === 2);
    expect((await ask(personaId, 'What of subject42?')).passages[0]).toMatchObject({ ordinal: 42 });
    expect(requestsTo('ollama')).toHaveLength(1);
    await expect(switches.start({ personaId, from, to })).rejects.toMatchObject({ code: 'ingestion_in_progress' });
    await handle.cancel();
    await expect(handle.result()).rejects.toThrow(/cancel/i);
    expect(await personas.corpusOf(personaId)).toMatchObject({ embedder: from });
    expect(await countOf(to, personaId)).toBe(0);
    expect(await countOf(from, personaId)).toBe(passageCount);
    expect(await switches.findLast(personaId)).toMatchObject({ status: 'cancelled', failure: null });
    await expect(start(personaId).then(({ handle: again }) => again.result())).resolves.toEqual({ passages: passageCount });
  }, 30_000);

  it('goes on where a try has stopped', async () => {
    const personaId = await publishedPersona();
    server.script({ kind: 'shuffled' }, { kind: 'status', status: 503 }, { kind: 'reset', at: 'mid_body' });
    const { handle } = await start(personaId);
    await handle.result();
    const embedded = requestsTo('openai').flatMap(({ texts }) => texts).filter((text) => text.includes('Passage'));
    const firstBatch = requestsTo('openai')[0]!.texts;
    expect(embedded.filter((text) => firstBatch.includes(text))).toHaveLength(batchSize + samplesOf(firstBatch));
  }, 30_000);

  it('leaves no trace when the embedder cannot be used, and says why', async () => {
    const personaId = await publishedPersona();
    server.script({ kind: 'shuffled' }, { kind: 'status', status: 401 });
    const { handle } = await start(personaId);
    await expect(handle.result()).rejects.toThrow();
    expect(await switches.findLast(personaId)).toMatchObject({ status: 'failed', failure: expect.stringContaining('401') });
    expect(await countOf(to, personaId)).toBe(0);
    const unknown = await start(personaId, 'openai/gone/8');
    await expect(unknown.handle.result()).rejects.toThrow();
    expect(await switches.findLast(personaId)).toMatchObject({ status: 'failed', failure: expect.stringContaining('openai/gone/8') });
    expect(await personas.corpusOf(personaId)).toMatchObject({ embedder: from });
  }, 30_000);
});

/** The check before the move embeds some passages once more. */
function samplesOf(texts: readonly string[]): number {
  // A title and a sentence.
  return requestsTo('openai').filter((request) => request.texts.length === 2 && texts.includes(request.texts[1]!)).length;
}
