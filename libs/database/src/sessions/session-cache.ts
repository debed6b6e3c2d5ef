import type { Redis } from 'ioredis';

/** How long a copy is believed, in seconds. Changes of sessions replace it at once; this bounds what an outage of Redis can hide. */
const copySeconds = 60;
/** Longer than any reader is on its way between the database and the cache. */
const markSeconds = 30;
const mark = 'changed';
const retryDelayMs = 1_000;

/** Where changes of sessions are told; the message is a JSON list of session ids. */
export const sessionChangesChannel = 'dramatis:session-changes';

export interface ChangedSession {
  /** The token's hash. */
  _id: string;
  sessionId: string;
}

/**
 * Copies of sessions in Redis. A cache is never a reason to fail: each error is reported to `onError` and reads as a miss. A change leaves
 * a mark in the place of the copy, so that a reader that is still on its way with an old one does not put it back.
 */
export class SessionCache<T> {
  constructor(
    private readonly redis: Redis | null,
    private readonly onError: (error: Error) => void,
  ) {}

  async get(hash: string): Promise<T | null> {
    const json = await this.attempt((redis) => redis.get(keyOf(hash)));
    return json === null || json === mark ? null : (JSON.parse(json) as T);
  }

  async set(hash: string, session: T): Promise<void> {
    await this.attempt((redis) => redis.set(keyOf(hash), JSON.stringify(session), 'EX', copySeconds, 'NX'));
  }

  /** Forgets the copies and tells every process. While Redis is out of reach it is tried again, for as long as a copy could be believed. */
  async changed(sessions: readonly ChangedSession[], tries = copySeconds): Promise<void> {
    if (this.redis === null || sessions.length === 0) return;
    try {
      const commands = this.redis.multi();
      for (const { _id } of sessions) commands.set(keyOf(_id), mark, 'EX', markSeconds);
      commands.publish(sessionChangesChannel, JSON.stringify(sessions.map(({ sessionId }) => sessionId)));
      await commands.exec();
    } catch (error) {
      this.onError(error as Error);
      if (tries > 1) setTimeout(() => void this.changed(sessions, tries - 1), retryDelayMs).unref();
    }
  }

  private async attempt<R>(action: (redis: Redis) => Promise<R>): Promise<R | null> {
    if (!this.redis) return null;
    try {
      return await action(this.redis);
    } catch (error) {
      this.onError(error as Error);
      return null;
    }
  }
}

const keyOf = (hash: string): string => `dramatis:session:v2:${hash}`;
