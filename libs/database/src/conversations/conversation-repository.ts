import type { Conversation, ConversationQuery, ListedConversation } from '@dramatis/contracts/conversation';
import { DomainError } from '@dramatis/contracts/errors';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { type SearchTerms, searchTerms } from '@dramatis/contracts/search-terms';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { insert } from '../insert.js';
import { conversationModel, type ConversationRecord, conversationRemovalModel, type ConversationRemovalRecord, type ShareRecord } from './conversation-model.js';
import { ConversationSearch } from './conversation-search.js';
import { turnModel, turnWorkspaceModel, type TurnRecord, type TurnWorkspaceRecord } from './turn-model.js';

export { type ConversationRecord, isForCurators } from './conversation-model.js';

export type NewConversation = Omit<ConversationRecord, '_id' | 'createdAt' | 'updatedAt'>;

/** What its owner changes of a conversation. `headTurnId` null: where was spoken last. */
export type ConversationChanges = Partial<Pick<ConversationRecord, 'title' | 'mode' | 'format'>> & {
  pinned?: boolean | undefined;
  archived?: boolean | undefined;
  headTurnId?: string | null | undefined;
};

/** How many conversations of one owner a search looks into. */
const maxSearched = 5_000;

/** Longer than a message that is sent to a conversation can be on its way, in milliseconds. */
const removalSettlesMs = 60_000;

type Sort = Record<string, 1 | -1>;

const sorts: Record<ConversationQuery['sort'], Sort> = {
  recent: { pinned: -1, updatedAt: -1, _id: 1 },
  created: { pinned: -1, createdAt: -1, _id: 1 },
  title: { pinned: -1, title: 1, _id: 1 },
};

/** Conversations in MongoDB. Each belongs to one owner, a guest or an account; to everybody else it does not exist. */
export class ConversationRepository {
  private readonly conversations: Model<ConversationRecord>;
  private readonly removals: Model<ConversationRemovalRecord>;
  private readonly turns: Model<TurnRecord>;
  private readonly workspaces: Model<TurnWorkspaceRecord>;
  private readonly search: ConversationSearch;

  constructor(connection: Connection) {
    this.conversations = conversationModel(connection);
    this.removals = conversationRemovalModel(connection);
    this.turns = turnModel(connection);
    this.workspaces = turnWorkspaceModel(connection);
    this.search = new ConversationSearch(connection);
  }

  async create(conversationId: string, input: NewConversation): Promise<Conversation> {
    const now = new Date();
    const record: ConversationRecord = { ...input, _id: conversationId, createdAt: now, updatedAt: now };
    await insert(this.conversations, record);
    return toConversation(record, { turnCount: 0, runningTurnId: null });
  }

  /** The owner's own conversation as stored. @throws DomainError conversation_not_found */
  async getOwn(conversationId: string, ownerId: string): Promise<ConversationRecord> {
    const record = await this.findOwn(conversationId, ownerId);
    if (record === null) throw notFound();
    return record;
  }

  /** The owner's own conversation as stored, or null. */
  async findOwn(conversationId: string, ownerId: string): Promise<ConversationRecord | null> {
    const record = await this.conversations.findById(conversationId).lean<ConversationRecord>();
    return record?.ownerId === ownerId ? record : null;
  }

  /** With its number of turns and the running one. */
  async describe(record: ConversationRecord): Promise<Conversation> {
    const [described] = await this.describeAll([record]);
    return described!;
  }

  /** The owner's conversations, pinned ones first. */
  async list(ownerId: string, query: ConversationQuery): Promise<{ items: ListedConversation[]; total: number; unsearched: number }> {
    const terms = searchTerms(query.search ?? '');
    if (terms.words.length + terms.phrases.length > 0) return this.searched(ownerId, query, terms);
    const filter = filterOf(ownerId, query);
    const [records, total] = await Promise.all([
      this.conversations
        .find(filter)
        .sort(sorts[query.sort])
        .skip(query.offset)
        .limit(query.limit)
        .lean<ConversationRecord[]>(),
      this.conversations.countDocuments(filter),
    ]);
    const items = (await this.describeAll(records)).map((conversation) => ({ ...conversation, excerpt: null }));
    return { items, total, unsearched: 0 };
  }

  private async searched(
    ownerId: string,
    query: ConversationQuery,
    terms: SearchTerms,
  ): Promise<{ items: ListedConversation[]; total: number; unsearched: number }> {
    const conversations = await this.conversations
      .find(filterOf(ownerId, query), { title: 1, personaName: 1, updatedAt: 1 })
      .sort(sorts[query.sort])
      .limit(maxSearched)
      .lean<ConversationRecord[]>();
    const { found, unsearched } = await this.search.find(ownerId, conversations, terms);
    const ids = found.slice(query.offset, query.offset + query.limit).map(({ _id }) => _id);
    const [records, excerpts] = await Promise.all([
      this.conversations.find({ _id: { $in: ids } }).lean<ConversationRecord[]>(),
      this.search.excerpts(ids, terms),
    ]);
    const byId = new Map(records.map((record) => [record._id, record]));
    const described = await this.describeAll(ids.flatMap((id) => byId.get(id) ?? []));
    const items = described.map((conversation) => ({ ...conversation, excerpt: excerpts.get(conversation.conversationId) ?? null }));
    return { items, total: found.length, unsearched };
  }

