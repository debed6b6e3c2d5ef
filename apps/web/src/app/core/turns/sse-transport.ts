import { Injectable, inject } from '@angular/core';
import type { TurnEvent, TurnEventType } from '@dramatis/contracts/turn-event';
import { ApiClient } from '../api-client';
import { asProblem } from '../problem';
import type { TurnEventListener, TurnEventTransport } from './turn-events-port';

const eventTypes: Record<TurnEventType, true> = {
  accepted: true,
  retrieved: true,
  attempt: true,
  delta: true,
  discard: true,
  repaired: true,
  completed: true,
  cancelled: true,
  failed: true,
};

/** Turn events as server-sent events: for networks that let no socket through. */
@Injectable({ providedIn: 'root' })
export class SseTransport implements TurnEventTransport {
  readonly name = 'sse';
  private readonly api = inject(ApiClient);

  subscribe(turnId: string, after: number, listener: TurnEventListener): () => void {
    const source = new EventSource(`/api/turns/${encodeURIComponent(turnId)}/events?after=${after}`);
    const asking = new AbortController();
    const receive = (message: MessageEvent<string>): void => listener.event(JSON.parse(message.data) as TurnEvent);
    // The browser's own reconnecting is not used: TurnStream asks again from the last event that it applied.
    const fail = (): void => {
      source.close();
      // EventSource does not tell why it failed; the turn's own route does.
      this.api.turn(turnId, asking.signal).then(
        () => listener.lost(),
        (error: unknown) => {
          if (asking.signal.aborted) return;
          const problem = asProblem(error);
          if (problem.passing) listener.lost();
          else listener.refused(problem);
        },
      );
    };
    source.addEventListener('open', () => listener.opened());
    source.addEventListener('message', receive);
    for (const type of Object.keys(eventTypes)) source.addEventListener(type, receive);
    source.addEventListener('error', fail);
    return () => {
      asking.abort();
      source.close();
    };
  }
}
