import { cleanText } from '@dramatis/text/clean';
import { parseFrontMatter } from '@dramatis/text/front-matter';
import type { FormatResult } from '../format-result.js';

/** Plain text stays as it is: what looks like Markdown in it is not meant as such. */
export function extractPlainText(text: string): FormatResult {
  return { title: null, markdown: text, attributes: {} };
}

/** Markdown stays as it is, its front matter included, which whoever reads its sections takes off again. */
export function extractMarkdown(text: string): FormatResult {
  const { attributes } = parseFrontMatter(text.slice(0, 20_000).replace(/\r\n?/g, '\n'));
  const value = (name: string) => {
    const found = attributes[name];
    return found === undefined ? undefined : cleanText(Array.isArray(found) ? found.join(', ') : String(found)) || undefined;
  };
  const known = { author: value('author'), published: value('date'), language: value('lang') ?? value('language'), description: value('description') };
  return { title: value('title') ?? null, markdown: text, attributes: known };
}
