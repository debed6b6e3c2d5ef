export type WebFetchErrorCode =
  /** Not a URL, or none that can be fetched. */
  | 'url_invalid'
  /** Neither http nor https. */
  | 'scheme_refused'
  /** A user name or password in the URL. */
  | 'credentials_refused'
  /** A port that web pages are not served on, at a host that is not trusted. */
  | 'port_refused'
  /** The host is, or resolves to, an address inside a network, and it is not trusted. */
  | 'address_refused'
  /** The name does not exist. */
  | 'host_not_found'
  /** No connection, or the name service did not answer. */
  | 'unreachable'
  /** TLS failed: expired, self-signed, for another name … */
  | 'certificate_invalid'
  /** See the message for which of the times ran out. */
  | 'timed_out'
  | 'too_many_redirects'
  /** More bytes than allowed, on the wire or unpacked. */
  | 'too_large'
  | 'content_type_refused'
  /** A status that is neither a success nor a redirect: see {@link WebFetchError.status}. */
  | 'http_status'
  /** The connection was lost before the end of the body. */
  | 'interrupted'
  /** Not HTTP, or a body that cannot be unpacked. */
  | 'response_invalid'
  /** robots.txt, or `nofollow` and the like, forbid it. */
  | 'robots_disallowed'
  /** robots.txt could not be read for the time being, so that nothing may be fetched. */
  | 'robots_unavailable'
  /** A redirect led out of what the crawl may visit. */
  | 'out_of_scope'
  /** Neither a list of URLs nor a sitemap. */
  | 'not_a_sitemap'
  /** Neither RSS, RDF nor Atom. */
  | 'not_a_feed';

export interface WebFetchErrorDetails {
  /** Of the request that failed: the target, when it was a redirect. */
  url?: string;
  status?: number;
  /** What the server asked for by `Retry-After`. */
  retryAfterMs?: number;
  /** Overrules what the code says. */
  retryable?: boolean;
  cause?: unknown;
}

const retryableCodes: ReadonlySet<WebFetchErrorCode> = new Set(['unreachable', 'timed_out', 'interrupted', 'robots_unavailable']);

/** Statuses that may be another when asked again. */
const retryableStatuses: ReadonlySet<number> = new Set([408, 421, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529]);

/** Why something could not be fetched. The message is for the curator who asked for it. */
export class WebFetchError extends Error {
  override readonly name = 'WebFetchError';
  readonly url: string | undefined;
  /** With `http_status`. */
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;

  constructor(
    readonly code: WebFetchErrorCode,
    message: string,
    { url, status, retryAfterMs, retryable, cause }: WebFetchErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.url = url;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.retryable = retryable ?? (retryableCodes.has(code) || (status !== undefined && retryableStatuses.has(status)));
  }
}
