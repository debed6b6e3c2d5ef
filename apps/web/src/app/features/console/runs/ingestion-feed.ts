import { Injectable, inject } from '@angular/core';
import type { IngestionEvent, IngestionSubscribe, ingestionSocketEvents } from '@dramatis/contracts/ingestion';
import type { Socket } from 'socket.io-client';
import { Operator } from '../../../core/operator';

// Spelt out, checked against the contracts: importing their values would bring every schema into the page.
const names: typeof ingestionSocketEvents = { subscribe: 'ingestion:subscribe', unsubscribe: 'ingestion:unsubscribe', event: 'ingestion:event' };
const acknowledgementTimeoutMs = 8_000;

export interface IngestionListener {
  event(event: IngestionEvent): void;
  /** Whether events come. While they do not, the listener asks by itself. */
  live(live: boolean): void;
}

/** A run's events over a socket that carries the operator token. It connects again by itself and asks for what was missed. */
@Injectable({ providedIn: 'root' })
export class IngestionFeed {
  private readonly operator = inject(Operator);

  /** The function returned ends it. */
  follow(ingestionId: string, listener: IngestionListener): () => void {
    let ended = false;
    let close = (): void => undefined;
    let last = 0;
    void import('socket.io-client').then(
      ({ io }) => {
        if (ended) return;
        const token = this.operator.token() ?? undefined;
        const socket: Socket = io({ transports: ['websocket', 'polling'], forceNew: true, auth: { token }, reconnectionDelay: 1_000, reconnectionDelayMax: 10_000, timeout: 6_000 });
        socket.on('connect', () => {
          const request: IngestionSubscribe = { ingestionId, after: last, ...(token && { token }) };
          socket.timeout(acknowledgementTimeoutMs).emit(names.subscribe, request, (error: Error | null, answer: unknown) => {
            if (!ended) listener.live(error === null && isTaken(answer));
          });
        });
        socket.on('disconnect', () => listener.live(false));
        socket.on('connect_error', () => listener.live(false));
        socket.on(names.event, (event: IngestionEvent) => {
          if (event.ingestionId !== ingestionId || event.id <= last) return;
          last = event.id;
          listener.event(event);
        });
        close = () => {
          socket.off();
          socket.disconnect();
        };
      },
      () => listener.live(false),
    );
    return () => {
      ended = true;
      close();
    };
  }
}

function isTaken(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'ok' in answer && answer.ok === true;
}
