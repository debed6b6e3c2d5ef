import type { ModelRouter } from '@dramatis/language-model/router';
import type { Logger } from '@dramatis/telemetry/logger';
import type { Redis } from 'ioredis';

/** Key under which the API finds what the workers answer with. */
export const providersKey = 'dramatis:providers';

const keepSeconds = 90;
const intervalMs = 30_000;

/** Says which providers this worker has, for as long as it runs. Returns how to stop. */
export function announceProviders(redis: Redis, router: ModelRouter, logger: Logger): () => void {
  const route = router.routeFor({}, '');
  const announcement = JSON.stringify({
    providers: route.map(({ id, model }) => ({ id, model })),
    languageModelConfigured: route.some(({ builtIn }) => !builtIn),
  });
  const announce = (): void => {
    redis.set(providersKey, announcement, 'EX', keepSeconds).catch((error: unknown) => {
      logger.debug({ err: error }, 'providers cannot be announced');
    });
  };
  announce();
  redis.on('ready', announce);
  const timer = setInterval(announce, intervalMs);
  return () => {
    clearInterval(timer);
    redis.off('ready', announce);
  };
}
