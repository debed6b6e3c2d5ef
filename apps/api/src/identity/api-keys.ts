import { DomainError } from '@dramatis/contracts/errors';
import type { ApiKey, ApiKeyList, CreatedApiKey, NewApiKey } from '@dramatis/contracts/identity/api-key';
import { ApiKeyRepository, type ApiKeyRecord } from '@dramatis/database/accounts/api-key-repository';
import { Injectable } from '@nestjs/common';
import type { Access } from '../access/access.js';
import { SecurityLog } from '../audit/security-log.js';
import type { Visit } from './visit.js';

/** The keys of who asks. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly log: SecurityLog,
  ) {}

  async list(access: Access): Promise<ApiKeyList> {
    return { items: (await this.keys.of(accountOf(access))).map(toApiKey) };
  }

  /** @throws DomainError too_many_api_keys */
  async create({ name, scopes, expiresAt }: NewApiKey, visit: Visit): Promise<CreatedApiKey> {
    return this.log.attempt('apiKeys.create', visit, async (about) => {
      // Without its name, which is its owner's words: the log outlives the account.
      about.detail = { scopes: scopes.join(' '), expiresAt };
      const { key, record } = await this.keys.create(accountOf(visit.access), { name, scopes, expiresAt: expiresAt === null ? null : new Date(expiresAt) });
      return { subject: record.keyId, result: { ...toApiKey(record), key } };
    });
  }

  /** @throws DomainError api_key_not_found, also for those of others */
  async revoke(keyId: string, visit: Visit): Promise<void> {
    await this.log.attempt('apiKeys.revoke', visit, async () => {
      if (!(await this.keys.revoke(keyId, accountOf(visit.access)))) throw new DomainError('api_key_not_found');
      return { subject: keyId, result: undefined };
    });
  }
}

function accountOf({ account }: Access): string {
  if (account === null) throw new DomainError('unauthenticated');
  return account.accountId;
}

export function toApiKey({ keyId, name, scopes, createdAt, expiresAt, lastUsedAt }: ApiKeyRecord): ApiKey {
  return {
    apiKeyId: keyId,
    name,
    scopes,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
