import { DomainError } from '@dramatis/contracts/errors';
import { isAtLeast } from '@dramatis/contracts/identity/role';
import { type Access, roleOf } from './access.js';
import type { Rule } from './route-table.js';

/** Lets through who may. Whose something is, is asked where it is read. Pure. @throws DomainError unauthenticated, forbidden */
export function requireRule(rule: Rule | undefined, access: Access): void {
  switch (rule) {
    case 'anyone':
    case 'owner':
      return;
    case 'account':
      return requireAccount(access);
    case 'session':
      requireAccount(access);
      if (access.credential !== 'session') throw new DomainError('forbidden.programs');
      return;
    case 'curator':
    case 'admin': {
      const role = roleOf(access);
      if (isAtLeast(role, rule)) return;
      if (role !== null) throw new DomainError('forbidden.role', { needed: rule, own: role });
      throw new DomainError('unauthenticated.role', { role: rule });
    }
    case undefined:
      throw new DomainError('forbidden.not_in_table');
  }
}

function requireAccount({ account }: Access): void {
  if (account === null) throw new DomainError('unauthenticated.account');
}

/** Lets a program's key or token through to what it is for; what is only read, each is for. Pure. @throws DomainError forbidden */
export function requireScope({ program }: Access, { method, rule }: { method: string; rule: Rule | undefined }): void {
  if (program === undefined || method === 'GET') return;
  const needed = rule === 'curator' ? 'curate' : 'converse';
  if (!program.scopes.includes(needed)) throw new DomainError('forbidden.scope', { needed, own: program.scopes.join(' and ') });
}
