import type { Ingestion, IngestionEvent } from '@dramatis/contracts/ingestion';
import type { Redis } from 'ioredis';
import { ingestionChannel, type IngestionEventStream, parseIngestionMessage } from './ingestion-event-stream.js';

export interface IngestionEventFollowerOptions {
  stream: IngestionEventStream;
  /** A connection of its own: one that subscribes can do nothing else. */
  subscriber: Redis;
  /** The run when it has ended, from the database; null while it runs. */
  loadEnded: (ingestionId: string) => Promise<Ingestion | null>;
  /** How often a silent run is looked up in the database, in milliseconds. Default 5,000. */
  silenceCheckMs?: number;
}

/** Events that one slow reader may be behind before older ones are dropped: the newest progress says it all. */
const capacity = 200;

type Listener = (event: IngestionEvent) => void;

/** Follows ingestions: what the stream holds first, then what comes. Where the stream has lost the end, the database answers. */
export class IngestionEventFollower {
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(private readonly options: IngestionEventFollowerOptions) {
    options.subscriber.on('message', (channel: string, message: string) => {
      const ingestionId = channel.slice(ingestionChannel('').length);
      const listeners = channel.startsWith(ingestionChannel('')) ? this.listeners.get(ingestionId) : undefined;
      if (!listeners) return;
      const event = parseIngestionMessage(ingestionId, message);
      for (const listener of listeners) listener(event);
    });
  }

  /** Events after the given id, in order, none twice; ends after `ended` or when aborted. */
  async *follow(ingestionId: string, after: number, signal: AbortSignal): AsyncGenerator<IngestionEvent, void, undefined> {
    const buffer: IngestionEvent[] = [];
    let lastId = after;
    let wake = (): void => undefined;
    const listener: Listener = (event) => {
      buffer.push(event);
      if (buffer.length > capacity) buffer.splice(0, buffer.length - capacity);
      wake();
    };
    const stop = (): void => wake();
    signal.addEventListener('abort', stop);
    await this.add(ingestionId, listener);
    try {
      // Of what is past, a new reader wants the newest progress alone.
      const past = await this.options.stream.read(ingestionId, after).catch(() => []);
      const replayed = after === 0 ? past.slice(-1) : past;
      buffer.unshift(...replayed);
      while (!signal.aborted) {
        const event = buffer.shift();
        if (event) {
          if (event.id <= lastId) continue;
          lastId = event.id;
          yield event;
          if (event.type === 'ended') return;
          continue;
        }
        const woken = Promise.withResolvers<boolean>();
        wake = () => woken.resolve(true);
        const timer = setTimeout(() => woken.resolve(false), this.options.silenceCheckMs ?? 5_000);
        const heard = buffer.length > 0 || (await woken.promise);
        clearTimeout(timer);
        if (heard) continue;
        const ended = await this.options.loadEnded(ingestionId);
        if (ended === null) continue;
        yield { id: lastId + 1, ingestionId, at: ended.endedAt ?? ended.startedAt, type: 'ended', ingestion: ended };
        return;
      }
    } finally {
      signal.removeEventListener('abort', stop);
      this.remove(ingestionId, listener);
    }
  }

  private async add(ingestionId: string, listener: Listener): Promise<void> {
    const listeners = this.listeners.get(ingestionId) ?? new Set();
    listeners.add(listener);
    this.listeners.set(ingestionId, listeners);
    const subscribing = this.options.subscriber.subscribe(ingestionChannel(ingestionId)).catch(() => undefined);
    // While Redis is away the subscription is made when it is back; until then the database is asked.
    if (this.options.subscriber.status === 'ready') await subscribing;
  }

  private remove(ingestionId: string, listener: Listener): void {
    const listeners = this.listeners.get(ingestionId);
    listeners?.delete(listener);
    if (listeners?.size !== 0) return;
    this.listeners.delete(ingestionId);
    void this.options.subscriber.unsubscribe(ingestionChannel(ingestionId)).catch(() => undefined);
  }
}
