import { Client } from '@elastic/elasticsearch';

export interface SearchClientOptions {
  /** For example `http://127.0.0.1:9200`; credentials may be part of it. */
  url: string;
  apiKey?: string;
  /** How long a request may take unless it says otherwise, in milliseconds. Default 10,000. */
  requestTimeoutMs?: number;
}

/** A client that never retries by itself: Temporal does, where operators can see it. */
export function createSearchClient({ url, apiKey, requestTimeoutMs = 10_000 }: SearchClientOptions): Client {
  return new Client({
    node: url,
    ...(apiKey === undefined ? {} : { auth: { apiKey } }),
    requestTimeout: requestTimeoutMs,
    maxRetries: 0,
    sniffOnStart: false,
  });
}
