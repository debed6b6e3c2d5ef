import type { Role } from '@dramatis/contracts/identity/role';
import type { Translate } from '../../i18n/language';

/** What a role is called. */
export function roleWord(t: Translate, role: Role): string {
  return t(`app.role.${role}`);
}
