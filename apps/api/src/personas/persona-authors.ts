import type { PersonaAuthor } from '@dramatis/contracts/persona';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import type { PersonaAuthorRecord } from '@dramatis/database/personas/persona-model';
import { Inject, Injectable } from '@nestjs/common';
import type { Connection } from 'mongoose';
import type { Access } from '../access/access.js';
import { actorOf } from '../audit/security-log.js';
import { DATABASE } from '../infrastructure/tokens.js';

/** Who wrote which version. Versions keep ids only: a name is the account's, and goes with it. */
@Injectable()
export class PersonaAuthors {
  private readonly accounts: AccountRepository;

  constructor(@Inject(DATABASE) database: Connection) {
    this.accounts = new AccountRepository(database);
  }

  authorOf(access: Access): PersonaAuthorRecord {
    const { kind, id } = actorOf(access);
    return kind === 'account' || kind === 'operator' ? { kind, id } : { kind: 'system', id: null };
  }

  /** With the names of those who have an account. */
  async named<T extends { savedBy: PersonaAuthor | null }>(versions: readonly T[]): Promise<T[]> {
    const ids = new Set(versions.flatMap(({ savedBy }) => (savedBy?.kind === 'account' && savedBy.id !== null ? [savedBy.id] : [])));
    const names = await this.accounts.namesOf([...ids]);
    return versions.map((version) => (version.savedBy ? { ...version, savedBy: { ...version.savedBy, name: names.get(version.savedBy.id ?? '') ?? null } } : version));
  }
}
