import { z } from 'zod';
import { localised } from './custom-definition.js';
import { responseFormat } from './format.js';

const pinned = { version: z.number().int().min(1), label: localised(60), phrase: localised(60).optional() };

/** Which version of a custom mode or format a turn was made in, with what its readers need to show it. Absent where it is in none. */
export const turnCustoms = z
  .object({
    mode: z.object(pinned).optional(),
    format: z
      .object({ ...pinned, base: responseFormat.describe('The grammar that the reply is written in.') })
      .optional(),
  })
  .meta({ id: 'TurnCustoms' });
export type TurnCustoms = z.infer<typeof turnCustoms>;
