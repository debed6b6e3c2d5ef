import { Readability } from '@mozilla/readability';
import type { ExtractionWarning } from '../extracted-file.js';
import type { FormatResult } from '../format-result.js';
import { htmlToMarkdown } from '../html/html-to-markdown.js';
import { pageMetadata } from '../html/page-metadata.js';
import { parsePage, removeAll } from '../html/parse-html.js';

/** Readability weighs every element several times; a page of more than this is one long list or table, and has no article. */
const maxReadabilityElements = 30_000;
/** An article shorter than this may be a teaser or a cookie notice that was taken for the text. */
const minArticleCharacters = 250;
/** Of the text that is left when plain boilerplate is gone, the article has at least this share: Readability drops short lists and tables. */
const minArticleShare = 0.5;
/** The same where the page itself says which part of it is the main one. */
const minArticleShareOfMain = 0.85;
/** What consists of links by more than this is a menu. */
const maxLinkShare = 0.6;

const neverText = 'script, style, noscript, template, iframe, object, embed, svg, canvas, form, button, dialog, link, meta, input, select, textarea';
const boilerplate = [
  'nav, header, footer, aside, menu, [role="navigation"], [role="banner"], [role="contentinfo"], [role="complementary"], [role="search"], [role="dialog"]',
  '[role="alert"], [hidden], [aria-hidden="true"], [id*="cookie"], [class*="cookie"], [id*="consent"], [class*="consent"], [class*="breadcrumb"], [class*="share"], [class*="sidebar"], [id*="comment"], [class*="comment"]',
].join(', ');

/** The main text of a web page, without what stands around it on every page of its site. */
export function extractWebPage(html: string, url: string | undefined): FormatResult {
  const { document, flattened } = parsePage(html);
  const warnings: ExtractionWarning[] = flattened ? [{ code: 'nesting_flattened', message: 'The page is nested very deep; what is in its innermost parts is kept as plain text.' }] : [];
  const { title, attributes } = pageMetadata(document, url);
  removeAll(document, neverText);

  const elements = document.querySelectorAll('*').length;
  const article = elements > maxReadabilityElements ? null : readArticle(document.cloneNode(true) as Document);
  const { main, marked } = mainPart(document);
  const mainCharacters = textLength(main);
  const articleCharacters = article && !isMenu(article.content) ? textLength(article.content) : 0;
  if (article && articleCharacters >= minArticleCharacters && articleCharacters >= mainCharacters * (marked ? minArticleShareOfMain : minArticleShare)) {
    return { title: title ?? article.title, markdown: htmlToMarkdown(article.content), attributes: { ...attributes, author: attributes.author ?? article.byline }, warnings };
  }
  if (!marked && mainCharacters >= minArticleCharacters) {
    warnings.push({ code: 'boilerplate_kept', message: 'The main text of the page could not be told from what is around it. Check whether menus or notices are among its passages.' });
  }
  return { title: title ?? article?.title ?? null, markdown: htmlToMarkdown(main), attributes, warnings };
}

interface Article {
  content: Element;
  title: string | null;
  byline: string | undefined;
}

function readArticle(document: Document): Article | null {
  const article = new Readability<Element>(document, { serializer: (node) => node as Element, disableJSONLD: true, charThreshold: minArticleCharacters }).parse();
  if (!article?.content) return null;
  const byline = article.byline?.replace(/\s+/g, ' ').trim();
  return { content: article.content, title: article.title?.trim() || null, byline: byline && byline.length < 120 ? byline.replace(/^by\s+/i, '') : undefined };
}

/** The page's main element, or its body, without what is plainly no text of its own. */
function mainPart(document: Document): { main: Element; marked: boolean } {
  const articles = document.querySelectorAll('article');
  const marked = document.querySelector('main, [role="main"]') ?? (articles.length === 1 ? articles[0]! : null);
  const root = marked ?? document.body;
  // A header in the article is its title, one above it the site's.
  for (const element of [...root.querySelectorAll(boilerplate)]) {
    if (!(element.localName === 'header' && element.querySelector('h1'))) element.remove();
  }
  return { main: root, marked: marked !== null };
}

function isMenu(element: Element): boolean {
  const linked = [...element.querySelectorAll('a[href]')].reduce((sum, link) => sum + textLength(link), 0);
  return linked > textLength(element) * maxLinkShare;
}

function textLength(element: Element): number {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim().length;
}
