import { newPassword, passwordProblem } from './password.js';

const about = { email: 'ada.lovelace@example.org' };

describe('newPassword', () => {
  it('counts characters as people do, and at most the bytes that are hashed', () => {
    expect(newPassword.safeParse('ninechars').success).toBe(false);
    expect(newPassword.safeParse('tenchars!!').success).toBe(true);
    expect(newPassword.safeParse('äöüßéèêëá').success).toBe(false);
    expect(newPassword.safeParse('🦉🦊🐻🐼🐨').success).toBe(false);
    expect(newPassword.safeParse('äöüßéèêëáà').success).toBe(true);
    expect(newPassword.safeParse('x'.repeat(1_024)).success).toBe(true);
    expect(newPassword.safeParse('ä'.repeat(513)).success).toBe(false);
  });
});

describe('passwordProblem', () => {
  it.each(['the engine weaves algebra', 'k7#Vq-2mLp!', 'four score and seven', 'пароль не простой', 'Ada writes of looms'])('takes %p', (password) => {
    expect(passwordProblem(password, about)).toBeNull();
  });

  it.each(['password12', 'Password123!', 'P@ssw0rd2024', '1234567890', '0987654321', 'qwertyuiop', 'aaaaaaaaaaaa', 'abababababab', '!!!iloveyou!!!', 'administrator1'])(
    'refuses %p, which anybody guesses',
    (password) => {
      expect(passwordProblem(password, about)).not.toBeNull();
    },
  );

  it.each(['ada.lovelace', 'Ada.Lovelace1', 'ada.lovelace@example.org', 'xxada.lovelace@example.orgxx'])('refuses %p, which who knows the address guesses', (password) => {
    expect(passwordProblem(password, about)).toBe('address');
  });
});
