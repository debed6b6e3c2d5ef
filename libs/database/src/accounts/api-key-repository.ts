import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ApiKeyScope } from '@dramatis/contracts/identity/api-key';
import { DomainError } from '@dramatis/contracts/errors';
import type { Role } from '@dramatis/contracts/identity/role';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { accountModel, type AccountRecord } from './account-model.js';

export const maxApiKeys = 20;
/** How exact the time of last use is. */
const usedEveryMs = 5 * 60_000;
const keyForm = /^dra_([0-9a-f]{16})_([\w-]{43})$/;

export interface ApiKeyRecord {
  /** Account and place, of which an account has {@link maxApiKeys}: so that no two requests at once make one too many. */
  _id: string;
  keyId: string;
  /** SHA-256 of the secret; it has 256 random bits, so that nothing slower is needed. */
  hash: string;
  accountId: string;
  name: string;
  scopes: ApiKeyScope[];
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
}

/** What a key gives whoever shows it, before its scopes are counted in. */
export interface LiveApiKey {
  keyId: string;
  scopes: ApiKeyScope[];
  account: { accountId: string; role: Role };
}

function apiKeyModel(connection: Connection): Model<ApiKeyRecord> {
  const schema = new Schema<ApiKeyRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'api_keys' },
  );
  schema.index({ keyId: 1 });
  schema.index({ accountId: 1 });
  return (connection.models['ApiKey'] as Model<ApiKeyRecord>) ?? connection.model<ApiKeyRecord>('ApiKey', schema);
}

/** Whether a bearer token has the form of a key, whether or not there is such a one. */
export function isApiKey(token: string): boolean {
  return token.startsWith('dra_');
}

/** The keys with which programs act for accounts. Read from the database each time: what is revoked is so at once. */
export class ApiKeyRepository {
  private readonly keys: Model<ApiKeyRecord>;
  private readonly accounts: Model<AccountRecord>;

  constructor(connection: Connection) {
    this.keys = apiKeyModel(connection);
    this.accounts = accountModel(connection);
  }

  /** A new key, shown only here. @throws DomainError too_many_api_keys */
  async create(accountId: string, input: Pick<ApiKeyRecord, 'name' | 'scopes' | 'expiresAt'>): Promise<{ key: string; record: ApiKeyRecord }> {
    const keyId = randomBytes(8).toString('hex');
    const secret = randomBytes(32).toString('base64url');
    const fields = { ...input, keyId, hash: hashOf(secret).toString('hex'), accountId, createdAt: new Date(), lastUsedAt: null };
    for (;;) {
      const taken = new Set((await this.of(accountId)).map(({ _id }) => _id));
      const free = Array.from({ length: maxApiKeys }, (_, place) => `${accountId}:${place}`).find((place) => !taken.has(place));
      if (free === undefined) {
        throw new DomainError('too_many_api_keys', { most: maxApiKeys });
      }
      const record: ApiKeyRecord = { _id: free, ...fields };
      try {
        await insert(this.keys, record);
        return { key: `dra_${keyId}_${secret}`, record };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  /** What the key gives; null when it is unknown, revoked or expired, or its account may not sign in. */
  async find(key: string): Promise<LiveApiKey | null> {
    const [, keyId, secret] = keyForm.exec(key) ?? [];
    if (keyId === undefined || secret === undefined) return null;
    const record = await this.keys.findOne({ keyId }).lean<ApiKeyRecord>();
    if (!record || !timingSafeEqual(Buffer.from(record.hash, 'hex'), hashOf(secret))) return null;
    const [live] = await this.live([record]);
    if (live) this.noteUse(record);
    return live ?? null;
  }

  /** Those of the keys that are good. */
  async findLive(keyIds: readonly string[]): Promise<LiveApiKey[]> {
    return keyIds.length === 0 ? [] : this.live(await this.keys.find({ keyId: { $in: [...keyIds] } }).lean<ApiKeyRecord[]>());
  }

  /** The account's keys, the newest first. */
  async of(accountId: string): Promise<ApiKeyRecord[]> {
    return this.keys.find({ accountId }).sort({ createdAt: -1 }).lean<ApiKeyRecord[]>();
  }

  /** False when the account has no such key. */
  async revoke(keyId: string, accountId: string): Promise<boolean> {
    return (await this.keys.deleteOne({ keyId, accountId })).deletedCount > 0;
  }

  async revokeAll(accountId: string): Promise<void> {
    await this.keys.deleteMany({ accountId });
  }

  private async live(records: ApiKeyRecord[]): Promise<LiveApiKey[]> {
    const good = records.filter(({ expiresAt }) => expiresAt === null || expiresAt.getTime() > Date.now());
    if (good.length === 0) return [];
    const ids = [...new Set(good.map(({ accountId }) => accountId))];
    const accounts = await this.accounts.find({ _id: { $in: ids }, disabledAt: null, removedAt: null }, { role: 1 }).lean<AccountRecord[]>();
    const roleOf = new Map(accounts.map(({ _id, role }) => [_id, role]));
    return good.flatMap(({ keyId, scopes, accountId }) => {
      const role = roleOf.get(accountId);
      return role === undefined ? [] : [{ keyId, scopes, account: { accountId, role } }];
    });
  }

  /** Nobody waits for it, and a note that is lost is made with the next use. */
  private noteUse({ _id, keyId, lastUsedAt }: ApiKeyRecord): void {
    const now = Date.now();
    if (lastUsedAt !== null && now - lastUsedAt.getTime() < usedEveryMs) return;
    this.keys.updateOne({ _id, keyId }, { $set: { lastUsedAt: new Date(now) } }).catch(() => undefined);
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
