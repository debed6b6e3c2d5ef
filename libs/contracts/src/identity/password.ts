import { z } from 'zod';
import { fieldSentence } from '../field-texts.js';

export const minPasswordCharacters = 10;
export const maxPasswordBytes = 1_024;

/** A password to compare: whatever its length, so that rules that changed lock nobody out. */
export const givenPassword = z.string().min(1).max(maxPasswordBytes);

/** A password to keep. What `passwordProblem` finds is refused too. */
export const newPassword = z
  .string()
  .refine((value) => Array.from(value).length >= minPasswordCharacters, told(fieldSentence('password_too_short', { minimum: minPasswordCharacters })))
  .refine((value) => bytesOf(value) <= maxPasswordBytes, told(fieldSentence('password_too_long', { maximum: maxPasswordBytes })));

/** What people choose first, and whoever guesses tries first; with digits and signs around it, it stays the same. */
const common: ReadonlySet<string> = new Set(
  (
    'password passphrase passwort kennwort motdepasse contrasena secret topsecret letmein welcome welcomeback iloveyou iloveyouso trustno ' +
    'administrator admin adminadmin root toor superuser sunshine princess football baseball basketball superman batman starwars ' +
    'dragon monkey master shadow michael jennifer jordan liverpool chelsea arsenal computer internet whatever freedom ' +
    'changeme changeit changethis default guest login access testtest testing dramatis correcthorsebatterystaple ' +
    'qwertyuiop qwertyui qwerty qwertz qwertzuiop azerty azertyuiop asdfghjkl asdfgh zxcvbnm yxcvbnm qazwsxedc qazwsx ' +
    'abcdefghij abcdefghijk abcdefghijkl abcdefgh abcdef abcabcabc passwordpassword hellohello helloworld'
  ).split(' '),
);
const sequences = ['01234567890123456789', '98765432109876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm'];
const minDifferentCharacters = 5;

export type PasswordWeakness = 'repeats' | 'common' | 'address';

/** What is wrong with a password that somebody chooses, or null: easily guessed, by anybody or by who knows the address. */
export function passwordProblem(password: string, about: { email: string }): PasswordWeakness | null {
  const lower = password.normalize('NFKC').toLowerCase();
  const core = lower.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const spelt = core.replace(/[@4]/g, 'a').replace(/0/g, 'o').replace(/[1!]/g, 'i').replace(/3/g, 'e').replace(/[5$]/g, 's');
  if (new Set(lower).size < minDifferentCharacters) return 'repeats';
  if (common.has(core) || common.has(spelt) || sequences.some((sequence) => sequence.includes(lower))) return 'common';
  const address = about.email.trim().toLowerCase();
  const name = address.split('@')[0]!;
  const rest = lower.replace(name, '').length;
  const isName = lower.includes(name) && rest < minPasswordCharacters / 2;
  return isName || lower.includes(address) ? 'address' : null;
}

/** A sentence as the options of a refinement take it. */
function told({ message, wording }: ReturnType<typeof fieldSentence>) {
  return { error: message, params: { wording } };
}

function bytesOf(value: string): number {
  return new TextEncoder().encode(value).length;
}
