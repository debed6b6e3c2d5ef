import { z } from 'zod';
import { formatId } from './format.js';
import { personaId, uuid } from './ids.js';
import { modeId } from './mode.js';
import { oneLine } from './one-line.js';
import { turn } from './turn.js';
import { fieldTexts } from './field-texts.js';

export const createConversation = z
  .strictObject({
    personaId,
    mode: modeId.optional().describe("Absent: the persona's first default mode."),
    format: formatId.optional().describe('Absent: free, or the first format that the persona supports.'),
    title: oneLine(200).optional(),
    preview: z.boolean().optional().describe('Whether it is a preview of the persona’s draft. For curators.'),
  })
  .meta({ id: 'CreateConversation' });
export type CreateConversation = z.infer<typeof createConversation>;

export const updateConversation = z
  .strictObject({
    title: oneLine(200).optional(),
    mode: modeId.optional(),
    format: formatId.optional(),
    pinned: z.boolean().optional().describe('Whether it stands at the top of the list.'),
    archived: z.boolean().optional().describe('Whether it is left out of the list, unless that is asked for.'),
    headTurnId: uuid.optional().describe('Moves to the branch of this turn, to its newest end; the next message goes on from there.'),
    corpusVersion: z.number().int().min(1).nullable().optional().describe('Pins it to a corpus version, or with null lets it follow what is published. For operators.'),
  })
  .refine((patch) => Object.keys(patch).length > 0, fieldTexts.change_nothing)
  .meta({ id: 'UpdateConversation' });
export type UpdateConversation = z.infer<typeof updateConversation>;

export const conversation = z
  .object({
    conversationId: uuid,
    personaId,
    personaName: z.string(),
    title: z.string().nullable().describe('Null until the first message names it.'),
    mode: modeId,
    format: formatId,
    corpusVersion: z.number().int().nullable().describe('The corpus version that it is pinned to; null follows what is published.'),
    pinned: z.boolean(),
    archived: z.boolean(),
    preview: z.boolean().describe('Whether it is a curator’s preview: each turn is answered by the persona’s draft as it is then.'),
    sharedAt: z.iso.datetime().nullable().describe('When the link that shows it to others was made; null without one.'),
    turnCount: z.number().int().min(0).describe('Of all branches.'),
    runningTurnId: uuid.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof conversation>;

/** A turn among those that follow the same turn: other messages in its place, or other tries at the same message. */
export const turnSibling = z.object({
  turnId: uuid,
  regenerationOf: uuid.nullable().describe('The first turn of the same message, when this one is another try.'),
});
export type TurnSibling = z.infer<typeof turnSibling>;

export const turnOnBranch = turn
  .extend({
    parentTurnId: uuid.nullable().describe('The turn that it follows; null at the beginning.'),
    siblings: z.array(turnSibling).describe('All that follow the same turn, itself among them, oldest first.'),
  })
  .meta({ id: 'TurnOnBranch' });
export type TurnOnBranch = z.infer<typeof turnOnBranch>;

/** A conversation with a page of the branch that it is on, oldest first. `before` of the next page is the first turn's `createdAt`. */
export const conversationWithTurns = conversation
  .extend({
    headTurnId: uuid.nullable().describe('The last turn of the branch; null while nothing was said.'),
    turns: z.array(turnOnBranch),
    hasEarlierTurns: z.boolean(),
  })
  .meta({ id: 'ConversationWithTurns' });
export type ConversationWithTurns = z.infer<typeof conversationWithTurns>;

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const conversationSort = z.enum(['recent', 'created', 'title']);
export type ConversationSort = z.infer<typeof conversationSort>;

export const conversationQuery = z.strictObject({
  personaId: personaId.optional(),
  search: z.string().trim().max(200).optional().describe('Words that all stand in the title, the persona’s name or what was said, whatever their case and accents; in quotation marks, words that follow one another.'),
  pinned: flag.optional(),
  archived: flag.optional().describe('Absent: those that are not.'),
  preview: flag.optional().describe('Previews of drafts, in place of the others.'),
  sort: conversationSort.default('recent').describe('Pinned ones first; then by last use, by beginning, or by title.'),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  offset: z.coerce.number().int().min(0).max(10_000).default(0),
});
export type ConversationQuery = z.infer<typeof conversationQuery>;

export const turnPageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  before: z.iso.datetime().optional(),
});
export type TurnPageQuery = z.infer<typeof turnPageQuery>;

/** `excerpt` shows where what was searched for was said; null when it stands elsewhere. */
export const listedConversation = conversation.extend({ excerpt: z.string().nullable() }).meta({ id: 'ListedConversation' });
export type ListedConversation = z.infer<typeof listedConversation>;

export const conversationPage = z
  .object({
    items: z.array(listedConversation),
    total: z.number().int(),
    limit: z.number().int(),
    offset: z.number().int(),
    unsearched: z.number().int().min(0).describe('How many conversations the search has not read yet; ask again to go on.'),
  })
  .meta({ id: 'ConversationPage' });
export type ConversationPage = z.infer<typeof conversationPage>;
