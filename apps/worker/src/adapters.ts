import { PassageTexts } from '@dramatis/activities/retrieval/passage-texts';
import { PromptComposer } from '@dramatis/activities/prompting/prompt-composer';
import { PromptStore } from '@dramatis/activities/prompting/prompt-store';
import { createPassageRetriever } from '@dramatis/activities/retrieval/passage-retriever';
import { createIngestionActivities } from '@dramatis/activities/ingestion/create-ingestion-activities';
import { createTurnActivities } from '@dramatis/activities/turn/create-turn-activities';
import { TurnContexts } from '@dramatis/activities/turn/turn-context';
import { connectDatabase, createIndexes } from '@dramatis/database/connection';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import { PersonaCache } from '@dramatis/database/personas/persona-cache';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { createBuiltInEmbedder } from '@dramatis/embedder/built-in/built-in-embedder';
import { createCachedEmbedder } from '@dramatis/embedder/cached-embedder';
import { routerFromSettings } from '@dramatis/language-model/providers-from-settings';
import { objectStoreFromSettings } from '@dramatis/object-store/object-store-from-settings';
import { createSearchClient } from '@dramatis/passage-index/client';
import { PassageIndex } from '@dramatis/passage-index/passage-index';
import type { Logger } from '@dramatis/telemetry/logger';
import { connectRedis, whenReady } from '@dramatis/turn-events/redis';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import type { WorkerEnv } from './env.js';

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
  const events = new TurnEventStream(redis);
  const embedder = createCachedEmbedder(createBuiltInEmbedder({ modelDir: env.EMBEDDER_MODEL_DIR }));
  // A thread of its own, so that no question waits behind an ingestion's batches.
  const ingestionEmbedder = createBuiltInEmbedder({ modelDir: env.EMBEDDER_MODEL_DIR });
  const searchClient = createSearchClient({ url: env.ELASTICSEARCH_URL });
  const passageIndex = new PassageIndex(searchClient, { alias: env.DRAMATIS_PASSAGES_INDEX, embedder });
  const objects = objectStoreFromSettings(env.objects);
  const router = routerFromSettings(env.languageModels, {
    onCircuitChange: (change) => logger.warn(change, 'circuit of a provider changed'),
  });

  const contexts = new TurnContexts({ turns, personas, workspaces, events });
  const prompts = new PromptStore(workspaces);
  const passageTexts = new PassageTexts(passages);
  const turnActivities = createTurnActivities({
    contexts,
    prompts,
    passageTexts,
    composer: new PromptComposer({ contexts, prompts, passageTexts, router }),
    retriever: createPassageRetriever({ embedder, passageIndex }),
    turns,
    events,
    router,
    timeouts: env.languageModels.timeouts,
    logger,
  });
  const ingestionActivities = createIngestionActivities({
    personas,
    sources,
    documents,
    passages,
    ingestions,
    objects,
    embedder: ingestionEmbedder,
    passageIndex,
  });

  return {
    redis,
    router,
    turnActivities,
    ingestionActivities,
    /** Creates indexes and warms up. @throws when the database is out of reach; without search, replies are ungrounded. */
    prepare: async (): Promise<void> => {
      await createIndexes(database);
      await embedder.warmUp();
      await passageIndex
        .ensure()
        .then(() => passageIndex.warmUp())
        .catch(warn('search is out of reach'));
    },
    close: async (): Promise<void> => {
      redis.disconnect();
      await database.close();
      await searchClient.close();
      await objects.close();
      await Promise.all([embedder.close(), ingestionEmbedder.close()]);
    },
  };
}
