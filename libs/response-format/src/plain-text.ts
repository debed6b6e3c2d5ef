import type { ResponseFormat } from '@dramatis/contracts/format';
import { parseReply } from './parser.js';
import { renderReply } from './render-reply.js';

export interface CopiedSource {
  number: number;
  documentTitle: string;
}

/**
 * A reply as markdown that reads well elsewhere: questions and answers become paragraphs of their own, and the cited
 * sources, when given, follow as a list.
 */
export function replyToMarkdown(
  format: ResponseFormat,
  text: string,
  personaName = '',
  sources: readonly CopiedSource[] = [],
): string {
  const document = parseReply(format, text, personaName, { finished: true });
  let markdown = text.trim();
  if (document.format === 'qa') markdown = renderReply(document, personaName).replace(/\n(?=\*\*A:\*\* )/g, '\n\n');
  if (sources.length === 0) return markdown;
  const list = sources.map(({ number, documentTitle }) => `[${number}] ${documentTitle}`).join('  \n');
  return `${markdown}\n\n${list}`;
}
