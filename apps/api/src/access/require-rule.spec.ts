import type { Role } from '@dramatis/contracts/identity/role';
import { type Access, nobody } from './access.js';
import { requireRule } from './require-rule.js';
import type { Rule } from './route-table.js';

const guest: Access = { ...nobody, ownerId: 'g', sessionId: 's', credential: 'session' };
const signedIn = (role: Role, credential: Access['credential'] = 'session'): Access => ({
  ownerId: 'a',
  account: { accountId: 'a', role },
  sessionId: credential === 'session' ? 's' : null,
  credential,
});
const operator: Access = { ...nobody, credential: 'operator-token' };

const outcome = (rule: Rule | undefined, access: Access): string => {
  try {
    requireRule(rule, access);
    return 'allowed';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('requireRule', () => {
  it.each<[Rule | undefined, string[]]>([
    ['anyone', ['allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed']],
    ['owner', ['allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed', 'allowed']],
    ['account', ['unauthenticated', 'unauthenticated', 'allowed', 'allowed', 'allowed', 'allowed', 'unauthenticated']],
    ['session', ['unauthenticated', 'unauthenticated', 'allowed', 'allowed', 'allowed', 'forbidden', 'unauthenticated']],
    ['curator', ['unauthenticated', 'unauthenticated', 'forbidden', 'allowed', 'allowed', 'allowed', 'allowed']],
    ['admin', ['unauthenticated', 'unauthenticated', 'forbidden', 'forbidden', 'allowed', 'forbidden', 'allowed']],
    [undefined, Array<string>(7).fill('forbidden')],
  ])('%s', (rule, expected) => {
    const askers = [nobody, guest, signedIn('user'), signedIn('curator'), signedIn('admin'), signedIn('curator', 'api-key'), operator];
    expect(askers.map((access) => outcome(rule, access))).toEqual(expected);
  });

  it('gives a guest with the operator token the rights of the token', () => {
    expect(outcome('admin', { ...guest, credential: 'operator-token' })).toBe('allowed');
  });
});
