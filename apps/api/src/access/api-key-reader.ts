import { DomainError } from '@dramatis/contracts/errors';
import { ApiKeyRepository, isApiKey, type LiveApiKey } from '@dramatis/database/accounts/api-key-repository';
import { Injectable } from '@nestjs/common';
import type { Access } from './access.js';
import { bearerOf, type CredentialReader, type Credentials } from './credential-reader.js';
import { programRole } from './program-role.js';

/** Programs that act for an account, by a key that its owner made for them. */
@Injectable()
export class ApiKeyReader implements CredentialReader {
  constructor(private readonly keys: ApiKeyRepository) {}

  /** @throws DomainError unauthenticated for a key that is not good: its program should learn of it, and not go on as a guest */
  async read({ authorization }: Credentials): Promise<Access | null> {
    const token = bearerOf(authorization);
    if (token === null || !isApiKey(token)) return null;
    const live = await this.keys.find(token);
    if (live === null) throw new DomainError('unauthenticated.key');
    return accessOf(live);
  }

  async lapsed(accesses: readonly Access[]): Promise<readonly Access[]> {
    const own = accesses.filter(({ credential }) => credential === 'api-key');
    const live = await this.keys.findLive([...new Set(own.flatMap(({ program }) => program?.id ?? []))]);
    const now = new Map(live.map((key) => [key.keyId, accessOf(key)]));
    return own.filter(({ program, account }) => now.get(program!.id)?.account?.role !== account?.role);
  }
}

function accessOf({ keyId, scopes, account }: LiveApiKey): Access {
  const { accountId, role } = account;
  return {
    ownerId: accountId,
    account: { accountId, role: programRole(role, scopes) },
    sessionId: null,
    credential: 'api-key',
    program: { id: keyId, scopes },
  };
}
