import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCorpusActivities } from '@dramatis/activities/corpus/create-corpus-activities';
import { createPlaygroundActivities } from '@dramatis/activities/playground/explain-search';
import { Describer } from '@dramatis/activities/enrichment/describer';
import { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import { createPersona } from '@dramatis/contracts/persona';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { CorpusGarbage } from '@dramatis/database/corpus/corpus-garbage';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { RevisionFactsRepository } from '@dramatis/database/corpus/revision-facts-repository';
import { VersionContents } from '@dramatis/database/corpus/version-contents';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { createDocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { Embedders } from '@dramatis/embedder/embedders';
import { routerFromSettings } from '@dramatis/language-model/providers-from-settings';
import type { LanguageModelSettings } from '@dramatis/language-model/settings';
import { createFolderObjectStore } from '@dramatis/object-store/folder-object-store';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { CorpusWriter, wordEmbedder } from './corpus.fixture.js';

export type CorpusStack = Awaited<ReturnType<typeof startCorpusStack>>;

/** A worker for corpus versions on the real servers, with a database, an index and a task queue of its own. */
export async function startCorpusStack({ retainedVersions, languageModels }: { retainedVersions: number; languageModels?: LanguageModelSettings }) {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const name = `spec-corpora-${randomUUID().slice(0, 8)}`;
  const search = createSearchClient({ url: process.env['ELASTICSEARCH_URL']!, requestTimeoutMs: 30_000 });
  const folder = await mkdtemp(join(tmpdir(), 'corpora-'));
  const objects = createFolderObjectStore({ folder });
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/${name}`;
  const database = connectDatabase({ uri: uri.href });

  const personas = new PersonaRepository(database);
  const documents = new DocumentRepository(database);
  const passages = new PassageRepository(database);
  const versions = new CorpusVersionRepository(database);
  const answers = new ModelAnswerRepository(database);
  const contents = new VersionContents(database);
  const profiles = new CorpusProfileRepository(database);
  const graphs = new KnowledgeGraphRepository(database);
  const reproductions = new ReproductionRepository(database);
  const extractor = createDocumentExtractor();
  const embedders = new Embedders([{ provider: 'built-in', model: 'words', embedder: wordEmbedder }], 'built-in');
  const indexes = new PassageIndexes(search, { alias: name, firstEmbedder: wordEmbedder.id, searchTimeoutMs: 20_000 });
  const spaces = new EmbeddingSpaces({ embedders, indexes, corpusOf: (personaId) => personas.corpusOf(personaId) });
  const passageIndex = indexes.of(wordEmbedder);

  await createIndexes(database);
  await passageIndex.ensure();
  const connection = await Connection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  const native = await NativeConnection.connect({ address: process.env['TEMPORAL_ADDRESS']! });
  const client = new Client({ connection });
  const worker = await Worker.create({
    connection: native,
    taskQueue: name,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(import.meta.resolve('@dramatis/workflows/index')),
      logger: new DefaultLogger('ERROR'),
      webpackConfigHook: (config) => ({ ...config, resolve: { ...config.resolve, conditionNames: ['source', 'import', 'default'] } }),
    }),
    activities: {
      ...createCorpusActivities({
        personas,
        documents,
        passages,
        versions,
        ingestions: new IngestionRepository(database),
        extractor,
        contents,
        garbage: new CorpusGarbage(database),
        reproductions,
        facts: new RevisionFactsRepository(database),
        profiles,
        graphs,
        objects,
        answers,
        describer: languageModels && new Describer({ router: routerFromSettings(languageModels), timeouts: languageModels.timeouts, answers }),
        spaces,
        retainedVersions,
      }),
      ...createPlaygroundActivities({ spaces, profiles, graphs }),
    },
  });
  const running = worker.run();

  return {
    database,
    personas,
    documents,
    passages,
    versions,
    contents,
    answers,
    profiles,
    graphs,
    reproductions,
    objects,
    passageIndex,
    writer: new CorpusWriter({ documents, passages, versions, objects, spaces }),

    async newPersona(): Promise<string> {
      const personaId = `spec-${randomUUID().slice(0, 8)}`;
      await personas.create(createPersona.parse({ personaId, name: 'Ada', description: 'Mathematician.', status: 'active' }));
      return personaId;
    },

    /** Runs a workflow to its end. */
    execute<W extends (input: never) => Promise<unknown>>(workflow: string, input: Parameters<W>[0]): Promise<Awaited<ReturnType<W>>> {
      return client.workflow.execute(workflow, { taskQueue: name, workflowId: `spec/${randomUUID()}`, args: [input] }) as Promise<Awaited<ReturnType<W>>>;
    },

    async stop(): Promise<void> {
      worker.shutdown();
      await running;
      await Promise.all([native.close(), connection.close()]);
      await search.indices.delete({ index: `${name}-1`, ignore_unavailable: true });
      await Promise.all([search.close(), extractor.close()]);
      await database.dropDatabase();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
