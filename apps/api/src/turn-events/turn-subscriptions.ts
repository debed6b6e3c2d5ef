import { DomainError } from '@dramatis/contracts/errors';
import { isFinal, type TurnEvent } from '@dramatis/contracts/turn-event';
import type { TurnStatus } from '@dramatis/contracts/turn';
import { TurnEventFollower } from '@dramatis/turn-events/turn-event-follower';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from '../access/access.js';
import { REDIS } from '../infrastructure/tokens.js';
import { Metrics } from '../metrics/metrics.js';
import { RecentTurns } from '../turns/recent-turns.js';
import { TurnsService } from '../turns/turns.service.js';

/** How long a reader waits before the stream is tried again, in milliseconds. */
const retryDelayMs = 1_000;

export interface FollowOptions {
  /** Id of the last event that the reader has seen; 0 for all. */
  after: number;
  /** Ends the following. */
  signal: AbortSignal;
  way: 'sse' | 'socket';
}

/** Opens a turn's events to its owner, for whatever way they are sent on. */
@Injectable()
export class TurnSubscriptions {
  private readonly logger = new Logger(TurnSubscriptions.name);

  constructor(
    private readonly turns: TurnsService,
    private readonly recent: RecentTurns,
    private readonly stream: TurnEventStream,
    private readonly follower: TurnEventFollower,
    private readonly metrics: Metrics,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  /**
   * Checks that the owner may follow the turn and that following can begin.
   * @throws DomainError turn_not_found, also for the turns of others; broker_unavailable when the turn still runs and its events are out of reach
   */
  async open(turnId: string, access: Access, after: number): Promise<TurnStatus> {
    // Who has seen something of the turn comes back, and is told how it stands.
    const status = after === 0 && this.recent.take(turnId, access.ownerId) ? 'running' : (await this.turns.own(turnId, access)).status;
    if (status === 'running' && this.redis.status !== 'ready') {
      throw new DomainError('broker_unavailable.events');
    }
    return status;
  }

  /** Whether the owner's reader has already seen the end of the turn, so that there is nothing to follow. */
  async isAtEnd(turnId: string, after: number): Promise<boolean> {
    if (after === 0) return false;
    const [last] = await this.stream.read(turnId, after - 1, 1).catch(() => []);
    return last !== undefined && last.id === after && isFinal(last);
  }

  /**
   * Every event after the given id, to the final one or until aborted, waiting for the reader each time. Goes on after
   * an outage of the stream where it was.
   */
  async *follow(turnId: string, reader: FollowOptions): AsyncGenerator<TurnEvent, void, undefined> {
    const { way, signal } = reader;
    let lastId = reader.after;
    this.metrics.followers.inc({ way });
    try {
      while (!signal.aborted) {
        try {
          for await (const event of this.follower.follow(turnId, lastId, signal)) {
            lastId = event.id;
            yield event;
          }
          return;
        } catch (error) {
          this.logger.warn({ err: error, turnId }, 'events are out of reach; trying again');
          await delay(retryDelayMs, undefined, { signal }).catch(() => undefined);
        }
      }
    } finally {
      this.metrics.followers.dec({ way });
    }
  }
}
