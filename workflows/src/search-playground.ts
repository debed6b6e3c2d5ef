import type { ExplainedSearch, PlaygroundActivities } from '@dramatis/activities/playground/playground-activities';
import type { PlaygroundSearch } from '@dramatis/contracts/search-playground';
import { proxyLocalActivities } from '@temporalio/workflow';

/** Somebody waits: one more try, and then what went wrong is said. */
const { explainSearch } = proxyLocalActivities<PlaygroundActivities>({
  startToCloseTimeout: '5 seconds',
  retry: { initialInterval: '200 milliseconds', maximumAttempts: 2 },
});

/** One search as a turn would do it, where the embedders are. */
export async function searchPlayground(search: PlaygroundSearch & { version: number }): Promise<ExplainedSearch> {
  return explainSearch(search);
}
