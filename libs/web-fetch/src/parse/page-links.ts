import { Parser } from 'htmlparser2';
import { parsePageUrl } from '../page-url.js';
import { parseMetaRobots, type RobotsDirectives } from '../robots/robots-directives.js';

export interface PageLink {
  /** Absolute, without fragment. */
  url: string;
  nofollow: boolean;
}

export interface PageLinks extends RobotsDirectives {
  /** One line; null when the page has none. */
  title: string | null;
  /** What `<link rel="canonical">` names, absolute. */
  canonicalUrl: string | null;
  /** In the order of the page, each URL once, at most 5,000. One that is there with and without `nofollow` may be followed. */
  links: PageLink[];
  /** Feeds and sitemaps that the page names. */
  alternates: { url: string; contentType: string }[];
}

/** Elements are not nested here, which would take time with the square of the depth: only a title has an end. */
class FlatHtmlParser extends Parser {
  override isVoidElement(name: string): boolean {
    return name !== 'title';
  }
}

const maxLinks = 5_000;
const maxTitleLength = 500;

/** What an HTML page says of itself and where it links to. Reads it as a stream of tags: deep nesting and broken markup do not matter. */
export function parsePageLinks(html: string, { url, robotsToken = 'dramatis' }: { url: string; robotsToken?: string }): PageLinks {
  let base = url;
  let hasBase = false;
  let canonical: string | null = null;
  let title: string | null = null;
  let inTitle = false;
  /** Whether a drawing began: it may have titles of its own, and the page's comes before. */
  let drawing = false;
  const robots: string[] = [];
  const links = new Map<string, boolean>();
  const alternates = new Map<string, string>();

  const resolve = (href: string | undefined): string | null => {
    return href === undefined ? null : (parsePageUrl(href, base)?.href ?? null);
  };
  const addLink = (href: string | undefined, rel: ReadonlySet<string>) => {
    const target = resolve(href);
    if (target === null || (links.size >= maxLinks && !links.has(target))) return;
    const nofollow = rel.has('nofollow') || rel.has('ugc') || rel.has('sponsored');
    links.set(target, nofollow && links.get(target) !== false);
  };

  const parser = new FlatHtmlParser(
    {
      onopentag(name, attributes) {
        const rel = new Set((attributes['rel'] ?? '').toLowerCase().split(/\s+/));
        if (name === 'svg') drawing = true;
        else if (name === 'title') inTitle = !drawing && title === null;
        else if (name === 'a' || name === 'area') addLink(attributes['href'], rel);
        else if (name === 'iframe' || name === 'frame') addLink(attributes['src'], rel);
        else if (name === 'base' && !hasBase && attributes['href'] !== undefined) {
          hasBase = true;
          base = parsePageUrl(attributes['href'], url)?.href ?? url;
        } else if (name === 'meta') {
          const metaName = attributes['name']?.trim().toLowerCase();
          if (metaName === 'robots' || metaName === robotsToken.toLowerCase()) robots.push(attributes['content'] ?? '');
          // A page that sends its readers on links to where it does.
          if (attributes['http-equiv']?.trim().toLowerCase() === 'refresh') addLink(/^[\d.\s]*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(attributes['content'] ?? '')?.[1], rel);
        } else if (name === 'link') {
          if (rel.has('canonical')) canonical ??= resolve(attributes['href']);
          if (rel.has('next') || rel.has('prev')) addLink(attributes['href'], rel);
          const type = attributes['type']?.trim().toLowerCase() ?? '';
          const alternate = /^application\/(rss|atom)\+xml$/.test(type) && rel.has('alternate') ? resolve(attributes['href']) : null;
          if (alternate !== null) alternates.set(alternate, type);
        }
      },
      ontext(text) {
        if (inTitle && (title?.length ?? 0) < maxTitleLength) title = (title ?? '') + text;
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);

  return {
    title: ((title as string | null) ?? '').replace(/\s+/g, ' ').trim().slice(0, maxTitleLength) || null,
    canonicalUrl: canonical,
    links: [...links].map(([target, nofollow]) => ({ url: target, nofollow })),
    alternates: [...alternates].map(([target, contentType]) => ({ url: target, contentType })),
    ...parseMetaRobots(robots),
  };
}

/** What a `Link` header names canonical, which is how documents that are no HTML say it; null when none. */
export function canonicalOfLinkHeader(values: readonly string[], url: string): string | null {
  for (const value of values.flatMap((header) => header.split(/,(?=\s*<)/))) {
    const match = /^\s*<([^>]*)>(.*)$/s.exec(value);
    if (match && /;\s*rel\s*=\s*"?[^";]*\bcanonical\b/i.test(match[2]!)) {
      const target = parsePageUrl(match[1]!, url);
      if (target) return target.href;
    }
  }
  return null;
}
