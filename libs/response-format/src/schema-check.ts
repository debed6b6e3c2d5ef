import type { ReplySchema, ReplySchemaNode } from '@dramatis/contracts/reply-schema';
import type { Violation } from '@dramatis/contracts/turn';
import { violation } from '@dramatis/contracts/verdict-texts';
import { z } from 'zod';
import { removeUnknownCitations } from './citations.js';

const maxViolations = 12;

/** What in the value breaks the schema; empty when nothing does. Messages tell a model what to change. */
export function schemaViolations(schema: ReplySchema, value: unknown): Violation[] {
  const checked = z.fromJSONSchema(strictSchema(schema)).safeParse(value);
  if (checked.success) return [];
  return checked.error.issues.slice(0, maxViolations).map(({ path: keys, message }) => {
    const path = keys.join('.');
    return path === '' ? violation('custom.schema', { problem: message }) : violation('custom.schema.at', { path, problem: message }, path);
  });
}

/** As providers' structured output wants it: each property required, no other allowed. */
export function strictSchema(node: ReplySchemaNode): Record<string, unknown> {
  if (node.type === 'array') return { ...node, items: strictSchema(node.items) };
  if (node.type !== 'object') return { ...node };
  const properties = Object.entries(node.properties).map(([name, property]) => [name, strictSchema(property)]);
  const { $schema: _, ...rest } = node as typeof node & { $schema?: unknown };
  return { ...rest, properties: Object.fromEntries(properties), required: Object.keys(node.properties), additionalProperties: false };
}

/** The value with citations of passages that were not given taken out of its texts, and how many went. */
export function withoutUnknownCitations(value: unknown, passageCount: number): { value: unknown; removed: number } {
  let removed = 0;
  const clean = (part: unknown): unknown => {
    if (typeof part === 'string') {
      const cited = removeUnknownCitations(part, passageCount);
      removed += cited.removed;
      return cited.text;
    }
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part === 'object' && part !== null) return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
    return part;
  };
  return { value: clean(value), removed };
}
