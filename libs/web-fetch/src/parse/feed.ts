import { Parser } from 'htmlparser2';
import { parsePageUrl } from '../page-url.js';
import { WebFetchError } from '../web-fetch-error.js';
import { checkDepth, isoTime, localName } from './xml.js';

export interface FeedEntry {
  /** Stays the same when the entry changes. The feed's own, or else the URL. */
  id: string;
  /** Absolute; null when the entry leads to no page. */
  url: string | null;
  title: string | null;
  /** ISO 8601 in UTC; the last change when there is no time of publication. */
  published: string | null;
  /** HTML, or text: the longest that the entry has; null when it only has a link. */
  content: string | null;
}

export interface Feed {
  format: 'rss' | 'rdf' | 'atom';
  title: string | null;
  /** In their order, at most 1,000. */
  entries: FeedEntry[];
}

const maxEntries = 1_000;

interface OpenEntry {
  id?: string;
  permalink?: string;
  links: { rel: string; type: string; href: string }[];
  fields: Map<string, string>;
}

const textFields: Record<string, string> = {
  title: 'title',
  link: 'link',
  guid: 'id',
  id: 'id',
  pubdate: 'published',
  published: 'published',
  date: 'published',
  updated: 'updated',
  modified: 'updated',
  issued: 'published',
  description: 'summary',
  summary: 'summary',
  content: 'content',
  encoded: 'content',
};

/**
 * Reads RSS 0.9 to 2.0, RDF (RSS 1.0) and Atom.
 * @throws WebFetchError `not_a_feed`
 */
export function parseFeed(text: string, { url }: { url: string }): Feed {
  let format: Feed['format'] | null = null;
  let title: string | null = null;
  const entries: FeedEntry[] = [];
  /** The elements that are open, by local name. */
  const path: string[] = [];
  const bases = [url];
  let entry: OpenEntry | null = null;
  /** The entry's field that text goes to, and how deep the element is. */
  let field: { name: string; depth: number; markup: boolean } | null = null;

  const put = (piece: string) => {
    if (!field) return;
    if (entry) entry.fields.set(field.name, (entry.fields.get(field.name) ?? '') + piece);
    else if (field.name === 'title') title = (title ?? '') + piece;
  };

  const parser = new Parser(
    {
      onopentag(qualified, attributes) {
        const name = localName(qualified);
        path.push(name);
        checkDepth(path.length);
        bases.push(parsePageUrl(attributes['xml:base'] ?? '', bases.at(-1))?.href ?? bases.at(-1)!);
        if (path.length === 1) format = name === 'rss' ? 'rss' : name === 'rdf' ? 'rdf' : name === 'feed' ? 'atom' : null;
        if (field) {
          // Atom's XHTML: markup that stands for itself.
          if (field.markup) put(`<${qualified}${attributesText(attributes)}>`);
          return;
        }
        if (!entry && (name === 'item' || name === 'entry')) {
          entry = { links: [], fields: new Map() };
          const about = attributes['rdf:about'];
          if (about !== undefined) entry.id = about;
          return;
        }
        if (name === 'link' && attributes['href'] !== undefined && entry) {
          const href = parsePageUrl(attributes['href'], bases.at(-1))?.href;
          if (href) entry.links.push({ rel: attributes['rel'] ?? 'alternate', type: attributes['type'] ?? '', href });
          return;
        }
        if (/^(media|itunes|sy|atom10):/i.test(qualified)) return;
        const known = Object.hasOwn(textFields, name) ? textFields[name] : undefined;
        const direct = entry ? isEntry(path.at(-2)) : path.at(-2) === 'channel' || path.at(-2) === 'feed';
        if (known === undefined || !direct || (!entry && known !== 'title')) return;
        if (entry && name === 'guid' && attributes['ispermalink']?.toLowerCase() !== 'false' && attributes['isPermaLink']?.toLowerCase() !== 'false') entry.permalink = '';
        // The first of a kind counts: a second title is of something else.
        if (entry?.fields.has(known) && known !== 'content') return;
        if (entry && known === 'content') entry.fields.delete('content');
        field = { name: known, depth: path.length, markup: attributes['type'] === 'xhtml' };
      },
      ontext: (piece) => put(field?.markup ? escapeText(piece) : piece),
      onclosetag(qualified) {
        const name = localName(qualified);
        if (field && path.length === field.depth) field = null;
        else if (field?.markup) put(`</${qualified}>`);
        path.pop();
        bases.pop();
        if (entry && isEntry(name) && !field) {
          const done = toEntry(entry, bases.at(-1) ?? url);
          if (done && entries.length < maxEntries) entries.push(done);
          entry = null;
        }
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const refused = (cause?: unknown) => new WebFetchError('not_a_feed', `${url} is neither an RSS nor an Atom feed.`, { url, cause });
  try {
    parser.end(text.replace(/^[\uFEFF\s]+/, ''));
  } catch (cause) {
    throw refused(cause);
  }
  if (format === null) throw refused();
  return { format, title: oneLine(title), entries };
}

function isEntry(name: string | undefined): boolean {
  return name === 'item' || name === 'entry';
}

function toEntry({ id: about, permalink, links, fields }: OpenEntry, base: string): FeedEntry | null {
  const own = fields.get('id')?.trim() || about;
  const linked = absolute(fields.get('link'), base);
  const alternates = links.filter(({ rel }) => rel === 'alternate');
  const alternate = (alternates.find(({ type }) => type === '' || type.includes('html')) ?? alternates[0])?.href;
  const url = linked ?? absolute(alternate, base) ?? (permalink === undefined ? null : absolute(own, base));
  const content = longest(fields.get('content'), fields.get('summary'));
  const id = own ?? url ?? fields.get('title')?.trim();
  if (id === undefined || (url === null && content === null)) return null;
  return {
    id,
    url,
    title: oneLine(fields.get('title') ?? null),
    published: isoTime(fields.get('published') ?? '') ?? isoTime(fields.get('updated') ?? ''),
    content,
  };
}

function absolute(href: string | undefined, base: string): string | null {
  return href?.trim() ? (parsePageUrl(href, base)?.href ?? null) : null;
}

function longest(...texts: (string | undefined)[]): string | null {
  return texts.map((text) => text?.trim() ?? '').reduce((a, b) => (b.length > a.length ? b : a), '') || null;
}

/** Titles may be HTML in RSS, and often are written as if they were. */
function oneLine(text: string | null): string | null {
  return text?.replace(/<[^<>]{0,200}>/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 500) || null;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attributesText(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .filter(([name]) => !name.startsWith('xmlns'))
    .map(([name, value]) => ` ${name}="${escapeText(value).replaceAll('"', '&quot;')}"`)
    .join('');
}
