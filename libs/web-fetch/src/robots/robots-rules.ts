import robotsParserModule from 'robots-parser';
import { parsePageUrl } from '../page-url.js';

// Its types say that the function is the `default` of the module; the module is the function.
const robotsParser = robotsParserModule as unknown as typeof robotsParserModule.default;

/** What a robots.txt says to one robot. */
export interface RobotsRules {
  /** Whether the URL, of this robots.txt's origin, may be fetched. robots.txt itself always may. */
  allows(url: string): boolean;
  /** As asked for; null when it is not. */
  readonly crawlDelayMs: number | null;
  /** Absolute, in their order. */
  readonly sitemaps: readonly string[];
}

/** Longer lines are no rules, and would cost time at each URL. */
const maxLineLength = 1_000;

/**
 * Of the robots.txt at `url`. Groups that name the token count, or else those of `*`; the longest match decides, and allowing wins a tie.
 * @see RFC 9309
 */
export function parseRobotsRules(text: string, { url, token }: { url: string; token: string }): RobotsRules {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.length <= maxLineLength)
    .map((line) => line.replace(/\*{2,}/g, '*'));
  const rules = robotsParser(url, lines.join('\n'));
  const delay = rules.getCrawlDelay(token);
  return {
    allows: (target) => new URL(target).pathname === '/robots.txt' || rules.isAllowed(target, token) !== false,
    crawlDelayMs: delay !== undefined && Number.isFinite(delay) && delay > 0 ? delay * 1_000 : null,
    sitemaps: rules.getSitemaps().flatMap((sitemap) => {
      const target = parsePageUrl(sitemap, url);
      return target ? [target.href] : [];
    }),
  };
}

/** Of a site without robots.txt. */
export const noRobotsRules: RobotsRules = { allows: () => true, crawlDelayMs: null, sitemaps: [] };
