import type { maxPasswordBytes, minPasswordBytes } from '@dramatis/contracts/identity/password';

// Spelt out, checked against the contracts: importing their values would bring every schema into the page.
const shortest: typeof minPasswordBytes = 10;
const longest: typeof maxPasswordBytes = 1_024;

/** What is wrong with what was typed into a field, for whoever typed it; null when nothing is, as far as the page can tell. */
export type FieldCheck = (value: string) => string | null;

export const addressCheck: FieldCheck = (value) => {
  if (value.trim() === '') return 'Type your e-mail address.';
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : 'This is not a whole e-mail address, such as name@example.org.';
};

export const givenPasswordCheck: FieldCheck = (value) => (value === '' ? 'Type your password.' : null);

export const newPasswordCheck: FieldCheck = (value) => {
  if (value === '') return 'Choose a password.';
  const bytes = new TextEncoder().encode(value).length;
  if (bytes < shortest) return `A password has at least ${shortest} characters.`;
  return bytes > longest ? 'This password is too long.' : null;
};

export const nameCheck: FieldCheck = (value) => (value.trim() === '' ? 'Type a name.' : null);
