import { z } from 'zod';
import { flag, text, texts } from './tolerant.js';

const entry = z.object({
  keys: texts,
  secondary_keys: texts,
  content: text,
  enabled: flag(true),
  name: text,
  comment: text,
  constant: flag(false),
  use_regex: flag(false),
  selective: flag(false),
});
export type LorebookEntry = z.infer<typeof entry>;

/** Entries as a list or, as some programs write them, as members of an object. */
const entries = z.unknown().optional().transform((value) => {
  const list: unknown[] = Array.isArray(value) ? value : typeof value === 'object' && value !== null ? Object.values(value) : [];
  return list.flatMap((element) => entry.safeParse(element).data ?? []);
});

/** What we understand of a lorebook: its entries. When they are told in a chat is for other programs. */
export const lorebookView = z.object({ name: text, description: text, entries });
export type LorebookView = z.infer<typeof lorebookView>;

/** What an entry says, without the decorators that stand before it, and what those decorators fall back to. */
export function withoutDecorators(content: string): string {
  const lines = content.split(/\r?\n/);
  const first = lines.findIndex((line) => !/^\s*@@/.test(line) && line.trim() !== '');
  return first < 0 ? '' : lines.slice(first).join('\n').trim();
}
