import { z } from 'zod';

/** The shape of a reply. Grammar, parser, rules and repair of each are in `@dramatis/response-format`. */
export const responseFormat = z
  .enum(['bullet_points', 'essay', 'socratic_dialogue', 'qa', 'free'])
  .meta({ id: 'ResponseFormat' });
export type ResponseFormat = z.infer<typeof responseFormat>;

export const responseFormats = responseFormat.options;
