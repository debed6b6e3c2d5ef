import DOMPurify from 'dompurify';
import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked';
import { formulaMarks } from './formula-marks';
import type { FormulaRenderer } from './formulas';

/**
 * Markdown of a language model as HTML that is safe to insert. Two walls: the renderer writes raw HTML as text and
 * pictures as links, so that nothing is fetched by showing a reply; DOMPurify then lets only the tags through that the
 * renderer can make. Streaming and stored replies take the same way.
 */
export interface MarkdownOptions {
  /** The accessible name of citation `[n]`, or null when there is no such passage: then the mark is left out. */
  citationLabel: (number: number) => string | null;
  /** What stands for a picture that has no description. */
  picture: string;
  /** Null while formulas cannot be read: then they stand as they were written. */
  formula: FormulaRenderer | null;
}

const allowedTags = [
  ...['p', 'br', 'em', 'strong', 'del', 'code', 'pre', 'a', 'ul', 'ol', 'li', 'blockquote', 'hr', 'h3', 'h4', 'h5'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'span', 'button'],
  // Formulas, without what leads elsewhere or holds other markup.
  ...['math', 'mi', 'mn', 'mo', 'ms', 'mtext', 'mspace', 'mrow', 'mfrac', 'msqrt', 'mroot', 'mstyle', 'mpadded', 'mphantom', 'menclose'],
  ...['msub', 'msup', 'msubsup', 'munder', 'mover', 'munderover', 'mmultiscripts', 'mprescripts', 'mtable', 'mtr', 'mtd'],
];
const allowedAttributes = [
  ...['href', 'rel', 'target', 'class', 'type', 'data-citation', 'aria-label', 'start', 'align'],
  ...['display', 'displaystyle', 'scriptlevel', 'mathvariant', 'accent', 'accentunder', 'linethickness', 'notation'],
  ...['form', 'fence', 'separator', 'stretchy', 'symmetric', 'largeop', 'movablelimits', 'minsize', 'maxsize', 'lspace', 'rspace', 'width', 'height', 'depth', 'voffset'],
];

/** One line's or paragraph's markdown. */
export function renderInline(text: string, options: MarkdownOptions): string {
  const marked = markedFor(options);
  // Lists, headings and the like mean nothing within a line: only inline tokens are read.
  const tokens = tighten(marked.Lexer.lexInline(text, marked.defaults));
  return sanitize(marked.Parser.parseInline(tokens, marked.defaults));
}

/** Block markdown, one string for each block, in order. While a text grows, every block but the last stays the same. */
export function renderBlocks(markdown: string, options: MarkdownOptions): string[] {
  return new GrowingMarkdown(options).render(markdown);
}

/** Renders a text again and again while it grows: only blocks that are new or have changed are made and sanitised. */
export class GrowingMarkdown {
  private readonly marked: Marked;
  private made = new Map<string, string>();
  private links = '';

  constructor(options: MarkdownOptions) {
    this.marked = markedFor(options);
  }

  /** The same as {@link renderBlocks} of the text, whatever was rendered before. */
  render(markdown: string): string[] {
    const { marked } = this;
    const tokens = marked.lexer(markdown);
    const links = JSON.stringify(tokens.links);
    // An address that is given further down makes links of what stood as text before.
    const known = links === this.links ? this.made : new Map<string, string>();
    const made = new Map<string, string>();
    const blocks = tokens
      .filter((token) => token.type !== 'space' && token.type !== 'def')
      .map((token) => {
        const html = known.get(token.raw) ?? made.get(token.raw) ?? sanitize(marked.parser(tighten([token])));
        made.set(token.raw, html);
        return html;
      });
    this.made = made;
    this.links = links;
    return blocks;
  }
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
  /** The word before and the punctuation after: they stay on one line with the numerals. */
  before: string;
  after: string;
}

/** `[1]`, `[1, 3]`, and several in a row. */
const citationMarks = /^\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\](?:\s?\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\])*(?!\()/;

const instances = new WeakMap<MarkdownOptions, Marked>();

function markedFor(options: MarkdownOptions): Marked {
  const marked = instances.get(options) ?? createMarked(options);
  instances.set(options, marked);
  return marked;
}

function createMarked({ citationLabel, picture, formula }: MarkdownOptions): Marked {
  const citation: TokenizerAndRendererExtension = {
    name: 'citation',
    level: 'inline',
    start: (source) => source.search(/\[\s*\d/),
    tokenizer: (source): CitationToken | undefined => {
      const match = citationMarks.exec(source);
      if (!match) return undefined;
      const numbers = (match[0].match(/\d+/g) ?? []).map(Number);
      return { type: 'citation', raw: match[0], numbers, before: '', after: '' };
    },
    renderer: (token) => {
      const { numbers, before, after } = token as CitationToken;
      const buttons = numbers.map((number) => {
        const label = citationLabel(number);
        if (label === null) return '';
        return `<button type="button" class="cite" data-citation="${number}" aria-label="${escapeHtml(label)}">${number}</button>`;
      });
      return `<span class="cited">${escapeHtml(before)}${buttons.join('')}${escapeHtml(after)}</span>`;
    },
  };
  // A picture that is a link itself leads where the link does: there are no links within links.
  let withinLink = false;
  return new Marked({
    gfm: true,
    extensions: [citation, ...formulaMarks(({ tex, display, raw }) => formula?.(tex, display) ?? `<code>${escapeHtml(raw.trim())}</code>`)],
    renderer: {
      html: ({ text }) => escapeHtml(text),
      image({ href, text }) {
        const words = escapeHtml(text || picture);
        return withinLink ? words : linkTo(href, words);
      },
      link({ href, tokens }) {
        withinLink = true;
        const html = this.parser.parseInline(tokens);
        withinLink = false;
        return linkTo(href, html);
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
  if (url.protocol === 'mailto:') return `<a href="${escapeHtml(url.href)}">${html}</a>${shownHost(url.pathname.replace(/^.*@/, ''), html)}`;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return html;
  const host = shownHost(url.host.replace(/^www\./, ''), html);
  return `<a href="${escapeHtml(url.href)}" target="_blank" rel="noopener noreferrer nofollow">${html}</a>${host}`;
}

/** The host, unless the words of the link name it already, whole: `le.example` is not named by `apple.example`, nor by who is before an @. */
function shownHost(host: string, html: string): string {
  const named = html.split(/[^\w.@:-]+/).some((word) => word.replace(/^www\./, '') === host);
  return named ? '' : ` <span class="host">(${escapeHtml(host)})</span>`;
}

/** Binds each citation to the word before it, without the space between, and to the punctuation after it. */
function tighten(tokens: Token[]): Token[] {
  tokens.forEach((token, index) => {
    if (token.type === 'citation') {
      const citation = token as CitationToken;
      const [previous, next] = [tokens[index - 1], tokens[index + 1]];
      if (isPlainText(previous)) {
        const [, rest = '', word = ''] = /^(.*?)(\S*)\s*$/s.exec(previous.text) ?? [];
        previous.text = rest;
        citation.before = word;
      }
      if (isPlainText(next)) {
        citation.after = /^[.,;:!?)”’"']*/.exec(next.text)?.[0] ?? '';
        next.text = next.text.slice(citation.after.length);
      }
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

function isPlainText(token: Token | undefined): token is Tokens.Text {
  return token?.type === 'text' && !('tokens' in token && token.tokens) && !('escaped' in token && token.escaped);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
