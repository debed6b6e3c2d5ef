import type { Attempt, Citation, Feedback, Provenance, TurnFailure, TurnStatus } from '@dramatis/contracts/turn';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import type { TurnCustoms } from '@dramatis/contracts/turn-customs';
import { Schema, type Connection, type Model } from 'mongoose';

export interface TurnRecord {
  _id: string;
  conversationId: string;
  ownerId: string;
  /** Whether it was said in a conversation that only curators see. */
  forCurators?: true;
  personaId: string;
  /** What the turn is pinned to, so that a retry reads the same. */
  personaVersion: number;
  corpusVersion: number;
  requestId: string;
  workflowId: string;
  /** The turn that it follows, null at the beginning. Absent where nobody said so: see {@link TurnTree}. */
  parentTurnId?: string | null;
  regenerationOf: string | null;
  /** The language model that is to be asked first, where one was chosen. */
  provider?: string;
  mode: ModeId;
  format: FormatId;
  /** Which versions of a custom mode or format it is pinned to, and how they are called. */
  customs?: TurnCustoms;
  userText: string;
  status: TurnStatus;
  replyText: string | null;
  /** The reply as JSON, where its format has a schema and it kept to that. */
  replyValue?: unknown;
  citations: Citation[];
  /** Attempts that ended without a reply, as they end; the last one comes with the provenance. */
  endedAttempts: Attempt[];
  failure: TurnFailure | null;
  provenance: Provenance | null;
  feedback: Feedback | null;
  createdAt: Date;
  endedAt: Date | null;
}

export function turnModel(connection: Connection): Model<TurnRecord> {
  const schema = new Schema<TurnRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'turns' },
  );
  schema.index({ conversationId: 1, createdAt: 1 });
  // One running turn a conversation, decided by the database and not by who asks first.
  schema.index(
    { conversationId: 1 },
    { name: 'one_running_turn', unique: true, partialFilterExpression: { status: 'running' } },
  );
  schema.index({ status: 1, createdAt: 1 });
  return (connection.models['Turn'] as Model<TurnRecord>) ?? connection.model<TurnRecord>('Turn', schema);
}

/** What a turn was composed from, kept for the model call, for readers of the provenance and for operators. */
export interface TurnWorkspaceRecord {
  /** The turn's id. */
  _id: string;
  prompt: StoredPrompt | null;
  citations: Citation[];
  /** Text of a finished or interrupted generation, by its key. */
  drafts: Record<string, string>;
}

export interface StoredPrompt {
  /** SHA-256 of system text and messages, hexadecimal. */
  hash: string;
  system: string;
  messages: { role: 'user' | 'assistant'; content: string }[];
}

export function turnWorkspaceModel(connection: Connection): Model<TurnWorkspaceRecord> {
  const schema = new Schema<TurnWorkspaceRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'turn_workspaces' },
  );
  return (
    (connection.models['TurnWorkspace'] as Model<TurnWorkspaceRecord>) ??
    connection.model<TurnWorkspaceRecord>('TurnWorkspace', schema)
  );
}
