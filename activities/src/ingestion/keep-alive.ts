import { Context } from '@temporalio/activity';

const intervalMs = 3_000;

/**
 * Heartbeats while the work goes on, from its first line on, so that a dead worker is noticed and a cancellation is heard of.
 * The work's own errors that a cancellation has caused become the cancellation.
 */
export async function keepAlive<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  context.heartbeat();
  const timer = setInterval(() => context.heartbeat(), intervalMs);
  try {
    return await work(context.cancellationSignal);
  } catch (error) {
    context.cancellationSignal.throwIfAborted();
    throw error;
  } finally {
    clearInterval(timer);
  }
}
