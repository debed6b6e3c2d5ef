import { z } from 'zod';
import { fieldTexts } from '../field-texts.js';

/** An address as its owner writes it, without the spaces around it. */
export const emailAddress = z.string().trim().max(254).pipe(z.email(fieldTexts.email));

/** The form of an address in which no two accounts are alike: however it is capitalised, it is the same. */
export function emailKeyOf(address: string): string {
  return address.trim().toLowerCase();
}
