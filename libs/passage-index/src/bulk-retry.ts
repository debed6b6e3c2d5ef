import type { estypes } from '@elastic/elasticsearch';

/** One item that Elasticsearch refused. */
export interface BulkFailure {
  passageId: string;
  status: number;
  reason: string;
}

/** Statuses that say "later": the queue is full, or a shard is moving. */
const retryableStatuses: ReadonlySet<number> = new Set([429, 503]);

export interface BulkOutcome {
  retryable: string[];
  failures: BulkFailure[];
}

/** Sorts the items of a bulk answer. `expectedStatuses` count as done: 404 when deleting what is not there. */
export function readBulkItems(items: estypes.BulkResponse['items'], expectedStatuses: readonly number[] = []): BulkOutcome {
  const outcome: BulkOutcome = { retryable: [], failures: [] };
  for (const item of items) {
    const result = Object.values(item)[0]!;
    if (result.status < 300 || expectedStatuses.includes(result.status)) continue;
    const passageId = result._id ?? '';
    if (retryableStatuses.has(result.status)) outcome.retryable.push(passageId);
    else outcome.failures.push({ passageId, status: result.status, reason: result.error?.reason ?? result.error?.type ?? 'unknown' });
  }
  return outcome;
}
