import { z } from 'zod';

/** From least to most: each may what those before it may. Guests have none. */
export const roles = ['user', 'curator', 'admin'] as const;

export const role = z
  .enum(roles)
  .describe('A user talks with personas; a curator also writes personas and their knowledge; an admin also manages accounts.')
  .meta({ id: 'Role' });
export type Role = z.infer<typeof role>;

/** Whether who has the first role, if any, may do what the second one may. */
export function isAtLeast(held: Role | null, needed: Role): boolean {
  return held !== null && roles.indexOf(held) >= roles.indexOf(needed);
}
