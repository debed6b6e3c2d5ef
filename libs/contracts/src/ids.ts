import { z } from 'zod';
import { customIdPattern, type CustomId } from './custom-id.js';
import { fieldTexts } from './field-texts.js';

/** A persona's id: a slug, chosen by its author. */
export const personaId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, fieldTexts.slug)
  .max(64)
  .describe('Slug of the persona, for example ada-lovelace.');

/** A custom mode's or format's id: `custom.` and a slug. */
export const customId = z
  .string()
  .max(71)
  .regex(customIdPattern, fieldTexts.custom_id) as unknown as z.ZodType<CustomId, CustomId>;

/** Ids that the server makes, and request ids that clients make. */
export const uuid = z.uuid(fieldTexts.uuid);

/** A passage's id: the first 32 hex digits of a SHA-256 over what makes the passage that passage. */
export const passageId = z.string().regex(/^[0-9a-f]{32}$/, fieldTexts.hexadecimal_32);

/** `turn/<conversation>/<request>`: a repeated request meets its own workflow. */
export function turnWorkflowId(conversationId: string, requestId: string): string {
  return `turn/${conversationId}/${requestId}`;
}

/** `ingestion/<ingestion>`. */
export function ingestionWorkflowId(ingestionId: string): string {
  return `ingestion/${ingestionId}`;
}

export { taskQueues } from './task-queues.js';
