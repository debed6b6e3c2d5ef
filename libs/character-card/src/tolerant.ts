import { z } from 'zod';

/** A text; a number or truth value as it is written; anything else is empty. */
export const text = z.unknown().optional().transform((value) => (typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''));

/** Texts, of a list or of a line of them divided by commas. Empty ones are left out. */
export const texts = z.unknown().optional().transform((value) => {
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [];
  return list.filter((element): element is string => typeof element === 'string' && element.trim() !== '');
});

/** Whether something is so, as programs say it that have it as a number or a word. */
export function flag(absent: boolean) {
  return z.unknown().optional().transform((value) => (typeof value === 'boolean' ? value : value === 1 || value === 'true' ? true : value === 0 || value === 'false' ? false : absent));
}
