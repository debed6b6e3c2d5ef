import { parseGroupRoles, roleOfGroups } from './group-roles.js';

describe('parseGroupRoles', () => {
  it('reads groups with their roles, also names with signs in them', () => {
    expect([...parseGroupRoles(' staff = curator, cn=ops=admin,')!]).toEqual([['staff', 'curator'], ['cn=ops', 'admin']]);
    expect([...parseGroupRoles('')!]).toEqual([]);
  });

  it.each(['staff', 'staff=king', '=admin', 'staff=curator,x'])('refuses %p', (value) => expect(parseGroupRoles(value)).toBeNull());
});

describe('roleOfGroups', () => {
  const groups = parseGroupRoles('staff=curator,ops=admin')!;

  it.each([
    [['ops', 'staff'], 'admin'],
    [['staff', 'others'], 'curator'],
    ['staff', 'curator'],
    [[], 'user'],
    [undefined, 'user'],
    [{ ops: true }, 'user'],
    [['__proto__', 'constructor', null, 7], 'user'],
  ])('gives for %p %p', (claim, role) => expect(roleOfGroups(claim, groups)).toBe(role));
});
