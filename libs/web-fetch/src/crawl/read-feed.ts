import { listContentTypes } from '../client/content-type.js';
import { decodeText } from '../client/decode-text.js';
import type { FetchOptions } from '../client/web-client.js';
import { type Feed, parseFeed } from '../parse/feed.js';
import { type Crawler, fetchPolitely } from './fetch-politely.js';

export interface ReadFeedOptions extends Pick<FetchOptions, 'limits' | 'signal' | 'validators'> {
  url: string;
}

export type FeedResult =
  | (Feed & { outcome: 'fetched'; url: string; etag: string | null; lastModified: string | null })
  | { outcome: 'not_modified'; url: string; etag: string | null; lastModified: string | null };

/**
 * An RSS, RDF or Atom feed with its entries.
 * @throws WebFetchError as `fetchPolitely`, `not_a_feed`
 */
export async function readFeed(crawler: Crawler, { url, limits, validators, signal }: ReadFeedOptions): Promise<FeedResult> {
  const result = await fetchPolitely(crawler, url, { accept: listContentTypes, limits, validators, signal });
  const { outcome, etag, lastModified } = result;
  if (outcome === 'not_modified') return { outcome, url: result.url, etag, lastModified };
  return { outcome, url: result.url, etag, lastModified, ...parseFeed(decodeText(result.bytes, result.charset), { url: result.url }) };
}
