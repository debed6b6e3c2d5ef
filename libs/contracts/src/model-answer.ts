import { z } from 'zod';

/*
 * What language models are asked for when they describe documents. Models write these; so only their shape is required here, and what
 * is too long, too much or not plain is cut by whoever reads them.
 */

/** Of a document, or of a part of one: what it says, and what its passages answer, by the numbers that they were given. */
export const documentAnswer = z.object({
  summary: z.array(z.string()),
  passages: z.array(z.object({ passage: z.number().int(), questions: z.array(z.string()) })),
});
export type DocumentAnswer = z.infer<typeof documentAnswer>;

/** Of several summaries: what they say together, and what might be asked first. */
export const digestAnswer = z.object({ summary: z.array(z.string()), questions: z.array(z.string()) });
export type DigestAnswer = z.infer<typeof digestAnswer>;
