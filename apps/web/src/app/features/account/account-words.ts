import type { Problem } from '../../core/problem';

/** Words for what the server says of accounts, by code; for others, its own. */
const words = {
  email_taken: 'There is an account with this address already. Sign in to it, or ask for a new password if you have forgotten yours.',
  invalid_credentials: 'This address and this password do not belong together. Check both; capitals count in the password.',
  account_disabled: 'This account is disabled. Ask whoever keeps this installation.',
  wrong_password: 'This is not your current password.',
  sign_in_again: 'To show that it is you, sign out and in again; then try once more.',
  last_admin: 'You are the only admin here. Make another account an admin first, in the console under Accounts.',
  link_invalid: 'This link was used already, has expired, or was replaced by a newer one.',
  broker_unavailable: 'This is closed for a moment, because attempts cannot be counted. Try again shortly; what you typed stays.',
  sign_in_failed: 'The provider did not sign you in, or you chose not to. Begin again if you want to.',
  email_not_verified: 'The provider does not say that your e-mail address is yours. Confirm it there and come again, or sign in with a password.',
  account_not_confirmed: 'There is an account with your address that was never confirmed. Sign in to it with its password and follow the link that was mailed; then the provider can be used too.',
  identity_provider_unavailable: 'The provider does not answer at the moment. Try again shortly, or sign in with a password.',
  identity_provider_not_found: 'Nobody signs in here with that provider any more. Choose another way below.',
  too_many_api_keys: 'You have as many keys as an account may have. Revoke one that is not needed any more.',
  forbidden: 'This page was refused. Reload it and try again; if it stays so, its address may not be the one that this installation expects.',
} satisfies Record<string, string>;

/** Why a sign-in with a provider failed, by the code in the address; anything else there is nobody's word. */
export function signInWords(code: string): string {
  if (code === 'rate_limited') return 'There were too many attempts. Wait some minutes, then try again.';
  return wordsOf(code) ?? words.sign_in_failed;
}

/** What went wrong with a form about accounts, in plain words. */
export function accountWords(problem: Problem): string {
  if (problem.code === 'rate_limited') return `There were too many attempts. Try again in ${waiting(problem.document?.retryAfterSeconds ?? 60)}.`;
  if (problem.code === 'password_too_weak') return `This password ${problem.document?.issues?.[0]?.message ?? 'is too easily guessed'}. Choose another; a few words that do not belong together are good.`;
  return wordsOf(problem.code) ?? problem.message;
}

function wordsOf(code: string): string | undefined {
  return Object.hasOwn(words, code) ? words[code as keyof typeof words] : undefined;
}

/** "30 seconds", "5 minutes", "2 hours", rounded up. */
function waiting(seconds: number): string {
  const [amount, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5_400 ? [Math.ceil(seconds / 60), 'minute'] : [Math.ceil(seconds / 3_600), 'hour'];
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}
