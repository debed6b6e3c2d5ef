import { z } from 'zod';

/**
 * Which sentence is said, by its key in a catalogue, and what stands in it: with this, a client says in its reader's language what stands
 * beside it in English. Keys are stable; what has none, as what was stored before there were any, is said in English.
 */
export const wording = z
  .object({
    key: z.string().describe('Of a catalogue of sentences, such as problems.persona_not_found.'),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional().describe('Values of the sentence, by name, where it has any; `waiting` is in seconds.'),
  })
  .meta({ id: 'Wording' });
export type Wording = z.infer<typeof wording>;
