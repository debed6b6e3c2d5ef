import { z } from 'zod';

/** What cannot be seen, and what turns the direction of the words after it: with it a name could pass for another. */
const unseen = /[\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]/gu;
const breaks = /[\s\p{Cc}\u2028\u2029]+/gu;

/** A name or title as it stands in lists: on one line, without what cannot be seen. Marks that join letters stay where letters are. */
export function onOneLine(value: string): string {
  const line = value.replace(unseen, '').replace(breaks, ' ').trim();
  return /[^\p{Cf}\p{M}\s]/u.test(line) ? line : '';
}

/** A name or title of at most so many characters. */
export const oneLine = (max: number): z.ZodString => z.string().overwrite(onOneLine).min(1).max(max);
