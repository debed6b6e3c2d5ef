import { Injectable, computed, inject, signal } from '@angular/core';
import type { TurnEvent } from '@dramatis/contracts/turn-event';
import { Observable, type Subscriber } from 'rxjs';
import { ApiClient } from '../api-client';
import { Connectivity } from '../connectivity';
import { Problem, asProblem } from '../problem';
import { TURN_EVENT_TRANSPORTS } from './turn-events-port';

/** `idle` while nothing is followed; `reconnecting` after a connection was lost or could not be made. */
export type ConnectionState = 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline';

const firstDelayMs = 300;
const longestDelayMs = 8_000;
/** After so many tries without a single event the turn's record is asked whether it ended meanwhile. */
const triesBeforeAsking = 2;

/**
 * Follows turns: each reader gets every event of its turn exactly once, in order, without a gap, through lost
 * connections, restarts of the server and duplicated deliveries. When one transport fails the next is tried.
 */
@Injectable({ providedIn: 'root' })
export class TurnStream {
  private readonly transports = inject(TURN_EVENT_TRANSPORTS);
  private readonly api = inject(ApiClient);
  private readonly connectivity = inject(Connectivity);
  private readonly following = signal<readonly Following[]>([]);

  readonly connection = computed<ConnectionState>(() => {
    const states = this.following().map((following) => following.state());
    if (states.length === 0) return 'idle';
    if (!this.connectivity.online()) return 'offline';
    return states.includes('reconnecting') ? 'reconnecting' : states.includes('connecting') ? 'connecting' : 'live';
  });

  /** Called when a turn is likely to be followed soon. */
  prepare(): void {
    for (const transport of this.transports) transport.prepare?.();
  }

  /** Calls `changed` when a conversation went on elsewhere, as far as a transport can tell. Returns what ends it. */
  watchConversation(conversationId: string, changed: () => void): () => void {
    const ends = this.transports.map((transport) => transport.watchConversation?.(conversationId, changed));
    return () => ends.forEach((end) => end?.());
  }

  /** The turn's events after `after`; completes with the final one. Errors with the {@link Problem} when the server declines. */
  follow(turnId: string, after = 0): Observable<TurnEvent> {
    return new Observable((subscriber) => {
      const following = new Following(turnId, after, subscriber, this.transports, (id) => this.api.turn(id));
      this.following.update((all) => [...all, following]);
      const onOnline = (): void => following.hurry();
      window.addEventListener('online', onOnline);
      following.open();
      return () => {
        window.removeEventListener('online', onOnline);
        following.close();
        this.following.update((all) => all.filter((other) => other !== following));
      };
    });
  }
}

/** One turn being followed: which transport, from which event, and when to try again. */
class Following {
  readonly state = signal<'connecting' | 'live' | 'reconnecting'>('connecting');
  private transport = 0;
  private fruitlessTries = 0;
  private refusals = 0;
  private unsubscribe: (() => void) | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private closed = false;
  /** Counts subscriptions, so that a late word of an earlier one is not heard. */
  private generation = 0;

  constructor(
    private readonly turnId: string,
    private last: number,
    private readonly reader: Subscriber<TurnEvent>,
    private readonly transports: TurnStream['transports'],
    private readonly askTurn: (turnId: string) => ReturnType<ApiClient['turn']>,
  ) {}

  open(): void {
    if (this.closed) return;
    this.timer = null;
    const generation = ++this.generation;
    const current = (): boolean => !this.closed && generation === this.generation;
    const transport = this.transports[this.transport % this.transports.length];
    if (!transport) throw new Error('no transport of turn events is provided');
    this.unsubscribe = transport.subscribe(this.turnId, this.last, {
      opened: () => {
        if (current()) this.state.set('live');
      },
      event: (event) => {
        if (current()) this.receive(event);
      },
      lost: () => {
        if (current()) this.tryAgain();
      },
      refused: (problem) => {
        // One transport alone may be mistaken: a socket keeps the session with which it was opened.
        if (!current()) return;
        if (++this.refusals < this.transports.length) this.tryAgain();
        else this.reader.error(problem);
      },
    });
  }

  close(): void {
    this.closed = true;
    this.drop();
  }

  /** Tries at once what waits for its delay. */
  hurry(): void {
    if (this.timer === null) return;
    clearTimeout(this.timer);
    this.open();
  }

  private receive(event: TurnEvent): void {
    if (event.turnId !== this.turnId) return;
    if (event.type === 'completed' || event.type === 'cancelled' || event.type === 'failed') {
      // It holds the whole turn: whatever was missed before it is in it, and nothing can follow.
      this.reader.next({ ...event, id: Math.max(event.id, this.last + 1) });
      this.reader.complete();
      return;
    }
    if (event.id <= this.last) return;
    if (event.id !== this.last + 1) {
      this.tryAgain();
      return;
    }
    this.last = event.id;
    this.fruitlessTries = 0;
    this.refusals = 0;
    this.state.set('live');
    this.reader.next(event);
  }

  private tryAgain(): void {
    this.drop();
    this.state.set('reconnecting');
    this.fruitlessTries++;
    this.transport++;
    if (this.fruitlessTries >= triesBeforeAsking) void this.askWhetherItEnded();
    const delay = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(this.fruitlessTries - 1, 6));
    this.timer = setTimeout(() => this.open(), delay);
  }

  /** When events do not come although the server answers, the turn's record has the last word. */
  private async askWhetherItEnded(): Promise<void> {
    try {
      const turn = await this.askTurn(this.turnId);
      if (this.closed || turn.status === 'running') return;
      this.receive({ type: turn.status, id: this.last + 1, turnId: turn.turnId, at: turn.endedAt ?? turn.createdAt, turn });
    } catch (error) {
      const problem = asProblem(error);
      if (!this.closed && problem instanceof Problem && !problem.passing) this.reader.error(problem);
    }
  }

  private drop(): void {
    this.generation++;
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.unsubscribe?.();
    this.unsubscribe = null;
  }
}
