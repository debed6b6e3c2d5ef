import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';

const remembered = 10_000;
const rememberedMs = 60_000;

/** Whose turns this process has just started. Who starts a turn follows it at once, and need not wait for the database to say that it is theirs. */
@Injectable()
export class RecentTurns {
  private readonly owners = new LRUCache<string, string>({ max: remembered, ttl: rememberedMs });

  note(turnId: string, ownerId: string): void {
    this.owners.set(turnId, ownerId);
  }

  /** Whether the owner has just started the turn. True once: who comes again is told by the database how the turn stands. */
  take(turnId: string, ownerId: string | null): boolean {
    if (ownerId === null || this.owners.get(turnId) !== ownerId) return false;
    this.owners.delete(turnId);
    return true;
  }
}
