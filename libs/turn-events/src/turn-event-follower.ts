import type { Turn } from '@dramatis/contracts/turn';
import { isFinal, type TurnEvent } from '@dramatis/contracts/turn-event';
import type { Redis } from 'ioredis';
import { FollowBuffer } from './follow-buffer.js';
import { channelOf, parseEvent, type TurnEventStream } from './turn-event-stream.js';

export interface TurnEventFollowerOptions {
  stream: TurnEventStream;
  /** A connection of its own: one that subscribes can do nothing else. */
  subscriber: Redis;
  /** The turn when it has ended, from the database; null while it runs. */
  loadEndedTurn: (turnId: string) => Promise<Turn | null>;
  /** How often a silent turn is looked up in the database, in milliseconds. Default 5,000. */
  silenceCheckMs?: number;
}

interface FollowedTurn {
  buffers: Set<FollowBuffer>;
  /** Resolves when nothing more can be missed between a read of the stream and what the subscription brings. */
  subscribed: Promise<void>;
}

/** How many events one read of the stream takes. */
const pageSize = 500;

/**
 * Follows turns: what the stream holds first, then what comes. The stream is the truth and the subscription only the bell:
 * after a gap, a reconnect or an overflow the stream is read again. Where the stream has expired or lost its end, the
 * database answers with the final event.
 */
export class TurnEventFollower {
  private readonly follows = new Map<string, FollowedTurn>();

  constructor(private readonly options: TurnEventFollowerOptions) {
    options.subscriber.on('message', (channel: string, message: string) => this.deliver(channel, message));
    options.subscriber.on('ready', () => this.rereadAll());
  }

  /**
   * Every event after the given id, in order, without a gap and none twice; ends after the final event or when aborted.
   * @throws when Redis cannot be read and the turn has not ended.
   */
  async *follow(turnId: string, after: number, signal?: AbortSignal): AsyncGenerator<TurnEvent, void, undefined> {
    const buffer = new FollowBuffer(after);
    const stop = (): void => buffer.wake();
    signal?.addEventListener('abort', stop, { once: true });
    await this.add(turnId, buffer);
    try {
      while (!signal?.aborted) {
        if (buffer.isEmpty && buffer.mustReread) await this.reread(turnId, buffer);
        const event = buffer.take();
        if (event) {
          yield event;
          if (isFinal(event)) return;
        } else if (!buffer.mustReread && !(await buffer.wait(this.options.silenceCheckMs ?? 5_000))) {
          const ending = await this.endingFromDatabase(turnId, buffer);
          if (!ending) continue;
          yield ending;
          return;
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop);
      this.remove(turnId, buffer);
    }
  }

  private async reread(turnId: string, buffer: FollowBuffer): Promise<void> {
    buffer.beginReread();
    const events = await this.options.stream.read(turnId, buffer.lastId, pageSize).catch(async (error: unknown) => {
      const ended = await this.options.loadEndedTurn(turnId);
      if (!ended) throw error;
      return [endingOf(ended, buffer.lastId + 1)];
    });
    for (const event of events) buffer.offer(event);
    if (events.length === pageSize) buffer.mustReread = true;
    if (events.length === 0 && buffer.isEmpty) {
      const ending = await this.endingFromDatabase(turnId, buffer);
      if (ending) buffer.offer(ending);
    }
  }

  /** The final event made from the database, when the turn has ended and the stream cannot tell so any more. */
  private async endingFromDatabase(turnId: string, buffer: FollowBuffer): Promise<TurnEvent | null> {
    const ended = await this.options.loadEndedTurn(turnId);
    if (!ended) return null;
    const unread = await this.options.stream.read(turnId, buffer.lastId, pageSize).catch(() => []);
    if (unread.at(-1)?.id === buffer.lastId + unread.length && isFinal(unread.at(-1)!)) {
      for (const event of unread) buffer.offer(event);
      return null;
    }
    return endingOf(ended, buffer.lastId + 1);
  }

  private deliver(channel: string, message: string): void {
    const turnId = channel.slice(channelOf('').length);
    const followed = this.follows.get(turnId);
    if (!followed) return;
    const afterId = message.indexOf(' ');
    const afterTime = message.indexOf(' ', afterId + 1);
    const event = parseEvent(
      turnId,
      Number(message.slice(0, afterId)),
      message.slice(afterId + 1, afterTime),
      message.slice(afterTime + 1),
    );
    for (const buffer of followed.buffers) buffer.offer(event);
  }

  private rereadAll(): void {
    for (const { buffers } of this.follows.values()) {
      for (const buffer of buffers) {
        buffer.mustReread = true;
        buffer.wake();
      }
    }
  }

  private async add(turnId: string, buffer: FollowBuffer): Promise<void> {
    const followed = this.follows.get(turnId) ?? { buffers: new Set(), subscribed: this.subscribe(turnId) };
    followed.buffers.add(buffer);
    this.follows.set(turnId, followed);
    await followed.subscribed;
  }

  /** While Redis is away the subscription is made when it is back; the first read then says that it is away. */
  private async subscribe(turnId: string): Promise<void> {
    const subscribing = this.options.subscriber.subscribe(channelOf(turnId)).catch(() => undefined);
    if (this.options.subscriber.status === 'ready') await subscribing;
  }

  private remove(turnId: string, buffer: FollowBuffer): void {
    const followed = this.follows.get(turnId);
    followed?.buffers.delete(buffer);
    if (followed?.buffers.size !== 0) return;
    this.follows.delete(turnId);
    // Not awaited: while Redis is away it would wait for its return.
    void this.options.subscriber.unsubscribe(channelOf(turnId)).catch(() => undefined);
  }
}

function endingOf(turn: Turn, id: number): TurnEvent {
  return {
    id,
    turnId: turn.turnId,
    at: turn.endedAt ?? turn.createdAt,
    type: turn.status as 'completed' | 'cancelled' | 'failed',
    turn,
  };
}
