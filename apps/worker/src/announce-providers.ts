import { embedderAnnouncementKey, type EmbedderList } from '@dramatis/contracts/embedder';
import type { Embedders } from '@dramatis/embedder/embedders';
import type { ModelRouter } from '@dramatis/language-model/router';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Redis } from 'ioredis';

/** Key under which the API finds what the workers answer with. */
export const providersKey = 'dramatis:providers';

const keepSeconds = 90;
const intervalMs = 30_000;

export interface Announced {
  router: ModelRouter;
  embedders: Embedders;
}

/** Says which providers and embedders this worker has, for as long as it runs. Returns how to stop. */
export function announceProviders(redis: Redis, { router, embedders }: Announced, logger: Logger): () => void {
  const route = router.routeFor({}, '');
  const announcement = JSON.stringify({
    providers: route.map(({ id, model }) => ({ id, model })),
    languageModelConfigured: route.some(({ builtIn }) => !builtIn),
  });
  const items: EmbedderList['items'] = embedders.configured.map(({ provider, model, embedder: { id, dimensions } }) => {
    return { embedder: id, provider, model, dimensions, isDefault: id === embedders.default.id };
  });
  const announcements = [
    [providersKey, announcement],
    [embedderAnnouncementKey, JSON.stringify({ items })],
  ] as const;
  const announce = (): void => {
    for (const [key, value] of announcements) {
      redis.set(key, value, 'EX', keepSeconds).catch((error: unknown) => {
        logger.debug({ err: error }, 'providers cannot be announced');
      });
    }
  };
  announce();
  redis.on('ready', announce);
  const timer = setInterval(announce, intervalMs);
  return () => {
    clearInterval(timer);
    redis.off('ready', announce);
  };
}
