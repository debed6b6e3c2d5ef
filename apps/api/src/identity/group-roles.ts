import { role as roleSchema, roles, type Role } from '@dramatis/contracts/identity/role';

/** Which group has which role. */
export type GroupRoles = ReadonlyMap<string, Role>;

/** `staff=curator,operators=admin`, or null when it is not of this form. Pure. */
export function parseGroupRoles(value: string): GroupRoles | null {
  const entries = value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  const groups = new Map<string, Role>();
  for (const entry of entries) {
    const at = entry.lastIndexOf('=');
    const role = roleSchema.safeParse(entry.slice(at + 1).trim());
    if (at < 1 || !role.success) return null;
    groups.set(entry.slice(0, at).trim(), role.data);
  }
  return groups;
}

/** The most that the groups of a claim give; a user's role where none does. Pure. */
export function roleOfGroups(claim: unknown, groupRoles: GroupRoles): Role {
  const groups: unknown[] = Array.isArray(claim) ? claim : [claim];
  const held = groups.map((group) => roles.indexOf(groupRoles.get(String(group)) ?? 'user'));
  return roles[Math.max(0, ...held)]!;
}
