import { InjectionToken } from '@angular/core';
import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Problem } from '../problem';

/** What a transport tells of one subscription. After `lost` or `refused` it tells nothing more. */
export interface TurnEventListener {
  /** The server took the subscription: events follow as they come. */
  opened(): void;
  event(event: TurnEvent): void;
  /** The connection broke or could not be made; worth another try. */
  lost(): void;
  /** The server declined; another try would be declined as well. */
  refused(problem: Problem): void;
}

/** A way to receive a turn's events from after a given id. Adapters: Socket.IO and server-sent events. */
export interface TurnEventTransport {
  readonly name: 'socket' | 'sse';
  /** Makes ready what the first subscription would have to wait for. */
  prepare?(): void;
  /** Begins at the event after `after`. The function returned ends it. */
  subscribe(turnId: string, after: number, listener: TurnEventListener): () => void;
  /**
   * Calls `changed` when something happened in a conversation on another device, and whenever that may have been missed. The function
   * returned ends it.
   */
  watchConversation?(conversationId: string, changed: () => void): () => void;
}

/** Transports in order of preference. */
export const TURN_EVENT_TRANSPORTS = new InjectionToken<readonly TurnEventTransport[]>('TURN_EVENT_TRANSPORTS');
