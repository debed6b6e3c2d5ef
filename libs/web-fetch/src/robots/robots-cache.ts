import type { WebClient } from '../client/web-client.js';
import { decodeText } from '../client/decode-text.js';
import { unlessAborted } from '../unless-aborted.js';
import { WebFetchError } from '../web-fetch-error.js';
import { noRobotsRules, parseRobotsRules, type RobotsRules } from './robots-rules.js';

export interface RobotsCacheOptions {
  /** How long rules count. Default: an hour; RFC 9309 wants at most a day. */
  ttlMs?: number;
  /** How long a robots.txt that could not be read is not asked for again. Default: 30 seconds. */
  failureTtlMs?: number;
  /** Longest crawl delay that is honoured. Default: 30 seconds. */
  maxCrawlDelayMs?: number;
  /** Origins whose rules are kept; the oldest go first. Default: 1,000. */
  maxOrigins?: number;
  /** Default: `Date.now`. */
  now?: () => number;
}

/** The rules of each origin, fetched once in a while. */
export interface RobotsCache {
  /**
   * The rules of a URL's origin. A 4xx means that there are none.
   * @throws WebFetchError `robots_unavailable` after a 5xx or 429; what the client throws when the host cannot be reached at all
   * @throws the signal's reason
   */
  rulesFor(url: string, options?: { signal?: AbortSignal }): Promise<RobotsRules>;
  /**
   * The rules, when they allow the URL.
   * @throws WebFetchError `robots_disallowed`, and as `rulesFor`
   */
  check(url: string, options?: { signal?: AbortSignal }): Promise<RobotsRules>;
}

/** As much of a robots.txt as RFC 9309 wants to be read. */
const maxBytes = 512_000;

interface Entry {
  rules: Promise<RobotsRules>;
  /** Infinity while they are being fetched. */
  expiresAt: number;
}

export function createRobotsCache(client: WebClient, options: RobotsCacheOptions = {}): RobotsCache {
  const { ttlMs = 3_600_000, failureTtlMs = 30_000, maxCrawlDelayMs = 30_000, maxOrigins = 1_000, now = Date.now } = options;
  const entries = new Map<string, Entry>();

  async function load(origin: string): Promise<RobotsRules> {
    const rules = await fetchRules(client, `${origin}/robots.txt`);
    return { ...rules, crawlDelayMs: rules.crawlDelayMs === null ? null : Math.min(rules.crawlDelayMs, maxCrawlDelayMs) };
  }

  function entryOf(origin: string): Entry {
    const known = entries.get(origin);
    if (known && known.expiresAt > now()) return known;
    entries.delete(origin);
    const entry: Entry = { rules: load(origin), expiresAt: Infinity };
    entry.rules.then(
      () => (entry.expiresAt = now() + ttlMs),
      () => (entry.expiresAt = now() + failureTtlMs),
    );
    entries.set(origin, entry);
    if (entries.size > maxOrigins) entries.delete(entries.keys().next().value!);
    return entry;
  }

  const cache: RobotsCache = {
    async rulesFor(url, { signal } = {}) {
      const target = URL.parse(url);
      if (!target || target.origin === 'null') throw new WebFetchError('url_invalid', `"${url}" is not the address of a page.`, { url });
      return unlessAborted(entryOf(target.origin).rules, signal);
    },
    async check(url, options) {
      const rules = await cache.rulesFor(url, options);
      if (!rules.allows(url)) throw new WebFetchError('robots_disallowed', `The site's robots.txt asks not to fetch ${url}.`, { url });
      return rules;
    },
  };
  return cache;
}

async function fetchRules(client: WebClient, url: string): Promise<RobotsRules> {
  try {
    const result = await client.fetch(url, { accept: ['text/plain', '*/*'], limits: { maxBytes }, truncate: true });
    // The rules are those of the origin asked for, wherever they were redirected to.
    return result.outcome === 'fetched' ? parseRobotsRules(decodeText(result.bytes, 'utf-8'), { url, token: client.robotsToken }) : noRobotsRules;
  } catch (error) {
    if (!(error instanceof WebFetchError)) throw error;
    const { status, retryAfterMs } = error;
    // 429 is a 4xx by number, but says nothing about what is allowed.
    if (status !== undefined && status >= 400 && status < 500 && status !== 429) return noRobotsRules;
    if (error.code === 'too_many_redirects') return noRobotsRules;
    if (status === undefined && error.code !== 'response_invalid') throw error;
    throw new WebFetchError('robots_unavailable', `The site's robots.txt could not be read, so nothing may be fetched until it can: ${error.message}`, {
      url,
      retryAfterMs,
      cause: error,
    });
  }
}
