import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import { type Connection, type Model, Schema } from 'mongoose';

export interface ConversationRecord {
  _id: string;
  ownerId: string;
  personaId: string;
  personaName: string;
  title: string | null;
  mode: InteractionMode;
  format: ResponseFormat;
  /** The corpus version that it is pinned to; null or absent follows what is published. */
  corpusVersion?: number | null;
  createdAt: Date;
  updatedAt: Date;
}

export function conversationModel(connection: Connection): Model<ConversationRecord> {
  const schema = new Schema<ConversationRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'conversations' },
  );
  schema.index({ ownerId: 1, updatedAt: -1 });
  schema.index({ personaId: 1, corpusVersion: 1 });
  return (
    (connection.models['Conversation'] as Model<ConversationRecord>) ?? connection.model<ConversationRecord>('Conversation', schema)
  );
}
