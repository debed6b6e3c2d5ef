export interface ContentType {
  /** Type and subtype, lower case: `text/html`. */
  essence: string;
  /** Lower case, as the server names it. */
  charset: string | null;
}

/** Null when there is none, or nothing that looks like one. */
export function parseContentType(header: string | null): ContentType | null {
  if (header === null) return null;
  const [type = '', ...parameters] = header.split(';');
  const essence = type.trim().toLowerCase();
  if (!/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(essence)) return null;
  for (const parameter of parameters) {
    const match = /^\s*charset\s*=\s*"?([\w.:-]+)"?\s*$/i.exec(parameter);
    if (match) return { essence, charset: match[1]!.toLowerCase() };
  }
  return { essence, charset: null };
}

/** Whether the type is one of the patterns: `text/html`, `text/*`, a suffix as in `application/*+xml`, or `*` followed by `/*`. */
export function acceptsContentType(patterns: readonly string[], essence: string): boolean {
  const [type, subtype] = essence.split('/') as [string, string];
  return patterns.some((pattern) => {
    const [wantedType, wanted] = pattern.split('/') as [string, string];
    if (wantedType !== '*' && wantedType !== type) return false;
    return wanted === '*' || wanted === subtype || (wanted.startsWith('*+') && subtype.endsWith(wanted.slice(1)));
  });
}

/** What pages and documents of a site are sent as. */
export const documentContentTypes: readonly string[] = [
  'text/html',
  'application/xhtml+xml',
  'text/plain',
  'text/markdown',
  'text/x-markdown',
  'text/vtt',
  'application/x-subrip',
  'application/pdf',
  'application/epub+zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/json',
  'application/jsonl',
  'application/x-ndjson',
  'application/xml',
  'text/xml',
];

/** Feeds and sitemaps are XML, whatever their servers call it. */
export const listContentTypes: readonly string[] = [
  'application/xml',
  'text/xml',
  'application/*+xml',
  'text/plain',
  'text/html',
  'application/gzip',
  'application/x-gzip',
  'application/octet-stream',
  'binary/octet-stream',
];
