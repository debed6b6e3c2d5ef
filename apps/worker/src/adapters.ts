import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createEmbeddingSwitchActivities } from '@dramatis/activities/embedding-switch/create-embedding-switch-activities';
import { Describer } from '@dramatis/activities/enrichment/describer';
import { EmbeddingSpaces } from '@dramatis/activities/retrieval/embedding-spaces';
import { PassageTexts } from '@dramatis/activities/retrieval/passage-texts';
import { PromptComposer } from '@dramatis/activities/prompting/prompt-composer';
import { PromptStore } from '@dramatis/activities/prompting/prompt-store';
import { createPassageRetriever } from '@dramatis/activities/retrieval/passage-retriever';
import { createCorpusActivities } from '@dramatis/activities/corpus/create-corpus-activities';
import { createProgressReporter } from '@dramatis/activities/ingestion/progress-reporter';
import { createIngestionActivities } from '@dramatis/activities/ingestion/create-ingestion-activities';
import { createPlaygroundActivities } from '@dramatis/activities/playground/explain-search';
import { createTurnActivities } from '@dramatis/activities/turn/create-turn-activities';
import { TurnContexts } from '@dramatis/activities/turn/turn-context';
import { inHandTaskQueueOf } from '@dramatis/contracts/task-queues';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { CorpusGarbage } from '@dramatis/database/corpus/corpus-garbage';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { recordPublishedVersions } from '@dramatis/database/corpus/record-published-versions';
import { KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { RevisionFactsRepository } from '@dramatis/database/corpus/revision-facts-repository';
import { VersionContents } from '@dramatis/database/corpus/version-contents';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { EmbedderSwitchRepository } from '@dramatis/database/knowledge/embedder-switch-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { ModelAnswerRepository } from '@dramatis/database/knowledge/model-answer-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { WebPageRepository } from '@dramatis/database/knowledge/web-page-repository';
import { PersonaCache } from '@dramatis/database/personas/persona-cache';
import { CustomFormatRepository, CustomModeRepository } from '@dramatis/database/customs/custom-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { createDocumentExtractor } from '@dramatis/document-extraction/document-extractor';
import { builtInEmbedderId } from '@dramatis/embedder/built-in/built-in-embedder';
import { createCachedEmbedder } from '@dramatis/embedder/cached-embedder';
import { embeddersFromSettings } from '@dramatis/embedder/embedders';
import { routerFromSettings } from '@dramatis/language-model/providers-from-settings';
import { TurnLedger } from '@dramatis/limits/turn-ledger';
import { objectStoreFromSettings } from '@dramatis/object-store/object-store-from-settings';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndexes } from '@dramatis/passage-index/passage-indexes';
import type { Logger } from '@dramatis/telemetry/logger';
import { IngestionEventStream } from '@dramatis/turn-events/ingestion-event-stream';
import { connectRedis, whenReady } from '@dramatis/turn-events/redis';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { createWebClient } from '@dramatis/web-fetch/client/web-client';
import { createHostPacer } from '@dramatis/web-fetch/crawl/host-pacer';
import { createRobotsCache } from '@dramatis/web-fetch/robots/robots-cache';
import { describesDocuments, type WorkerEnv } from './env.js';

export type Adapters = Awaited<ReturnType<typeof createAdapters>>;

