import { passwordProblem } from '@dramatis/contracts/identity/password';
import { translate } from '../../../testing/texts';
import { problemOf } from '../../core/problem';
import { accountWords } from './account-words';

const general = () => translate()('account.passwordTooWeak');

function wordsFor(weakness: string | null): string {
  const document = { type: 't', title: 't', status: 422, code: 'password_too_weak', detail: 'x', wording: { key: `problems.password_too_weak.${weakness}`, params: {} } };
  return accountWords(translate(), problemOf(document));
}

describe('accountWords', () => {
  it.each(['aaaaaaaaaaaa', 'password12345', 'mary.somerville'])('knows what the server finds in the password %s', (password) => {
    expect(wordsFor(passwordProblem(password, { email: 'mary.somerville@example.org' }))).not.toBe(general());
  });

  it('has words for what it does not know yet', () => {
    expect(wordsFor('blue')).toBe(general());
  });

  it('says how long to wait in the unit that one would use', () => {
    const limited = { type: 't', title: 't', status: 429, code: 'rate_limited', detail: 'x', retryAfterSeconds: 290 };
    expect(accountWords(translate(), problemOf(limited))).toContain('in 5 minutes.');
  });
});
