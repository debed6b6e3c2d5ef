import type { Context } from '@temporalio/activity';

/** Well below the heartbeat timeouts, so that a cancellation is heard of soon. */
const heartbeatIntervalMs = 250;

/** Heartbeats on a timer while the work goes on, from its first line. Operators see the details with the pending activity. */
export async function whileHeartbeating<T>(activity: Context, work: () => Promise<T>, details?: unknown): Promise<T> {
  const timer = setInterval(() => activity.heartbeat(details), heartbeatIntervalMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