  /** Ids of all the owner's conversations, the oldest first. */
  async idsOf(ownerId: string): Promise<string[]> {
    const records = await this.conversations.find({ ownerId }, { _id: 1 }).sort({ createdAt: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }

  /** Ids of those in which the owner tried out a mode or format. */
  async trialsOf(ownerId: string): Promise<string[]> {
    const records = await this.conversations.find({ ownerId, trial: true }, { _id: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }

  /** Those in which something was tried out before a time. */
  async trialsBefore(before: Date): Promise<Pick<ConversationRecord, '_id' | 'ownerId'>[]> {
    return this.conversations.find({ trial: true, createdAt: { $lt: before } }, { ownerId: 1 }).lean<ConversationRecord[]>();
  }

  /** @throws DomainError conversation_not_found */
  async update(conversationId: string, ownerId: string, changes: ConversationChanges): Promise<ConversationRecord> {
    const { pinned, archived, headTurnId, ...fields } = changes;
    const set: Record<string, unknown> = { ...fields };
    const unset: Record<string, ''> = {};
    for (const [field, value] of Object.entries({ pinned, archived, headTurnId })) {
      if (value) set[field] = value;
      else if (value !== undefined) unset[field] = '';
    }
    const update = { ...(Object.keys(set).length > 0 && { $set: set }), ...(Object.keys(unset).length > 0 && { $unset: unset }) };
    if (Object.keys(update).length > 0) {
      const { matchedCount } = await this.conversations.updateOne({ _id: conversationId, ownerId }, update);
      if (matchedCount === 0) throw notFound();
    }
    return this.getOwn(conversationId, ownerId);
  }

  /** The conversation is again where was spoken last. */
  async followNewest(conversationId: string): Promise<void> {
    await this.conversations.updateOne({ _id: conversationId }, { $unset: { headTurnId: '' } });
  }

  /** Shows the conversation by this link, and by no other any more; null by none. @throws DomainError conversation_not_found */
  async share(conversationId: string, ownerId: string, share: ShareRecord | null): Promise<void> {
    const update = share ? { $set: { share } } : { $unset: { share: '' } };
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId, ownerId }, update);
    if (matchedCount === 0) throw notFound();
  }

  /** The conversation that the link shows, or null. */
  async findShared(hash: string): Promise<(ConversationRecord & { share: ShareRecord }) | null> {
    const record = await this.conversations.findOne({ 'share.hash': hash }).lean<ConversationRecord>();
    return record?.share ? { ...record, share: record.share } : null;
  }

  /** Pins the conversation to a corpus version, or lets it go with null. @throws DomainError conversation_not_found */
  async pin(conversationId: string, corpusVersion: number | null): Promise<void> {
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId }, { $set: { corpusVersion } });
    if (matchedCount === 0) throw notFound();
  }

  /** Notes that the conversation was used, and in which mode and format; names it after its first message. */
  async touch(
    conversationId: string,
    use: { mode: ModeId; format: FormatId; title: string },
  ): Promise<void> {
    const { title, ...choices } = use;
    const used = { updatedAt: new Date(), ...choices };
    const { matchedCount } = await this.conversations.updateOne({ _id: conversationId, title: { $ne: null } }, { $set: used });
    if (matchedCount === 0) await this.conversations.updateOne({ _id: conversationId, title: null }, { $set: { ...used, title } });
  }

  /**
   * Removes the conversation with its turns. That is on record first and done a second time later, so that neither a process that dies in
   * the middle nor a message that was on its way leaves something behind. @throws DomainError conversation_not_found, turn_in_progress
   */
  async delete(conversationId: string, ownerId: string): Promise<void> {
    await this.getOwn(conversationId, ownerId);
    const running = await this.turns.findOne({ conversationId, status: 'running' }).lean<TurnRecord>();
    if (running) {
      throw new DomainError('turn_in_progress.before_delete', {}, { turnId: running._id });
    }
    await this.removals.updateOne({ _id: conversationId }, { $set: { at: new Date() } }, { upsert: true });
    await this.remove(conversationId);
  }

  /** Does again the removals that are old enough; returns how many. */
  async settleRemovals(before = new Date(Date.now() - removalSettlesMs)): Promise<number> {
    const removals = await this.removals.find({ at: { $lt: before } }).lean<ConversationRemovalRecord[]>();
    for (const { _id } of removals) {
      await this.remove(_id);
      await this.removals.deleteOne({ _id });
    }
    return removals.length;
  }

  /** The conversation first: then no turn begins in it any more. */
  private async remove(conversationId: string): Promise<void> {
    await this.conversations.deleteOne({ _id: conversationId });
    const turnIds = await this.turns.find({ conversationId }, { _id: 1 }).lean<{ _id: string }[]>();
    await this.workspaces.deleteMany({ _id: { $in: turnIds.map(({ _id }) => _id) } });
    await this.turns.deleteMany({ conversationId });
    await this.search.forget(conversationId);
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

function filterOf(ownerId: string, { archived, personaId, pinned, preview }: ConversationQuery): QueryFilter<ConversationRecord> {
  return {
    ownerId,
    archived: archived ? true : { $ne: true },
    preview: preview ? true : { $ne: true },
    trial: { $ne: true },
    ...(personaId ? { personaId } : {}),
    ...(pinned === undefined ? {} : { pinned: pinned ? true : { $ne: true } }),
  };
}

function toConversation(
  record: ConversationRecord,
  counted: Pick<Conversation, 'turnCount' | 'runningTurnId'>,
): Conversation {
  const { _id, personaId, personaName, title, mode, format, corpusVersion = null, createdAt, updatedAt } = record;
  return {
    ...{ conversationId: _id, personaId, personaName, title, mode, format, corpusVersion },
    pinned: record.pinned === true,
    archived: record.archived === true,
    preview: record.preview === true,
    sharedAt: record.share?.sharedAt.toISOString() ?? null,
    ...counted,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

function notFound(): DomainError {
  return new DomainError('conversation_not_found');
}
