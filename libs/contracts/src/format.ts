import { z } from 'zod';
import { customId } from './ids.js';

/** The shape of a reply, as Dramatis brings it. Grammar, parser, rules and repair of each are in `@dramatis/response-format`. */
export const responseFormat = z
  .enum(['bullet_points', 'essay', 'socratic_dialogue', 'qa', 'free'])
  .meta({ id: 'ResponseFormat' });
export type ResponseFormat = z.infer<typeof responseFormat>;

export const responseFormats = responseFormat.options;

/** One of those, or one that the installation's curators made. */
export const formatId = z.union([responseFormat, customId]).meta({ id: 'FormatId' });
export type FormatId = z.infer<typeof formatId>;
