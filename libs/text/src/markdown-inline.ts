import type { MarkedToken, Token } from 'marked';

/** The words of inline Markdown: emphasis, links and tags fall off, an image leaves its description. */
export function inlineText(tokens: Token[]): string {
  let text = '';
  let skipping: string | null = null;
  for (const token of tokens as MarkedToken[]) {
    if (token.type === 'html') {
      const unseen = /^<(\/?)(script|style)\b/i.exec(token.raw);
      if (unseen) skipping = unseen[1] === '' && !/<\/(?:script|style)/i.test(token.raw) ? unseen[2]!.toLowerCase() : null;
    }
    if (skipping === null) text += textOf(token);
  }
  return text;
}

function textOf(token: MarkedToken): string {
  switch (token.type) {
    case 'text':
      if (token.tokens) return inlineText(token.tokens);
      return decodeEntities(token.text.replace(/ *\n */g, ' '));
    case 'br':
      return '\n';
    case 'escape':
    case 'codespan':
      return token.text;
    case 'html':
      return /^<br\b/i.test(token.raw) ? '\n' : decodeEntities(withoutTags(token.raw));
    case 'image':
      return decodeEntities(token.text);
    case 'strong':
    case 'em':
    case 'del':
    case 'link':
      return inlineText(token.tokens);
    default:
      return '';
  }
}

function withoutTags(html: string): string {
  return html
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1[^>]*>|$)/gi, '')
    .replace(/<[^<>]*>/g, ' ');
}

const namedEntities: Record<string, string> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', copy: '©', reg: '®', deg: '°',
  lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', times: '×', middot: '·', euro: '€', pound: '£', sect: '§',
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (entity: string, decimal?: string, hex?: string, name?: string) => {
    if (name) return namedEntities[name.toLowerCase()] ?? entity;
    const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
    const known = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return known ? String.fromCodePoint(code) : '';
  });
}
