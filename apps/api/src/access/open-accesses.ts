import { sessionChangesChannel } from '@dramatis/database/sessions/session-cache';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { REDIS_SUBSCRIBER } from '../infrastructure/tokens.js';
import type { Access } from './access.js';
import { AccessReader } from './access-reader.js';

/** A message that was lost is made up for within this and the time that a look takes. */
const lookEveryMs = 3_000;

const sessionIds = z.array(z.string());

interface Watched {
  access: Access;
  end: () => void;
}

/**
 * Keeps an eye on sockets and streams that stay open: when the session that opened one ends, or its account's rights change, it is ended,
 * and whoever is there opens another with what they may now. Told of changes over Redis; looks by itself too.
 */
@Injectable()
export class OpenAccesses implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OpenAccesses.name);
  private readonly watched = new Set<Watched>();
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;

  constructor(
    private readonly reader: AccessReader,
    @Inject(REDIS_SUBSCRIBER) private readonly subscriber: Redis,
  ) {}

  onApplicationBootstrap(): void {
    this.subscriber.on('message', (channel: string, message: string) => {
      if (channel === sessionChangesChannel) void this.look(sessionsIn(message));
    });
    // Without Redis the subscription waits for it; meanwhile, and for what was said in between, there are the looks.
    void this.subscriber.subscribe(sessionChangesChannel).catch(() => undefined);
    this.schedule();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
  }

  /** Calls `end` once when the access does not hold any more. Returns what stops watching. */
  watch(access: Access, end: () => void): () => void {
    // Nobody has nothing to lose.
    if (access.credential === null) return () => undefined;
    const entry = { access, end };
    this.watched.add(entry);
    return () => this.watched.delete(entry);
  }

  private async look(sessionIds?: ReadonlySet<string>): Promise<void> {
    const entries = [...this.watched].filter(({ access }) => sessionIds === undefined || (access.sessionId !== null && sessionIds.has(access.sessionId)));
    if (entries.length === 0) return;
    try {
      const lapsed = await this.reader.lapsed(entries.map(({ access }) => access));
      for (const entry of entries) {
        if (lapsed.has(entry.access) && this.watched.delete(entry)) entry.end();
      }
    } catch (error) {
      // While the database is away nobody can have been refused anything new.
      this.logger.warn({ err: error }, 'open connections could not be looked at; trying again');
    }
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      void this.look().finally(() => {
        if (!this.stopped) this.schedule();
      });
    }, lookEveryMs);
    this.timer.unref();
  }
}

/** The sessions that a message names; without any, all are looked at: whatever was said, something changed. */
function sessionsIn(message: string): ReadonlySet<string> | undefined {
  const named = sessionIds.safeParse(parsed(message));
  return named.success ? new Set(named.data) : undefined;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}
