import { Lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { inlineText } from './markdown-inline.js';
import type { Section } from './section.js';

/** Emphasis and links of a longer paragraph stay as they are written: finding them takes quadratic time in bad cases. */
const maxInlineCharacters = 4_000;
/** Nesting this deep is no document; parsing it would exhaust the stack. */
const deepNesting = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){32,}/m;

/**
 * The sections of a Markdown document as plain text, one for each heading, in order. A section's text has one line for each
 * list item and table row, each ending as a sentence does, and blank lines between paragraphs. Text before the first heading
 * has an empty heading path. Never throws: what cannot be parsed is one section, as it is written.
 */
export function markdownSections(markdown: string): Section[] {
  const tokens = lex(markdown);
  if (!tokens) return [{ headingPath: [], heading: null, text: markdown.trim() }];

  const sections: Section[] = [];
  const path: { depth: number; title: string }[] = [];
  let blocks: string[] = [];
  let heading: string | null = null;
  const close = () => {
    const text = blocks.filter((block) => block !== '').join('\n\n');
    if (text !== '' || heading !== null) sections.push({ headingPath: path.map((entry) => entry.title), heading, text });
    blocks = [];
  };
  for (const token of tokens as MarkedToken[]) {
    if (token.type !== 'heading') {
      blocks.push(blockText(token));
      continue;
    }
    const title = inlineText(token.tokens).replace(/\s+/g, ' ').trim();
    if (title === '') continue;
    close();
    while (path.length > 0 && path.at(-1)!.depth >= token.depth) path.pop();
    path.push({ depth: token.depth, title });
    heading = title;
  }
  close();
  return sections;
}

function lex(markdown: string): Token[] | null {
  if (deepNesting.test(markdown)) return null;
  try {
    const lexer = new Lexer({ gfm: true });
    const tokens = lexer.blockTokens(markdown, lexer.tokens);
    for (const { src, tokens: inline } of lexer.inlineQueue) {
      if (src.length > maxInlineCharacters) inline.push({ type: 'text', raw: src, text: src });
      else lexer.inlineTokens(src, inline);
    }
    return tokens;
  } catch {
    return null;
  }
}

function blockText(token: MarkedToken): string {
  switch (token.type) {
    case 'paragraph':
    case 'heading':
      return inlineText(token.tokens).trim();
    case 'text':
      return inlineText(token.tokens ?? [token]).trim();
    case 'blockquote':
      return blockTexts(token.tokens).join('\n\n');
    case 'list':
      return token.items.flatMap(itemLines).join('\n');
    case 'table':
      return tableLines(token).join('\n');
    case 'code':
      return token.text.trim();
    case 'html':
      return inlineText([token]).replace(/\s+/g, ' ').trim();
    default:
      return '';
  }
}

function blockTexts(tokens: Token[]): string[] {
  return (tokens as MarkedToken[]).map(blockText).filter((text) => text !== '');
}

/** The item's own text as a sentence, then its nested items, each on a line of its own. */
function itemLines(item: Tokens.ListItem): string[] {
  const lines: string[] = [];
  let own: string[] = [];
  for (const token of item.tokens as MarkedToken[]) {
    const text = blockText(token);
    if (text === '') continue;
    if (token.type === 'list') {
      if (own.length > 0) lines.push(asSentence(own.join(' ')));
      own = [];
      lines.push(text);
    } else own.push(text.replace(/\s*\n\s*/g, ' '));
  }
  if (own.length > 0) lines.push(asSentence(own.join(' ')));
  return lines;
}

/** Each row as a sentence of its own: `Year: 1815; Event: her birth.` */
function tableLines(table: Tokens.Table): string[] {
  const headers = table.header.map((cell) => inlineText(cell.tokens).trim());
  return table.rows
    .map((row) =>
      row
        .map((cell, column) => ({ header: headers[column] ?? '', value: inlineText(cell.tokens).replace(/\s+/g, ' ').trim() }))
        .filter(({ value }) => value !== '')
        .map(({ header, value }) => (header === '' ? value : `${header}: ${value}`))
        .join('; '),
    )
    .filter((row) => row !== '')
    .map(asSentence);
}

function asSentence(text: string): string {
  return /[.!?…:;。！？]["'”’»)\]]*$/.test(text) ? text : `${text}.`;
}
