import type { ProblemDocument } from '@dramatis/contracts/errors';
import { isFinal, socketEvents, type TurnEvent, type TurnEventType } from '@dramatis/contracts/turn-event';
import type { Turn } from '@dramatis/contracts/turn';
import { io, type Socket } from 'socket.io-client';
import { eventually } from '../eventually.js';

export interface TurnReaderOptions {
  baseUrl: string;
  cookie: string;
  turnId: string;
  /** Id of the last event that was seen before. */
  after: number;
}

type EventOf<T extends TurnEventType> = Extract<TurnEvent, { type: T }>;
type SubscribeAnswer = { ok: true } | { ok: false; problem: ProblemDocument };

/**
 * Follows one turn over Socket.IO as a browser does: connects again when the connection is lost, and then asks for what follows
 * the last event that it has. An event that is missing, comes twice or out of order fails whoever waits.
 */
export class TurnReader {
  readonly events: TurnEvent[] = [];
  /** How often a connection was made. */
  connections = 0;
  private readonly socket: Socket;
  private lastId: number;
  private fault: Error | null = null;

  constructor(private readonly options: TurnReaderOptions) {
    this.lastId = options.after;
    this.socket = io(options.baseUrl, {
      transports: ['websocket'],
      extraHeaders: { cookie: options.cookie },
      forceNew: true,
      reconnectionDelay: 100,
      reconnectionDelayMax: 500,
    });
    this.socket.on('connect', () => {
      this.connections += 1;
      void this.subscribe();
    });
    this.socket.on(socketEvents.event, (event: TurnEvent) => this.take(event));
  }

  /** The first event of the type, from the beginning of what was read. */
  async next<T extends TurnEventType>(type: T, matches: (event: EventOf<T>) => boolean = () => true): Promise<EventOf<T>> {
    return this.until(`the event ${type}`, () =>
      this.events.find((event): event is EventOf<T> => event.type === type && matches(event as EventOf<T>)),
    );
  }

  /** The turn as its final event tells it. */
  async ending(): Promise<Turn> {
    const last = await this.until('the end of the turn', () => this.events.findLast(isFinal));
    this.close();
    return (last as EventOf<'completed'>).turn;
  }

  /** The text that a reader of these events sees now. */
  get text(): string {
    return visibleText(this.events);
  }

  types(): TurnEventType[] {
    return this.events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);
  }

  close(): void {
    this.socket.disconnect();
  }

  private async until<T>(what: string, find: () => T | undefined): Promise<T> {
    const found = await eventually(`${what} of turn ${this.options.turnId}; got ${this.types().join(', ') || 'none'}`, () => this.fault ?? find());
    if (this.fault) throw this.fault;
    return found as T;
  }

  private async subscribe(): Promise<void> {
    const { turnId } = this.options;
    const request = { turnId, after: this.lastId };
    const answer = (await this.socket.timeout(10_000).emitWithAck(socketEvents.subscribe, request).catch(() => null)) as SubscribeAnswer | null;
    if (answer?.ok === true || !this.socket.active) return;
    if (answer && answer.problem.status < 500) this.fault ??= new Error(`cannot follow turn ${turnId}: ${JSON.stringify(answer.problem)}`);
    // What the turn's events are kept in may be away for a while.
    else setTimeout(() => this.socket.connected && void this.subscribe(), 250);
  }

  private take(event: TurnEvent): void {
    if (event.turnId !== this.options.turnId) this.fault ??= new Error(`got an event of turn ${event.turnId}`);
    if (event.id !== this.lastId + 1) this.fault ??= new Error(`event ${event.id} (${event.type}) came after ${this.lastId}`);
    const last = this.events.at(-1);
    if (last && isFinal(last)) this.fault ??= new Error(`event ${event.id} (${event.type}) came after the end`);
    this.lastId = event.id;
    this.events.push(event);
  }
}

/** What a reader of the events sees at their end: discarded text is gone, a repaired text replaces what was streamed. */
export function visibleText(events: readonly TurnEvent[]): string {
  return events.reduce((text, event) => {
    if (event.type === 'delta') return text + event.text;
    if (event.type === 'discard') return '';
    return event.type === 'repaired' ? event.text : text;
  }, '');
}
