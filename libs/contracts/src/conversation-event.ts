import { z } from 'zod';
import { uuid } from './ids.js';

/** Events on the socket about a conversation that is open on a page. */
export const conversationSocketEvents = { watch: 'conversation:watch', unwatch: 'conversation:unwatch', changed: 'conversation:changed' } as const;

export const conversationWatch = z.strictObject({ conversationId: uuid });
export type ConversationWatch = z.infer<typeof conversationWatch>;

/** A turn began, or another branch is shown. What it is, the conversation itself tells. */
export interface ConversationChanged {
  conversationId: string;
}
