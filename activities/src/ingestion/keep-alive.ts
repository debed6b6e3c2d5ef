import { Context } from '@temporalio/activity';

const intervalMs = 3_000;

/**
 * Heartbeats while the work goes on, from its first line on, so that a dead worker is noticed and a cancellation is heard of.
 * The work's own errors that a cancellation has caused become the cancellation. `detailsOf` says what a next try is to know.
 */
export async function keepAlive<T>(work: (signal: AbortSignal) => Promise<T>, detailsOf: () => unknown = () => undefined): Promise<T> {
  const context = Context.current();
  context.heartbeat(detailsOf());
  const timer = setInterval(() => context.heartbeat(detailsOf()), intervalMs);
  try {
    return await work(context.cancellationSignal);
  } catch (error) {
    context.cancellationSignal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** The same for an activity as a whole: whatever it takes in, and however long that is, its worker is known to live. */
export function keptAlive<I, O>(activity: (input: I) => Promise<O>): (input: I) => Promise<O> {
  return (input) => keepAlive(() => activity(input));
}
