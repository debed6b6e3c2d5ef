import { DomainError } from '@dramatis/contracts/errors';
import { LRUCache } from 'lru-cache';

/** How many turns of one owner may run at once, over all their conversations. */
const maxRunningTurns = 4;
const rememberedOwners = 10_000;
const rememberedMs = 60_000;

/**
 * Keeps one owner from running many turns at once. Who has started few lately is let through without a look into the
 * database, since a person waits for the start; who has started many is counted there.
 */
export class StartAllowance {
  private readonly starts = new LRUCache<string, number>({ max: rememberedOwners, ttl: rememberedMs });

  /** @param countRunning counts the owner's running turns in the database. @throws DomainError too_many_requests */
  async take(ownerId: string, countRunning: () => Promise<number>): Promise<void> {
    const started = (this.starts.get(ownerId) ?? 0) + 1;
    if (started < maxRunningTurns) {
      this.starts.set(ownerId, started);
      return;
    }
    const running = await countRunning();
    if (running >= maxRunningTurns) {
      throw new DomainError(
        'too_many_requests',
        `${maxRunningTurns} replies are being made for you already; wait until one is done, then send again.`,
      );
    }
    this.starts.set(ownerId, running);
  }
}
