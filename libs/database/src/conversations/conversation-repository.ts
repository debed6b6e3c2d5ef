import type { Conversation } from '@dramatis/contracts/conversation';
import { DomainError } from '@dramatis/contracts/errors';
import type { ResponseFormat } from '@dramatis/contracts/format';
import type { InteractionMode } from '@dramatis/contracts/mode';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { insert } from '../insert.js';
import { conversationModel, type ConversationRecord } from './conversation-model.js';
import { turnModel, turnWorkspaceModel, type TurnRecord, type TurnWorkspaceRecord } from './turn-model.js';

export type { ConversationRecord } from './conversation-model.js';

export type NewConversation = Omit<ConversationRecord, '_id' | 'createdAt' | 'updatedAt'>;

/** Conversations in MongoDB. Each belongs to one owner, a guest or an account; to everybody else it does not exist. */
export class ConversationRepository {
  private readonly conversations: Model<ConversationRecord>;
  private readonly turns: Model<TurnRecord>;
  private readonly workspaces: Model<TurnWorkspaceRecord>;

  constructor(connection: Connection) {
    this.conversations = conversationModel(connection);
    this.turns = turnModel(connection);
    this.workspaces = turnWorkspaceModel(connection);
  }

  async create(conversationId: string, input: NewConversation): Promise<Conversation> {
    const now = new Date();
    const record: ConversationRecord = { ...input, _id: conversationId, createdAt: now, updatedAt: now };
    await insert(this.conversations, record);
    return toConversation(record, { turnCount: 0, runningTurnId: null });
  }

  /** The owner's own conversation as stored. @throws DomainError conversation_not_found */
  async getOwn(conversationId: string, ownerId: string): Promise<ConversationRecord> {
    const record = await this.conversations.findById(conversationId).lean<ConversationRecord>();
    if (record?.ownerId !== ownerId) throw notFound();
    return record;
  }

  /** With its number of turns and the running one. */
  async describe(record: ConversationRecord): Promise<Conversation> {
    const [described] = await this.describeAll([record]);
    return described!;
  }

  /** The owner's conversations, the one last used first. */
  async list(
    ownerId: string,
    query: { personaId?: string; limit: number; offset: number },
  ): Promise<{ items: Conversation[]; total: number }> {
    const filter: QueryFilter<ConversationRecord> = query.personaId ? { ownerId, personaId: query.personaId } : { ownerId };
    const [records, total] = await Promise.all([
      this.conversations
        .find(filter)
        .sort({ updatedAt: -1, _id: 1 })
        .skip(query.offset)
        .limit(query.limit)
        .lean<ConversationRecord[]>(),
      this.conversations.countDocuments(filter),
    ]);
    return { items: await this.describeAll(records), total };
  }

  /** @throws DomainError conversation_not_found */
  async update(
    conversationId: string,
    ownerId: string,
    changes: Partial<Pick<ConversationRecord, 'title' | 'mode' | 'format'>>,
  ): Promise<ConversationRecord> {
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId, ownerId }, { $set: changes });
    if (matchedCount === 0) throw notFound();
    return this.getOwn(conversationId, ownerId);
  }

  /** Pins the conversation to a corpus version, or lets it go with null. @throws DomainError conversation_not_found */
  async pin(conversationId: string, corpusVersion: number | null): Promise<void> {
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId }, { $set: { corpusVersion } });
    if (matchedCount === 0) throw notFound();
  }

  /** Notes that the conversation was used, and in which mode and format; names it after its first message. */
  async touch(
    conversationId: string,
    use: { mode: InteractionMode; format: ResponseFormat; title: string },
  ): Promise<void> {
    const { title, ...choices } = use;
    const used = { updatedAt: new Date(), ...choices };
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId, title: { $ne: null } }, { $set: used });
    if (matchedCount === 0) await this.conversations.updateOne({ _id: conversationId, title: null }, { $set: { ...used, title } });
  }

  /** Removes the conversation with its turns. @throws DomainError conversation_not_found, turn_in_progress */
  async delete(conversationId: string, ownerId: string): Promise<void> {
    await this.getOwn(conversationId, ownerId);
    const running = await this.turns.findOne({ conversationId, status: 'running' }).lean<TurnRecord>();
    if (running) {
      throw new DomainError('turn_in_progress', 'A reply is being made in this conversation; cancel it, then delete.', {
        turnId: running._id,
      });
    }
    const turnIds = await this.turns.find({ conversationId }, { _id: 1 }).lean<{ _id: string }[]>();
    await this.workspaces.deleteMany({ _id: { $in: turnIds.map(({ _id }) => _id) } });
    await this.turns.deleteMany({ conversationId });
    await this.conversations.deleteOne({ _id: conversationId, ownerId });
  }

  private async describeAll(records: ConversationRecord[]): Promise<Conversation[]> {
    if (records.length === 0) return [];
    const ids = records.map(({ _id }) => _id);
    const [counts, running] = await Promise.all([
      this.turns.aggregate<{ _id: string; count: number }>([
        { $match: { conversationId: { $in: ids } } },
        { $group: { _id: '$conversationId', count: { $sum: 1 } } },
      ]),
      this.turns
        .find({ conversationId: { $in: ids }, status: 'running' }, { conversationId: 1 })
        .lean<{ _id: string; conversationId: string }[]>(),
    ]);
    const countOf = new Map(counts.map(({ _id, count }) => [_id, count]));
    const runningOf = new Map(running.map((turn) => [turn.conversationId, turn._id]));
    return records.map((record) =>
      toConversation(record, {
        turnCount: countOf.get(record._id) ?? 0,
        runningTurnId: runningOf.get(record._id) ?? null,
      }),
    );
  }
}

function toConversation(
  record: ConversationRecord,
  counted: Pick<Conversation, 'turnCount' | 'runningTurnId'>,
): Conversation {
  const { _id, ownerId: _owner, corpusVersion = null, createdAt, updatedAt, ...rest } = record;
  return {
    ...rest,
    ...counted,
    corpusVersion,
    conversationId: _id,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function notFound(): DomainError {
  return new DomainError('conversation_not_found', 'There is no such conversation of yours.');
}
