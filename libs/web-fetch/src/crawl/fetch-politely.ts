import type { FetchOptions, FetchResult, WebClient } from '../client/web-client.js';
import type { RobotsCache } from '../robots/robots-cache.js';
import { WebFetchError } from '../web-fetch-error.js';
import type { HostPacer } from './host-pacer.js';

/** What a crawl goes out with. Share one of each among all crawls of a process, so that hosts are paced over all of them. */
export interface Crawler {
  client: WebClient;
  robots: RobotsCache;
  pacer: HostPacer;
}

export interface FetchPolitelyOptions extends FetchOptions {
  /** Whether robots.txt may forbid it. Its crawl delay counts anyhow. Default: true. */
  honourRobots?: boolean;
  /** What redirects may lead to. Default: anything. */
  inScope?: (url: string) => boolean;
}

/**
 * Fetches as the host wants it: what its robots.txt allows, at its pace, redirects included.
 * @throws WebFetchError as the client, `robots_disallowed`, `robots_unavailable`, `out_of_scope`
 * @throws the signal's reason
 */
export async function fetchPolitely({ client, robots, pacer }: Crawler, url: string, options: FetchPolitelyOptions = {}): Promise<FetchResult> {
  const { honourRobots = true, inScope = () => true, onRedirect, ...fetchOptions } = options;
  const { signal } = options;
  let release = () => {};

  /** One host's place is given back before another's is waited for: two fetches cannot wait for each other. */
  const takeTurn = async (target: string) => {
    release();
    const rules = await (honourRobots ? robots.check(target, { signal }) : robots.rulesFor(target, { signal }));
    release = await pacer.acquire(new URL(target).host, { minIntervalMs: rules.crawlDelayMs, signal });
  };

  try {
    await takeTurn(url);
    return await client.fetch(url, {
      ...fetchOptions,
      onRedirect: async (to, from) => {
        if (!inScope(to.href)) throw new WebFetchError('out_of_scope', `${from.href} redirects to ${to.href}, which this source does not cover.`, { url: to.href });
        await onRedirect?.(to, from);
        await takeTurn(to.href);
      },
    });
  } catch (error) {
    if (error instanceof WebFetchError && error.retryAfterMs !== undefined && error.url !== undefined) {
      pacer.pause(new URL(error.url).host, error.retryAfterMs);
    }
    throw error;
  } finally {
    release();
  }
}
