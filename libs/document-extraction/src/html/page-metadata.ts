import type { FormatResult } from '../format-result.js';
import { isObject, type JsonObject } from '../formats/json-shapes.js';

const maxLinkedDataCharacters = 200_000;
const maxValueCharacters = 1_000;
const articleTypes = /(?:Article|Posting|WebPage|Report|Book|Chapter|Interview|CreativeWork)$/;

/** What a page says about itself, in JSON-LD, Open Graph and meta elements. */
export function pageMetadata(document: Document, url: string | undefined): Pick<FormatResult, 'title' | 'attributes'> {
  const article = linkedData(document);
  const meta = metaReader(document);
  return {
    title: first(text(article['headline']), meta('og:title'), meta('twitter:title'), meta('dc.title'), document.querySelector('title')?.textContent, text(article['name'])) ?? null,
    attributes: {
      author: first(persons(article['author']), meta('author'), notAddress(meta('article:author')), meta('dc.creator'), meta('parsely-author')),
      published: isoDate(first(text(article['datePublished']), meta('article:published_time'), meta('date'), meta('dc.date'), meta('pubdate'), timeElement(document))),
      language: languageTag(first(document.documentElement?.getAttribute('lang'), meta('og:locale'), meta('content-language'), text(article['inLanguage']))),
      description: first(meta('og:description'), meta('description'), text(article['description'])),
      siteName: first(meta('og:site_name'), meta('application-name')),
      canonicalUrl: absolute(first(document.querySelector('link[rel~="canonical"]')?.getAttribute('href'), meta('og:url')), url),
    },
  };
}

/** The names that an author field holds: a string, a person, or a list of them. */
function persons(value: unknown): string | undefined {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const names = list.map((person) => (isObject(person) ? text(person['name']) : text(person))).filter((name) => name !== undefined);
  return names.length === 0 ? undefined : names.slice(0, 20).join(', ');
}

/** The first article in the page's JSON-LD. */
function linkedData(document: Document): JsonObject {
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const json = script.textContent ?? '';
    if (json.length > maxLinkedDataCharacters) continue;
    try {
      const value: unknown = JSON.parse(json);
      const graph = isObject(value) && Array.isArray(value['@graph']) ? (value['@graph'] as unknown[]) : Array.isArray(value) ? (value as unknown[]) : [value];
      const article = graph.find((node): node is JsonObject => isObject(node) && [node['@type']].flat().some((type) => typeof type === 'string' && articleTypes.test(type)));
      if (article) return article;
    } catch {
      // Many pages carry JSON-LD that does not parse; they have the other elements too.
    }
  }
  return {};
}

function metaReader(document: Document): (name: string) => string | undefined {
  const values = new Map<string, string>();
  for (const element of document.querySelectorAll('meta')) {
    const name = (element.getAttribute('property') ?? element.getAttribute('name') ?? element.getAttribute('itemprop') ?? element.getAttribute('http-equiv'))?.toLowerCase();
    const content = element.getAttribute('content')?.trim();
    if (name && content && !values.has(name)) values.set(name, content);
  }
  return (name) => values.get(name);
}

function timeElement(document: Document): string | undefined {
  return document.querySelector('article time[datetime], time[pubdate], time[itemprop="datePublished"]')?.getAttribute('datetime') ?? undefined;
}

function first(...values: (string | null | undefined)[]): string | undefined {
  return values.map((value) => value?.slice(0, maxValueCharacters).replace(/\s+/g, ' ').trim()).find((value) => value !== undefined && value !== '');
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function notAddress(value: string | undefined): string | undefined {
  return value !== undefined && /^https?:/i.test(value) ? undefined : value;
}

/** `en_GB` is `en-GB`; what is no tag is left out. */
function languageTag(value: string | undefined): string | undefined {
  const tag = value?.replace('_', '-').split(/[,;\s]/, 1)[0] ?? '';
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag) ? tag : undefined;
}

export function isoDate(value: string | undefined): string | undefined {
  if (value === undefined || /^\d{4}(?:-\d\d){0,2}$/.test(value)) return value;
  const time = Date.parse(value);
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

function absolute(href: string | undefined, base: string | undefined): string | undefined {
  if (href === undefined || !URL.canParse(href, base)) return undefined;
  const { protocol, href: url } = new URL(href, base);
  return protocol === 'http:' || protocol === 'https:' ? url : undefined;
}
