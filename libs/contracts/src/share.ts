import { z } from 'zod';
import { formatId } from './format.js';
import { personaId } from './ids.js';
import { modeId } from './mode.js';
import { turnCustoms } from './turn-customs.js';
import { fieldTexts } from './field-texts.js';

/** The secret part of a link: 256 random bits in base64url. Stored as a hash only, so it is told once. */
export const shareToken = z.string().regex(/^[A-Za-z0-9_-]{43}$/, fieldTexts.share_token);

export const conversationShare = z
  .object({
    token: shareToken.describe('Told only here. The page is `/shared/<token>`.'),
    sharedAt: z.iso.datetime(),
    turnCount: z.number().int().min(1).describe('How many exchanges the link shows.'),
  })
  .meta({ id: 'ConversationShare' });
export type ConversationShare = z.infer<typeof conversationShare>;

/** A source of a shared reply, as it is cited. */
export const sharedCitation = z.object({
  number: z.number().int().min(1),
  documentTitle: z.string(),
  headingPath: z.array(z.string()),
  text: z.string(),
});
export type SharedCitation = z.infer<typeof sharedCitation>;

export const sharedTurn = z.object({
  mode: modeId,
  format: formatId,
  customs: turnCustoms.optional(),
  userText: z.string(),
  replyText: z.string(),
  citations: z.array(sharedCitation).describe('Those that the reply refers to.'),
});
export type SharedTurn = z.infer<typeof sharedTurn>;

/** What a link shows: the texts, and nothing of who wrote them or how they were made. */
export const sharedConversation = z
  .object({ personaId, personaName: z.string(), title: z.string().nullable(), sharedAt: z.iso.datetime(), turns: z.array(sharedTurn) })
  .meta({ id: 'SharedConversation' });
export type SharedConversation = z.infer<typeof sharedConversation>;
