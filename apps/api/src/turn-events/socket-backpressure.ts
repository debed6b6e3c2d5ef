import { once } from 'node:events';
import type { Socket } from 'socket.io';

/** How many packets may wait for one slow connection. */
const maxWaitingPackets = 64;
/** How long a connection may take nothing at all before it is closed. */
const stalledMs = 60_000;

/**
 * Resolves when the connection has taken most of what it was sent, so that a slow reader holds up only itself.
 * A connection that takes nothing for a minute is closed.
 */
export async function whenTaken(connection: Socket['conn'], signal: AbortSignal): Promise<void> {
  while (connection.readyState === 'open' && waiting(connection) > maxWaitingPackets && !signal.aborted) {
    try {
      await once(connection, 'drain', { signal: AbortSignal.any([signal, AbortSignal.timeout(stalledMs)]) });
    } catch {
      if (!signal.aborted) connection.close();
      return;
    }
  }
}

function waiting(connection: Socket['conn']): number {
  return (connection as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
}
