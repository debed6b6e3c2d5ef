import type { maxPasswordBytes, minPasswordCharacters } from '@dramatis/contracts/identity/password';
import type { Translate } from '../../../i18n/language';

// Spelt out, checked against the contracts: importing their values would bring every schema into the page.
const shortest: typeof minPasswordCharacters = 10;
const longest: typeof maxPasswordBytes = 1_024;

/** What is wrong with what was typed into a field, for whoever typed it; null when nothing is, as far as the page can tell. */
export type FieldCheck = (value: string, t: Translate) => string | null;

export const addressCheck: FieldCheck = (value, t) => {
  if (value.trim() === '') return t('account.typeYourEMailAddress');
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : t('account.thisIsNotAWholeEMail');
};

export const givenPasswordCheck: FieldCheck = (value, t) => (value === '' ? t('account.typeYourPassword') : null);

export const newPasswordCheck: FieldCheck = (value, t) => {
  if (value === '') return t('account.chooseAPassword');
  if (Array.from(value).length < shortest) return t('account.aPasswordHasAtLeastCharacters', { shortest });
  return new TextEncoder().encode(value).length > longest ? t('account.thisPasswordIsTooLong') : null;
};

export const nameCheck: FieldCheck = (value, t) => (value.trim() === '' ? t('account.typeAName') : null);
