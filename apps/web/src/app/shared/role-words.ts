import type { Role } from '@dramatis/contracts/identity/role';

/** What a role is called. */
export const roleWords: Record<Role, string> = { user: 'User', curator: 'Curator', admin: 'Admin' };
