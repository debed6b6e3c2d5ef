import DOMPurify from 'dompurify';
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';

/**
 * Markdown of a language model as HTML that is safe to insert. Two walls: the renderer writes raw HTML as text and
 * pictures as links, so that nothing is fetched by showing a reply; DOMPurify then lets only the tags through that the
 * renderer can make. Streaming and stored replies take the same way.
 */
export interface MarkdownOptions {
  /** The accessible name of citation `[n]`, or null when there is no such passage: then the mark is left out. */
  citationLabel: (number: number) => string | null;
}

const allowedTags = [
  ...['p', 'br', 'em', 'strong', 'del', 'code', 'pre', 'a', 'ul', 'ol', 'li', 'blockquote', 'hr', 'h3', 'h4', 'h5'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'span', 'button'],
];
const allowedAttributes = ['href', 'rel', 'target', 'class', 'type', 'data-citation', 'aria-label', 'start', 'align'];

/** One line's or paragraph's markdown. */
export function renderInline(text: string, options: MarkdownOptions): string {
  const marked = markedFor(options);
  // Lists, headings and the like mean nothing within a line: only inline tokens are read.
  const tokens = tighten(marked.Lexer.lexInline(text, marked.defaults));
  return sanitize(marked.Parser.parseInline(tokens, marked.defaults));
}

/** Block markdown, one string for each block, in order. While a text grows, every block but the last stays the same. */
export function renderBlocks(markdown: string, options: MarkdownOptions): string[] {
  const marked = markedFor(options);
  const tokens = marked.lexer(markdown);
  return tokens
    .filter((token) => token.type !== 'space' && token.type !== 'def')
    .map((token) => sanitize(marked.parser(tighten([token]))));
}

function sanitize(html: string): string {
  return DOMPurify.sanitize(html, {
    ALLOWED_TAGS: allowedTags,
    ALLOWED_ATTR: allowedAttributes,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}

interface CitationToken extends Tokens.Generic {
  type: 'citation';
  numbers: number[];
}

const citationMark = /^\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\](?!\()/;

const instances = new WeakMap<MarkdownOptions, Marked>();

function markedFor(options: MarkdownOptions): Marked {
  const marked = instances.get(options) ?? createMarked(options);
  instances.set(options, marked);
  return marked;
}

function createMarked({ citationLabel }: MarkdownOptions): Marked {
  const citation: TokenizerAndRendererExtension = {
    name: 'citation',
    level: 'inline',
    start: (source) => source.search(/\[\s*\d/),
    tokenizer: (source): CitationToken | undefined => {
      const match = citationMark.exec(source);
      if (!match) return undefined;
      return { type: 'citation', raw: match[0], numbers: (match[1] ?? '').split(/[,;]/).map(Number) };
    },
    renderer: (token) => {
      const known = (token as CitationToken).numbers.flatMap((number) => {
        const label = citationLabel(number);
        return label === null ? [] : [{ number, label }];
      });
      // The word joiner keeps a numeral on the line of the word that it belongs to.
      return known
        .map(({ number, label }) => `\u2060<button type="button" class="cite" data-citation="${number}" aria-label="${escapeHtml(label)}">${number}</button>`)
        .join('');
    },
  };
  return new Marked({
    gfm: true,
    extensions: [citation],
    renderer: {
      html: ({ text }) => escapeHtml(text),
      image({ href, text }) {
        return linkTo(href, escapeHtml(text || 'picture'));
      },
      link({ href, tokens }) {
        return linkTo(href, this.parser.parseInline(tokens));
      },
      // A reply stands below the page's own headings.
      heading({ tokens, depth }) {
        const level = Math.min(5, depth + 2);
        return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>`;
      },
      checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    },
  });
}

/** A link whose host can be read before it is followed; text alone when it leads anywhere but to the web or a mailbox. */
function linkTo(href: string, html: string): string {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return html;
  }
  if (url.protocol === 'mailto:') return `<a href="${escapeHtml(url.href)}">${html}</a>`;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return html;
  const host = url.host.replace(/^www\./, '');
  const shown = html.includes(host) ? '' : ` <span class="host">(${escapeHtml(host)})</span>`;
  return `<a href="${escapeHtml(url.href)}" target="_blank" rel="noopener noreferrer nofollow">${html}</a>${shown}`;
}

/** Takes the space before a citation away, since it is set as a raised numeral. */
function tighten(tokens: Token[]): Token[] {
  tokens.forEach((token, index) => {
    if (token.type === 'text' && tokens[index + 1]?.type === 'citation' && !('tokens' in token && token.tokens)) {
      token.text = token.text.replace(/\s+$/, '');
    }
    if ('tokens' in token && token.tokens) tighten(token.tokens);
    if (token.type === 'list') (token as Tokens.List).items.forEach((item) => tighten(item.tokens));
    if (token.type === 'table') {
      const table = token as Tokens.Table;
      [table.header, ...table.rows].flat().forEach((cell) => tighten(cell.tokens));
    }
  });
  return tokens;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
