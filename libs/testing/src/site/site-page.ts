/** What a page of the test site answers. A string is its body. */
export interface SitePage {
  /** Default: 200. */
  status?: number;
  /** `content-type` defaults to what the path's extension says, HTML without one. A header set to '' is left out. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Packs the body, and says so. */
  encoding?: 'gzip' | 'br';
  /** Whether there are ETag and Last-Modified, and 304 for those who have the page already. Default: for status 200 without fault. */
  validators?: boolean;
  fault?: SiteFault;
}

export type SiteFault =
  /** Never answers. */
  | { kind: 'hang' }
  /** Headers, then a body without end, as fast as it is read. */
  | { kind: 'endless' }
  /** Headers, then a body without end, a byte at a time. */
  | { kind: 'drip'; intervalMs: number }
  /** Part of the body, then nothing. */
  | { kind: 'stall'; afterBytes: number }
  /** Part of the body, then the connection is lost. */
  | { kind: 'cut'; afterBytes: number }
  /** Small on the wire, this large unpacked. */
  | { kind: 'bomb'; encoding: 'gzip' | 'br'; megabytes: number }
  /** Says gzip and is not. */
  | { kind: 'broken_encoding' }
  /** What comes back is no HTTP. */
  | { kind: 'garbage' };

export interface SiteRequest {
  method: string;
  /** The Host header. */
  host: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What it was answered with; null when there was no status, by a fault. */
  status: number | null;
}

export type SiteHandler = (request: { url: URL; headers: SiteRequest['headers'] }) => SitePage | string;

const contentTypes: Record<string, string> = {
  css: 'text/css',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  epub: 'application/epub+zip',
  gz: 'application/gzip',
  json: 'application/json',
  jsonl: 'application/jsonl',
  md: 'text/markdown; charset=utf-8',
  pdf: 'application/pdf',
  png: 'image/png',
  srt: 'application/x-subrip',
  txt: 'text/plain; charset=utf-8',
  vtt: 'text/vtt',
  xml: 'application/xml',
};

export function contentTypeOf(path: string): string {
  return contentTypes[/\.(\w+)(?:\?|$)/.exec(path)?.[1] ?? ''] ?? 'text/html; charset=utf-8';
}
