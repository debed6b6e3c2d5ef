import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { Schema, type Connection, type Model } from 'mongoose';
import { insert } from '../insert.js';

/** How long a session lives after its last renewal, in days. */
const sessionDays = 180;
const cacheSeconds = 600;

interface SessionRecord {
  /** SHA-256 of the token: who reads the database cannot take over a session. */
  _id: string;
  guestId: string;
  createdAt: Date;
  expiresAt: Date;
}

function sessionModel(connection: Connection): Model<SessionRecord> {
  const schema = new Schema<SessionRecord>(
    { _id: String, guestId: String, createdAt: Date, expiresAt: Date },
    { versionKey: false, collection: 'sessions' },
  );
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return (connection.models['Session'] as Model<SessionRecord>) ?? connection.model<SessionRecord>('Session', schema);
}

/** Guests' sessions: kept in MongoDB so that a guest never loses their conversations, read through Redis. */
export class SessionRepository {
  private readonly sessions: Model<SessionRecord>;

  constructor(
    connection: Connection,
    private readonly redis: Redis | null = null,
    private readonly onCacheError: (error: Error) => void = () => {},
  ) {
    this.sessions = sessionModel(connection);
  }

  /** A new guest. The token is 256 random bits, shown only here. */
  async create(): Promise<{ token: string; guestId: string; maxAgeSeconds: number }> {
    const token = randomBytes(32).toString('base64url');
    const guestId = randomUUID();
    const now = Date.now();
    const maxAgeSeconds = sessionDays * 86_400;
    await insert(this.sessions, {
      _id: hashOf(token),
      guestId,
      createdAt: new Date(now),
      expiresAt: new Date(now + maxAgeSeconds * 1_000),
    });
    return { token, guestId, maxAgeSeconds };
  }

  /** The guest of this token, or null when there is no such session. */
  async find(token: string): Promise<string | null> {
    if (token.length > 100) return null;
    const hash = hashOf(token);
    const cached = await this.cached((redis) => redis.get(cacheKey(hash)));
    if (cached) return cached;
    const record = await this.sessions.findById(hash).lean<SessionRecord>();
    if (!record || record.expiresAt.getTime() <= Date.now()) return null;
    await this.cached((redis) => redis.set(cacheKey(hash), record.guestId, 'EX', cacheSeconds));
    return record.guestId;
  }

  private async cached<T>(action: (redis: Redis) => Promise<T>): Promise<T | null> {
    if (!this.redis) return null;
    try {
      return await action(this.redis);
    } catch (error) {
      this.onCacheError(error as Error);
      return null;
    }
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const cacheKey = (hash: string): string => `dramatis:session:${hash}`;
