import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { type Connection, type Model, Schema } from 'mongoose';

export interface ConversationRecord {
  _id: string;
  ownerId: string;
  personaId: string;
  personaName: string;
  title: string | null;
  mode: ModeId;
  format: FormatId;
  /** The corpus version that it is pinned to; null or absent follows what is published. */
  corpusVersion?: number | null;
  /** Absent unless it is, so that pinned ones sort first. */
  pinned?: true;
  archived?: true;
  /** Whether a curator tries the persona's draft in it. */
  preview?: true;
  /** Whether a curator tries out a mode or format in it: in no list, and gone when the next one is tried. */
  trial?: true;
  /** The end of the branch that was moved to; absent: where was spoken last. */
  headTurnId?: string;
  share?: ShareRecord;
  createdAt: Date;
  updatedAt: Date;
}

/** Whether it shows what is not published: then it exists for its owner as long as they curate. */
export function isForCurators({ preview, trial }: Pick<ConversationRecord, 'preview' | 'trial'>): boolean {
  return preview === true || trial === true;
}

/** The link that shows the conversation to others. */
export interface ShareRecord {
  /** SHA-256 of the token: who reads the database cannot open the link. */
  hash: string;
  /** The last turn that it shows; what was said before it on its branch never changes. */
  headTurnId: string;
  sharedAt: Date;
}

export function conversationModel(connection: Connection): Model<ConversationRecord> {
  const schema = new Schema<ConversationRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'conversations' },
  );
  schema.index({ ownerId: 1, updatedAt: -1 });
  schema.index({ personaId: 1, corpusVersion: 1 });
  schema.index({ 'share.hash': 1 }, { sparse: true });
  schema.index({ trial: 1, createdAt: 1 }, { sparse: true });
  return (
    (connection.models['Conversation'] as Model<ConversationRecord>) ?? connection.model<ConversationRecord>('Conversation', schema)
  );
}

/** A conversation that its owner deleted, until it is sure that nothing of it is left. */
export interface ConversationRemovalRecord {
  /** The conversation's id. */
  _id: string;
  at: Date;
}

export function conversationRemovalModel(connection: Connection): Model<ConversationRemovalRecord> {
  const schema = new Schema<ConversationRemovalRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'conversation_removals' },
  );
  return (
    (connection.models['ConversationRemoval'] as Model<ConversationRemovalRecord>) ??
    connection.model<ConversationRemovalRecord>('ConversationRemoval', schema)
  );
}
