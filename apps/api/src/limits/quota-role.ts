import type { QuotaRole } from '@dramatis/contracts/quota';
import { type Access, roleOf } from '../access/access.js';

/** Whose quota a request draws on. */
export function quotaRoleOf(access: Access): QuotaRole {
  return roleOf(access) ?? 'guest';
}
