import { z } from 'zod';
import { fieldTexts } from './field-texts.js';

/** A text in the languages of the interface; German readers get the English one where theirs is missing. */
export const localised = (max: number) =>
  z.strictObject({ en: z.string().trim().min(1).max(max), de: z.string().trim().min(1).max(max).optional() });
export type Localised = z.infer<ReturnType<typeof localised>>;

/** `draft`: for curators only. `archived`: for nobody any more; old replies keep its name. */
export const customStatus = z.enum(['draft', 'active', 'archived']);
export type CustomStatus = z.infer<typeof customStatus>;

/** What custom modes and custom formats have in common. */
export const customWords = z.strictObject({
  label: localised(60),
  phrase: localised(60).optional().describe('As it stands after “as” or “in”, for example “a devil’s advocate”. Absent: the label.'),
  description: localised(200).describe('What readers can expect, in one line.'),
  instructions: z.string().trim().min(1).max(4_000).describe('What to do, said to a language model in the second person.'),
});

const slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, fieldTexts.slug);

/** What is said besides its content when one is made or changed. */
export const creation = { slug: slug.optional().describe('Its id is `custom.` and this. Absent: made from the English label.'), status: z.enum(['draft', 'active']).default('draft') };
export const change = { status: customStatus.optional(), ifVersion: z.number().int().min(1).optional() };

/** What the server keeps with it. `version` grows with every change of the content; versions never change. */
export const kept = {
  status: customStatus,
  version: z.number().int().min(1),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
};
export const keptVersion = { version: z.number().int().min(1), savedAt: z.iso.datetime() };

export const customQuery = z.strictObject({ status: customStatus.optional() });
export type CustomQuery = z.infer<typeof customQuery>;
