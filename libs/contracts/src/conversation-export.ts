import { z } from 'zod';
import { formatId } from './format.js';
import { personaId, uuid } from './ids.js';
import { modeId } from './mode.js';
import { turnCustoms } from './turn-customs.js';
import { citation, feedback, turnStatus } from './turn.js';

export const exportQuery = z.strictObject({
  format: z.enum(['markdown', 'json']).default('markdown').describe('Markdown holds the branch that the conversation is on, JSON all of them.'),
  language: z.enum(['en', 'de']).default('en').describe('Of the words around what was said, in Markdown.'),
});
export type ExportQuery = z.infer<typeof exportQuery>;

/** A turn as it is taken along: what was said, in which manner, and from what; not how it was made. */
export const exportedTurn = z.object({
  turnId: uuid,
  parentTurnId: uuid.nullable(),
  regenerationOf: uuid.nullable(),
  mode: modeId,
  format: formatId,
  customs: turnCustoms.optional(),
  userText: z.string(),
  status: turnStatus,
  replyText: z.string().nullable(),
  replyValue: z.unknown().optional(),
  citations: z.array(citation),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  feedback: feedback.nullable(),
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
});
export type ExportedTurn = z.infer<typeof exportedTurn>;

/** A conversation with all its branches. `version` is that of this form. */
export const conversationExport = z
  .object({
    version: z.literal(1),
    conversationId: uuid,
    personaId,
    personaName: z.string(),
    title: z.string().nullable(),
    createdAt: z.iso.datetime(),
    exportedAt: z.iso.datetime(),
    headTurnId: uuid.nullable(),
    turns: z.array(exportedTurn).describe('Oldest first; `parentTurnId` tells the branches.'),
  })
  .meta({ id: 'ConversationExport' });
export type ConversationExport = z.infer<typeof conversationExport>;
