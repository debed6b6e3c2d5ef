import { z } from 'zod';
import type { ResponseFormat } from '@dramatis/contracts/format';
import { structuredReplies } from './structured-reply.js';

export interface ReplySchema {
  /** Letters and underscores. */
  name: string;
  jsonSchema: Record<string, unknown>;
}

/**
 * JSON schema to ask a provider's structured output for, or null when the format is free text. Every property is
 * required and no other is allowed, and nothing is used that strict structured output refuses; an absent part is
 * an empty string.
 */
export function outputSchemaFor(format: ResponseFormat): ReplySchema | null {
  if (format === 'free') return null;
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(structuredReplies[format]);
  return { name: `${format}_reply`, jsonSchema };
}
