import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@dramatis/contracts/identity/role';
import type { Redis } from 'ioredis';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/account-model.js';
import { insert } from '../insert.js';
import { SessionCache } from './session-cache.js';
import { sessionModel, type SessionRecord } from './session-model.js';

export type { SessionRecord } from './session-model.js';

const dayMs = 86_400_000;
/** Guests have nothing but their session to come back to their conversations with. */
const guestLife = { idleMs: 180 * dayMs, wholeMs: 400 * dayMs };
const accountLife = { idleMs: 30 * dayMs, wholeMs: 90 * dayMs };
/** How exact the time of last use is: a write each request would cost more than it tells. */
const seenEveryMs = 5 * 60_000;

/** What a session gives whoever shows its token. */
export interface LiveSession {
  sessionId: string;
  ownerId: string;
  account: { accountId: string; role: Role } | null;
}

export interface NewSession {
  ownerId: string;
  accountId: string | null;
  userAgent: string | null;
  address: string | null;
}

/**
 * Sessions: kept in MongoDB so that a guest never loses their conversations, read through Redis. Whatever ends or changes a session is
 * told to every process over {@link sessionChangesChannel}.
 */
export class SessionRepository {
  private readonly sessions: Model<SessionRecord>;
  private readonly accounts: Model<AccountRecord>;
  private readonly cache: SessionCache<LiveSession>;

  constructor(
    connection: Connection,
    redis: Redis | null = null,
    private readonly onCacheError: (error: Error) => void = () => {},
  ) {
    this.sessions = sessionModel(connection);
    this.accounts = accountModel(connection);
    this.cache = new SessionCache(redis, onCacheError);
  }

  /** A new session. The token is 256 random bits, shown only here. */
  async create(input: NewSession): Promise<{ token: string; sessionId: string; maxAgeSeconds: number }> {
    const token = randomBytes(32).toString('base64url');
    const sessionId = randomUUID();
    const life = lifeOf(input);
    const now = Date.now();
    await insert(this.sessions, {
      ...input,
      _id: hashOf(token),
      sessionId,
      createdAt: new Date(now),
      lastSeenAt: new Date(now),
      expiresAt: new Date(now + life.idleMs),
      endsAt: new Date(now + life.wholeMs),
    });
    return { token, sessionId, maxAgeSeconds: life.wholeMs / 1_000 };
  }

  /** The session of this token, or null when there is none, it has expired, or its account may not sign in. */
  async find(token: string): Promise<LiveSession | null> {
    if (token.length > 100) return null;
    const hash = hashOf(token);
    const cached = await this.cache.get(hash);
    if (cached) return cached;
    const record = await this.sessions.findById(hash).lean<SessionRecord>();
    if (!record || !isLive(record)) return null;
    const [session] = await this.withAccounts([record]);
    if (!session) return null;
    this.noteUse(record);
    await this.cache.set(hash, session);
    return session;
  }

  /** Those of the sessions that are live, from the database and not from copies. */
  async findLive(sessionIds: readonly string[]): Promise<LiveSession[]> {
    if (sessionIds.length === 0) return [];
    const records = await this.sessions.find({ sessionId: { $in: [...sessionIds] } }).lean<SessionRecord[]>();
    return this.withAccounts(records.filter(isLive));
  }

  /** The owner's sessions, the one last used first. */
  async list(ownerId: string): Promise<SessionRecord[]> {
    const records = await this.sessions.find({ ownerId }).lean<SessionRecord[]>();
    return records.filter(isLive).sort((a, b) => b.lastSeenAt.getTime() - a.lastSeenAt.getTime());
  }

  /** Ends one session of the owner. False when there was none. */
  async end(sessionId: string, ownerId: string): Promise<boolean> {
    return (await this.endWhere({ sessionId, ownerId })) > 0;
  }

  /** Ends the owner's sessions, but for one; returns how many. */
  async endAll(ownerId: string, options: { except?: string | null } = {}): Promise<number> {
    const { except = null } = options;
    return this.endWhere(except === null ? { ownerId } : { ownerId, sessionId: { $ne: except } });
  }

  /** Ends the sessions of the guest, and none of an account that the guest became. */
  async endGuest(guestId: string): Promise<number> {
    return this.endWhere({ ownerId: guestId, accountId: null });
  }

  /** Tells every process that the account's rights changed. */
  async accountChanged(accountId: string): Promise<void> {
    await this.cache.changed(await this.sessions.find({ ownerId: accountId }, { sessionId: 1 }).lean<SessionRecord[]>());
  }

  private async endWhere(filter: QueryFilter<SessionRecord>): Promise<number> {
    const records = await this.sessions.find(filter, { sessionId: 1 }).lean<SessionRecord[]>();
    if (records.length === 0) return 0;
    const { deletedCount } = await this.sessions.deleteMany({ _id: { $in: records.map(({ _id }) => _id) } });
    await this.cache.changed(records);
    return deletedCount;
  }

  private async withAccounts(records: SessionRecord[]): Promise<LiveSession[]> {
    const ids = records.flatMap(({ accountId }) => accountId ?? []);
    const accounts =
      ids.length === 0 ? [] : await this.accounts.find({ _id: { $in: ids } }, { role: 1, disabledAt: 1, removedAt: 1 }).lean<AccountRecord[]>();
    const accountOf = new Map(accounts.map((account) => [account._id, account]));
    return records.flatMap(({ sessionId, ownerId, accountId }): LiveSession[] => {
      if (accountId === null) return [{ sessionId, ownerId, account: null }];
      const account = accountOf.get(accountId);
      if (!account || account.disabledAt !== null || account.removedAt !== null) return [];
      return [{ sessionId, ownerId, account: { accountId, role: account.role } }];
    });
  }

  /** Nobody waits for it, and a note that is lost is made with the next use. */
  private noteUse(record: SessionRecord): void {
    const now = Date.now();
    if (now - record.lastSeenAt.getTime() < seenEveryMs) return;
    const expiresAt = new Date(Math.min(now + lifeOf(record).idleMs, record.endsAt.getTime()));
    this.sessions.updateOne({ _id: record._id }, { $set: { lastSeenAt: new Date(now), expiresAt } }).catch((error: Error) => this.onCacheError(error));
  }
}

/** The database removes what has expired, but not to the second. */
function isLive({ expiresAt, endsAt }: SessionRecord): boolean {
  return Math.min(expiresAt.getTime(), endsAt.getTime()) > Date.now();
}

const lifeOf = ({ accountId }: Pick<SessionRecord, 'accountId'>): typeof guestLife => (accountId === null ? guestLife : accountLife);
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
