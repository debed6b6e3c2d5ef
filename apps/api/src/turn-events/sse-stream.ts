import type { TurnEvent } from '@dramatis/contracts/turn-event';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** So that proxies keep the connection and readers notice a dead one. */
const heartbeatMs = 15_000;
/** How long a reader may take nothing at all before it is taken for gone. */
const stalledMs = 60_000;
/** How long a reader waits before it connects again. */
const retryMs = 1_000;

/**
 * Sends the events as server-sent events, each with its id, and ends the answer after the last. The next event is only
 * asked for when the reader has taken the one before, so that a slow reader holds up itself and fills no memory.
 */
export async function sendEvents(
  response: ServerResponse,
  events: AsyncIterable<TurnEvent>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store, no-transform',
    // Tells nginx not to hold the stream back.
    'X-Accel-Buffering': 'no',
  });
  response.write(`retry: ${retryMs}\n\n`);
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n');
  }, heartbeatMs);
  try {
    for await (const event of events) {
      if (response.destroyed) return;
      if (response.write(frame(event))) continue;
      const drained = AbortSignal.any([signal, AbortSignal.timeout(stalledMs)]);
      try {
        await once(response, 'drain', { signal: drained });
      } catch {
        response.destroy();
        return;
      }
    }
    response.end();
  } finally {
    clearInterval(heartbeat);
  }
}

/** JSON has no line breaks of its own, so that an event is one data line. */
function frame(event: TurnEvent): string {
  return `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`;
}