/** Makes everything that activities need from the environment: the only place where addresses become connections. */
export async function createAdapters(env: WorkerEnv, logger: Logger) {
  const warn = (what: string) => (error: Error) => logger.warn({ err: error }, what);
  const database = connectDatabase({ uri: env.MONGODB_URI, onConnectError: warn('database is out of reach') });
  const redis = connectRedis({ url: env.REDIS_URL, onError: warn('redis is out of reach') });
  await whenReady(redis, 2_000);

  const personas = new PersonaRepository(database, new PersonaCache(redis, warn('personas are not cached')));
  const turns = new TurnRepository(database);
  const workspaces = new TurnWorkspaceRepository(database);
  const passages = new PassageRepository(database);
  const sources = new SourceRepository(database);
  const documents = new DocumentRepository(database);
  const ingestions = new IngestionRepository(database);
  const webPages = new WebPageRepository(database);
  const events = new TurnEventStream(redis);
  const embedders = embeddersFromSettings(env.embedders, (embedder) => createCachedEmbedder(embedder));
  // Embedders of their own, so that no question waits behind an ingestion's batches.
  const ingestionEmbedders = embeddersFromSettings(env.embedders);
  const searchClient = createSearchClient({ url: env.ELASTICSEARCH_URL });
  const indexes = new PassageIndexes(searchClient, { alias: env.DRAMATIS_PASSAGES_INDEX, firstEmbedder: builtInEmbedderId });
  const spaces = new EmbeddingSpaces({
    embedders,
    indexes,
    corpusOf: async (personaId) => (await personas.get(personaId)).corpus,
    rememberMs: 1_000,
  });
  const objects = objectStoreFromSettings(env.objects);
  const router = routerFromSettings(env.languageModels, {
    onCircuitChange: (change) => logger.warn(change, 'circuit of a provider changed'),
  });

  const stopping = new AbortController();
  const inHandTaskQueue = inHandTaskQueueOf(`${hostname()}-${randomUUID()}`);
  const contexts = new TurnContexts({
    turns,
    personas,
    workspaces,
    events,
    customModes: new CustomModeRepository(database),
    customFormats: new CustomFormatRepository(database),
  });
  const prompts = new PromptStore(workspaces);
  const passageTexts = new PassageTexts(passages);
  const turnActivities = createTurnActivities({
    contexts,
    prompts,
    passageTexts,
    composer: new PromptComposer({ contexts, prompts, passageTexts, router }),
    retriever: createPassageRetriever({ spaces }),
    turns,
    events,
    ledger: new TurnLedger(redis),
    router,
    timeouts: env.languageModels.timeouts,
    handOver: { taskQueue: inHandTaskQueue, atOnce: env.DRAMATIS_MAX_CONCURRENT_TURNS, stopping: stopping.signal },
    logger,
  });
  const writingSpaces = new EmbeddingSpaces({ embedders: ingestionEmbedders, indexes, corpusOf: (personaId) => personas.corpusOf(personaId) });
  const { DRAMATIS_TRUSTED_HOSTS: trustedHosts, DRAMATIS_CRAWL_INTERVAL_MS: minIntervalMs, DRAMATIS_CRAWL_CONTACT: contact } = env;
  const client = createWebClient({ trustedHosts, ...(contact === undefined ? {} : { contact }) });
  const crawler = { client, robots: createRobotsCache(client), pacer: createHostPacer({ minIntervalMs }) };
  const extractor = createDocumentExtractor();
  const progress = createProgressReporter(ingestions, new IngestionEventStream(redis), warn('progress of an ingestion is not told'));
  const versions = new CorpusVersionRepository(database);
  const answers = new ModelAnswerRepository(database);
  // With a router of its own: what happens to documents opens no circuit for turns.
  const describer = describesDocuments(env) ? new Describer({ router: routerFromSettings(env.languageModels), timeouts: env.languageModels.timeouts, answers }) : undefined;
  const ingestionActivities = createIngestionActivities({
    versions,
    personas,
    sources,
    documents,
    passages,
    ingestions,
    objects,
    webPages,
    extractor,
    crawler,
    progress,
    answers,
    describer,
    spaces: writingSpaces,
  });
  const profiles = new CorpusProfileRepository(database);
  const graphs = new KnowledgeGraphRepository(database);
  const playgroundActivities = createPlaygroundActivities({ spaces, profiles, graphs });
  const corpusActivities = createCorpusActivities({
    personas,
    documents,
    passages,
    versions,
    ingestions,
    extractor,
    contents: new VersionContents(database),
    garbage: new CorpusGarbage(database),
    reproductions: new ReproductionRepository(database),
    facts: new RevisionFactsRepository(database),
    profiles,
    graphs,
    objects,
    answers,
    describer,
    spaces: writingSpaces,
    retainedVersions: env.DRAMATIS_RETAINED_VERSIONS,
  });
  const embeddingSwitchActivities = createEmbeddingSwitchActivities({
    personas,
    passages,
    switches: new EmbedderSwitchRepository(database),
    spaces: writingSpaces,
  });

  return {
    redis,
    router,
    embedders,
    turnActivities,
    inHandTaskQueue,
    /** Tells what is being made here that the process stops. */
    stop: () => stopping.abort(),
    ingestionActivities,
    corpusActivities,
    embeddingSwitchActivities,
    playgroundActivities,
    /** Creates indexes and missing records, and warms up. @throws when the database is out of reach; without search, replies are ungrounded. */
    prepare: async (): Promise<void> => {
      await createIndexes(database);
      await recordPublishedVersions(database);
      // The embedders of questions; a process without turns would only keep them in memory.
      if (env.DRAMATIS_WORKER_ROLE === 'ingestion') return;
      for (const { embedder, provider } of embedders.configured) {
        // One behind a network may come later; the one within this process is whole or of no use.
        if (provider === 'built-in') await embedder.warmUp();
        else await embedder.warmUp().catch(warn(`the embedder ${embedder.id} is out of reach`));
        const passageIndex = indexes.of(embedder);
        await passageIndex
          .ensure()
          .then(() => passageIndex.warmUp())
          .catch(warn('search is out of reach'));
      }
    },
    close: async (): Promise<void> => {
      await progress.close();
      await Promise.all([extractor.close(), client.close()]);
      redis.disconnect();
      await database.close();
      await searchClient.close();
      await objects.close();
      await Promise.all([embedders.close(), ingestionEmbedders.close()]);
    },
  };
}
