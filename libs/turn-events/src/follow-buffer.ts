import type { TurnEvent } from '@dramatis/contracts/turn-event';

/** Events that one reader may be behind before they are dropped here and read from the stream again. */
const capacity = 1_000;

/** Puts what arrives for one reader in order: drops what it has seen, notices what is missing, and never grows beyond its capacity. */
export class FollowBuffer {
  /** Whether the stream must be read again: at the start, after a gap, a reconnect or an overflow. */
  mustReread = true;
  private readonly events: TurnEvent[] = [];
  private waiter: (() => void) | null = null;

  /** @param lastId id of the last event that the reader has seen. */
  constructor(public lastId: number) {}

  get isEmpty(): boolean {
    return this.events.length === 0;
  }

  /** The next event, if it is here. */
  take(): TurnEvent | null {
    const event = this.events.shift();
    if (!event) return null;
    this.lastId = event.id;
    return event;
  }

  offer(event: TurnEvent): void {
    const expected = (this.events.at(-1)?.id ?? this.lastId) + 1;
    if (event.id < expected) return;
    if (event.id > expected || this.events.length >= capacity) this.mustReread = true;
    else this.events.push(event);
    this.wake();
  }

  /** Before the stream is read: what arrives during the read is held against what the read brings. */
  beginReread(): void {
    this.mustReread = false;
    this.events.length = 0;
  }

  /** Resolves true when there may be something to take, false when nothing came for the given time. */
  wait(timeoutMs: number): Promise<boolean> {
    if (!this.isEmpty || this.mustReread) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.waiter = null;
        resolve(false);
      }, timeoutMs);
      this.waiter = () => {
        clearTimeout(timer);
        this.waiter = null;
        resolve(true);
      };
    });
  }

  wake(): void {
    this.waiter?.();
  }
}
