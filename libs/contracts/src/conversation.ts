import { z } from 'zod';
import { responseFormat } from './format.js';
import { personaId, uuid } from './ids.js';
import { interactionMode } from './mode.js';
import { turn } from './turn.js';

export const createConversation = z
  .strictObject({
    personaId,
    mode: interactionMode.optional().describe("Absent: the persona's first default mode."),
    format: responseFormat.optional().describe('Absent: free, or the first format that the persona supports.'),
    title: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ id: 'CreateConversation' });
export type CreateConversation = z.infer<typeof createConversation>;

export const updateConversation = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    mode: interactionMode.optional(),
    format: responseFormat.optional(),
    corpusVersion: z.number().int().min(1).nullable().optional().describe('Pins it to a corpus version, or with null lets it follow what is published. For operators.'),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'must change at least one field')
  .meta({ id: 'UpdateConversation' });
export type UpdateConversation = z.infer<typeof updateConversation>;

export const conversation = z
  .object({
    conversationId: uuid,
    personaId,
    personaName: z.string(),
    title: z.string().nullable().describe('Null until the first message names it.'),
    mode: interactionMode,
    format: responseFormat,
    corpusVersion: z.number().int().nullable().describe('The corpus version that it is pinned to; null follows what is published.'),
    turnCount: z.number().int().min(0),
    runningTurnId: uuid.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversation>;

/** A conversation with a page of its turns, oldest first. `before` of the next page is the first turn's `createdAt`. */
export const conversationWithTurns = conversation
  .extend({ turns: z.array(turn), hasEarlierTurns: z.boolean() })
  .meta({ id: 'ConversationWithTurns' });
export type ConversationWithTurns = z.infer<typeof conversationWithTurns>;

export const conversationQuery = z.strictObject({
  personaId: personaId.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type ConversationQuery = z.infer<typeof conversationQuery>;

export const turnPageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.iso.datetime().optional(),
});
export type TurnPageQuery = z.infer<typeof turnPageQuery>;

export const conversationPage = z
  .object({ items: z.array(conversation), total: z.number().int(), limit: z.number().int(), offset: z.number().int() })
  .meta({ id: 'ConversationPage' });
export type ConversationPage = z.infer<typeof conversationPage>;
