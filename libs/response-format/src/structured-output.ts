import { z } from 'zod';
import type { FormatChoice } from '@dramatis/contracts/custom-format';
import { grammarOf, schemaOf } from '@dramatis/contracts/format-choice';
import { strictSchema } from './schema-check.js';
import { structuredReplies } from './structured-reply.js';

export interface OutputSchema {
  /** Letters and underscores. */
  name: string;
  jsonSchema: Record<string, unknown>;
}

/**
 * JSON schema to ask a provider's structured output for, or null when the format is free text. Every property is
 * required and no other is allowed, and nothing is used that strict structured output refuses; an absent part is
 * an empty string.
 */
export function outputSchemaFor(format: FormatChoice): OutputSchema | null {
  const own = schemaOf(format);
  if (own) return { name: 'custom_reply', jsonSchema: withoutBounds(strictSchema(own)) };
  const grammar = grammarOf(format);
  if (grammar === 'free') return null;
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(structuredReplies[grammar]);
  return { name: `${grammar}_reply`, jsonSchema };
}

const bounds = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

/** Bounds go into the description: strict structured output refuses them, and the reply is held against them afterwards. */
function withoutBounds(node: Record<string, unknown>): Record<string, unknown> {
  const told = bounds.flatMap((bound) => (typeof node[bound] === 'number' ? [`${bound} ${node[bound]}`] : []));
  const description = [node['description'], told.length > 0 ? `(${told.join(', ')})` : ''].filter(Boolean).join(' ');
  const { properties, items, ...rest } = Object.fromEntries(Object.entries(node).filter(([keyword]) => !bounds.includes(keyword) && keyword !== 'description'));
  return {
    ...rest,
    ...(description ? { description } : {}),
    ...(items ? { items: withoutBounds(items as Record<string, unknown>) } : {}),
    ...(properties
      ? { properties: Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, withoutBounds(property as Record<string, unknown>)])) }
      : {}),
  };
}
