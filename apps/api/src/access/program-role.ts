import type { ApiKeyScope } from '@dramatis/contracts/identity/api-key';
import { isAtLeast, type Role } from '@dramatis/contracts/identity/role';

/** The lesser of two roles. Pure. */
export const within = (role: Role, most: Role): Role => (isAtLeast(role, most) ? most : role);

/** The role in which a program acts for an account. It never administers: what is left on some machine must not be able to make admins. Pure. */
export function programRole(role: Role, scopes: readonly ApiKeyScope[]): Role {
  return within(role, scopes.includes('curate') ? 'curator' : 'user');
}
