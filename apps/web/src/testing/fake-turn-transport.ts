import type { TurnEvent } from '@dramatis/contracts/turn-event';
import type { Problem } from '../app/core/problem';
import type { TurnEventListener, TurnEventTransport } from '../app/core/turns/turn-events-port';

interface Subscription {
  turnId: string;
  after: number;
  listener: TurnEventListener;
  open: boolean;
}

/** A transport whose server is the test. Remembers every subscription; speaks to the newest open one. */
export class FakeTurnTransport implements TurnEventTransport {
  readonly subscriptions: Subscription[] = [];
  private readonly watchers = new Set<{ conversationId: string; changed: () => void }>();

  constructor(readonly name: TurnEventTransport['name'] = 'socket') {}

  subscribe(turnId: string, after: number, listener: TurnEventListener): () => void {
    const subscription = { turnId, after, listener, open: true };
    this.subscriptions.push(subscription);
    return () => (subscription.open = false);
  }

  watchConversation(conversationId: string, changed: () => void): () => void {
    const watcher = { conversationId, changed };
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Tells those who watch the conversation that it went on elsewhere. */
  rings(conversationId: string): void {
    for (const watcher of this.watchers) if (watcher.conversationId === conversationId) watcher.changed();
  }

  get current(): Subscription {
    const subscription = this.subscriptions.findLast(({ open }) => open);
    if (!subscription) throw new Error('nobody is subscribed');
    return subscription;
  }

  opens(): void {
    this.current.listener.opened();
  }

  sends(...events: TurnEvent[]): void {
    for (const event of events) this.current.listener.event(event);
  }

  loses(): void {
    this.current.listener.lost();
  }

  refuses(problem: Problem): void {
    this.current.listener.refused(problem);
  }
}
