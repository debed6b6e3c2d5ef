import type { Translate } from '../../../i18n/language';
import type { TextKey } from '../../../i18n/scopes';
import type { Problem } from '../../core/problem';
import { waitingWords } from '../../shared/waiting-words';

/** Words for what the server says of accounts, by code. */
const words = {
  email_taken: 'account.thereIsAnAccountWithThisAddress',
  invalid_credentials: 'account.thisAddressAndThisPasswordDoNot',
  account_disabled: 'account.thisAccountIsDisabledAskWhoever',
  wrong_password: 'account.thisIsNotYourCurrentPassword',
  sign_in_again: 'account.toShowThatItIsYouSign',
  last_admin: 'account.youAreTheOnlyAdminHereMake',
  link_invalid: 'account.thisLinkWasUsedAlreadyHasExpired',
  broker_unavailable: 'account.thisIsClosedForAMomentBecause',
  password_too_weak: 'account.passwordTooWeak',
  sign_in_failed: 'account.signInFailed',
  email_not_verified: 'account.emailNotVerified',
  account_not_confirmed: 'account.accountNotConfirmed',
  identity_provider_unavailable: 'account.providerUnavailable',
  identity_provider_not_found: 'account.providerNotFound',
  too_many_api_keys: 'account.tooManyKeys',
  forbidden: 'account.thisPageWasRefusedReloadItAnd',
} satisfies Record<string, TextKey>;

/** Words for what the server finds in a password, by the name of its sentence. */
const weaknesses: Record<string, TextKey> = {
  repeats: 'account.passwordRepeats',
  common: 'account.passwordCommon',
  address: 'account.passwordIsAddress',
};

/** Why a sign-in with a provider failed, by the code in the address; anything else there is nobody's word. */
export function signInWords(t: Translate, code: string): string {
  if (code === 'rate_limited') return t('account.tooManySignIns');
  return t(keyOf(code) ?? words.sign_in_failed);
}

/** What went wrong with a form about accounts, in plain words. */
export function accountWords(t: Translate, problem: Problem): string {
  if (problem.code === 'rate_limited') return t('account.tooManyAttempts', { waiting: waitingWords(t, problem.document?.retryAfterSeconds ?? 60) });
  const found = problem.code === 'password_too_weak' ? problem.document?.wording?.key.split('.').at(-1) : undefined;
  const key = weaknesses[found ?? ''] ?? keyOf(problem.code);
  return key === undefined ? problem.words(t) : t(key);
}

function keyOf(code: string): TextKey | undefined {
  return Object.hasOwn(words, code) ? words[code as keyof typeof words] : undefined;
}
