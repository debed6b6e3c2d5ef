import { z } from 'zod';
import { type LorebookView, lorebookView } from './lorebook.js';
import { text, texts } from './tolerant.js';

/** Pictures, sounds and the like; `uri` is a data URL, an address, a path within an archive, or `ccdefault:` for the picture that the card is in. */
const asset = z.object({ type: text, uri: text, name: text, ext: text });
export type CardAsset = z.infer<typeof asset>;

/**
 * What we understand of a card's `data`, in the names of the format. Nothing in it makes a card unreadable: what is missing or of another
 * type is empty. What we do not understand is kept elsewhere, as it came.
 * @see Character Card Specification V2, V3
 */
export const cardFields = z.object({
  name: text,
  nickname: text,
  description: text,
  personality: text,
  scenario: text,
  first_mes: text,
  mes_example: text,
  creator_notes: text,
  system_prompt: text,
  post_history_instructions: text,
  alternate_greetings: texts,
  tags: texts,
  creator: text,
  character_version: text,
  assets: z.unknown().optional().transform((value) => (Array.isArray(value) ? value : []).flatMap((element) => asset.safeParse(element).data ?? [])),
  character_book: z.unknown().optional().transform((value): LorebookView | null => lorebookView.safeParse(value).data ?? null),
});
export type CardFields = z.infer<typeof cardFields>;
