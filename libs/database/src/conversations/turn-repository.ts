import { DomainError } from '@dramatis/contracts/errors';
import { turnWorkflowId } from '@dramatis/contracts/ids';
import type { TurnOnBranch } from '@dramatis/contracts/conversation';
import type { Attempt, Citation, Feedback, Provenance, Turn, TurnFailure, TurnStatus } from '@dramatis/contracts/turn';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { turnIdOf } from './turn-id.js';
import { turnModel, type TurnRecord } from './turn-model.js';
import { TurnTree, type TurnNode } from './turn-tree.js';

export type NewTurn = Pick<
  TurnRecord,
  | 'conversationId'
  | 'ownerId'
  | 'personaId'
  | 'personaVersion'
  | 'corpusVersion'
  | 'requestId'
  | 'regenerationOf'
  | 'mode'
  | 'format'
  | 'userText'
> &
  Partial<Pick<TurnRecord, 'forCurators' | 'parentTurnId' | 'provider' | 'customs'>>;

export interface TurnEnding {
  status: Exclude<TurnStatus, 'running'>;
  replyText: string | null;
  replyValue?: unknown;
  citations: Citation[];
  failure: TurnFailure | null;
  /** Null where the workflow came to no account of itself. */
  provenance: Provenance | null;
}

/** How often a start looks again when the turn that was in its way has just ended. */
const startTries = 3;
/** More than anybody says; what is older is out of reach. */
const maxTurns = 10_000;

const withoutSources = { provenance: 0, citations: 0 } as const;

/** A page of a branch, oldest first. */
export interface BranchPage {
  headTurnId: string | null;
  turns: TurnOnBranch[];
  /** Whether there are earlier ones. */
  more: boolean;
}

/** Turns in MongoDB. A turn that has ended never changes again, but for its feedback. */
export class TurnRepository {
  private readonly turns: Model<TurnRecord>;

  constructor(connection: Connection) {
    this.turns = turnModel(connection);
  }

  /**
   * Stores the turn as running. The same request gives the turn that is there, with `created` false.
   * @throws DomainError turn_in_progress with the running turn's id; request_id_reused when the text differs.
   */
  async start(input: NewTurn): Promise<{ record: TurnRecord; created: boolean }> {
    const record: TurnRecord = {
      ...input,
      _id: turnIdOf(input.conversationId, input.requestId),
      workflowId: turnWorkflowId(input.conversationId, input.requestId),
      status: 'running',
      replyText: null,
      citations: [],
      endedAttempts: [],
      failure: null,
      provenance: null,
      feedback: null,
      createdAt: new Date(),
      endedAt: null,
    };
    for (let tried = 1; ; tried += 1) {
      try {
        await insert(this.turns, record);
        return { record, created: true };
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const same = await this.find(record._id);
        if (same) return { record: sameRequest(same, input), created: false };
        const running = await this.running(input.conversationId);
        if (running) throw inProgress(running._id, error);
        if (tried >= startTries) throw error;
      }
    }
  }

  /** The turn as it is stored, or null. */
  async find(turnId: string): Promise<TurnRecord | null> {
    return this.turns.findById(turnId).lean<TurnRecord>();
  }

  /** @throws DomainError turn_not_found */
  async get(turnId: string): Promise<TurnRecord> {
    const record = await this.find(turnId);
    if (!record) throw new DomainError('turn_not_found');
    return record;
  }

  /** The owner's own turn. @throws DomainError turn_not_found, also when it is somebody else's. */
  async getOwn(turnId: string, ownerId: string): Promise<TurnRecord> {
    const record = await this.find(turnId);
    if (record?.ownerId !== ownerId) {
      throw new DomainError('turn_not_found');
    }
    return record;
  }

  async running(conversationId: string): Promise<TurnRecord | null> {
    return this.turns.findOne({ conversationId, status: 'running' }).lean<TurnRecord>();
  }

  /** The owner's turns that run now. */
  async runningOf(ownerId: string): Promise<TurnRecord[]> {
    return this.turns.find({ status: 'running', ownerId }).lean<TurnRecord[]>();
  }

  /** Ids of all the conversation's turns. */
  async idsOf(conversationId: string): Promise<string[]> {
    const records = await this.turns.find({ conversationId }, { _id: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }

  /** All the conversation's turns, the oldest first, read so many at a time. */
  async *all(conversationId: string, atOnce: number): AsyncGenerator<Turn, void, undefined> {
    const cursor = this.turns.find({ conversationId }).sort({ createdAt: 1 }).lean<TurnRecord[]>().cursor({ batchSize: atOnce });
    for await (const record of cursor) yield toTurn(record);
  }

  /** Turns that have been running since before the given time, oldest first. */
  async runningSince(before: Date, limit: number): Promise<TurnRecord[]> {
    const filter: QueryFilter<TurnRecord> = { status: 'running', createdAt: { $lt: before } };
    return this.turns.find(filter).sort({ createdAt: 1 }).limit(limit).lean<TurnRecord[]>();
  }

  /** Where each turn of the conversation stands. */
  async tree(conversationId: string): Promise<TurnTree> {
    const nodes = await this.turns
      .find({ conversationId }, { parentTurnId: 1, regenerationOf: 1, createdAt: 1 })
      .sort({ createdAt: -1 })
      .limit(maxTurns)
      .lean<TurnNode[]>();
    return new TurnTree(nodes.reverse());
  }

  /** The newest turns before a time on the branch that ends at `headTurnId`, or where was spoken last. */
  async branch(
    conversationId: string,
    headTurnId: string | null | undefined,
    query: { limit: number; before?: Date },
  ): Promise<BranchPage> {
    const tree = await this.tree(conversationId);
    const head = tree.head(headTurnId);
    if (head === null) return { headTurnId: null, turns: [], more: false };
    const path = tree.pathTo(head).filter(({ createdAt }) => !query.before || createdAt < query.before);
    const shown = path.slice(-query.limit).map(({ _id }) => _id);
    const records = await this.inOrder(shown);
    const turns = records.map((record) => ({
      ...toTurn(record),
      parentTurnId: tree.parentOf(record._id) ?? null,
      siblings: tree.siblingsOf(record._id).map(({ _id, regenerationOf }) => ({ turnId: _id, regenerationOf })),
    }));
    return { headTurnId: head, turns, more: path.length > shown.length };
  }

  /** The branch that ends at `headTurnId`, whole, oldest first. */
  async branchRecords(conversationId: string, headTurnId: string | null | undefined): Promise<TurnRecord[]> {
    const tree = await this.tree(conversationId);
    const head = tree.head(headTurnId);
    return head === null ? [] : this.inOrder(tree.pathTo(head).map(({ _id }) => _id));
  }

  /** Every turn of the conversation, oldest first, with the turn that it follows, and the end of the branch it is on. */
  async everything(
    conversationId: string,
    headTurnId: string | null | undefined,
  ): Promise<{ headTurnId: string | null; turns: (TurnRecord & { parentTurnId: string | null })[] }> {
    const records = await this.turns.find({ conversationId }).sort({ createdAt: -1 }).limit(maxTurns).lean<TurnRecord[]>();
    const tree = new TurnTree(records.reverse());
    return {
      headTurnId: tree.head(headTurnId),
      turns: records.map((record) => ({ ...record, parentTurnId: tree.parentOf(record._id) ?? null })),
    };
  }

  /** Whether the turn is one of the conversation. */
  async isOf(turnId: string, conversationId: string): Promise<boolean> {
    const record = await this.turns.findById(turnId, { conversationId: 1 }).lean<Pick<TurnRecord, 'conversationId'>>();
    return record?.conversationId === conversationId;
  }

  /**
   * The turn, and what was said before it on its branch, oldest first: the messages that have a reply. Given the conversation, in
   * one read, unless the turn branches off from what was said long ago. @throws DomainError turn_not_found
   */
  async getWithHistory(
    turnId: string,
    conversationId: string | undefined,
    limit: number,
  ): Promise<{ turn: TurnRecord; history: { userText: string; replyText: string }[] }> {
    const inConversation = conversationId ?? (await this.get(turnId)).conversationId;
    const newest = await this.newest(inConversation, limit * 2);
    const turn = newest.find(({ _id }) => _id === turnId) ?? (await this.get(turnId));
    const near = new TurnTree(newest, { partial: newest.length === limit * 2 });
    const path = near.pathTo(turnId);
    const history = historyOf(path.slice(0, -1), limit);
    const isWhole = path[0] !== undefined && near.parentOf(path[0]._id) === null;
    if (isWhole || history.length === limit) return { turn, history };
    const whole = (await this.tree(inConversation)).pathTo(turnId).slice(0, -1);
    const records = await this.inOrder(whole.slice(-limit * 2).map(({ _id }) => _id), withoutSources);
    return { turn, history: historyOf(records, limit) };
  }

  /** Oldest first. */
  private async newest(conversationId: string, limit: number): Promise<TurnRecord[]> {
    const records = await this.turns.find({ conversationId }, withoutSources).sort({ createdAt: -1 }).limit(limit).lean<TurnRecord[]>();
    return records.reverse();
  }

  private async inOrder(turnIds: string[], projection: Record<string, 0 | 1> = {}): Promise<TurnRecord[]> {
    if (turnIds.length === 0) return [];
    const records = await this.turns.find({ _id: { $in: turnIds } }, projection).lean<TurnRecord[]>();
    const byId = new Map(records.map((record) => [record._id, record]));
    return turnIds.flatMap((turnId) => byId.get(turnId) ?? []);
  }

  /** Keeps how an attempt ended. Idempotent by the attempt's number. */
  async recordAttempt(turnId: string, attempt: Attempt): Promise<void> {
    await this.turns.updateOne(
      { _id: turnId, 'endedAttempts.attempt': { $ne: attempt.attempt } },
      { $push: { endedAttempts: attempt } },
    );
  }

  /**
   * Ends the turn, once: a turn that has ended is returned as it is. Given the turn as it ran, without reading it again.
   * @throws DomainError turn_not_found
   */
  async finish(turnId: string, ending: TurnEnding, running?: TurnRecord): Promise<TurnRecord> {
    const changes = { ...ending, endedAt: new Date() };
    // Past the model, which would walk through the whole ending to cast what is cast already. And not in one command with
    // the read: not every server that speaks MongoDB's protocol uses an index for that.
    const { modifiedCount } = await this.turns.collection.updateOne({ _id: turnId as never, status: 'running' }, { $set: changes });
    return running && modifiedCount === 1 ? { ...running, ...changes } : this.get(turnId);
  }

  async setFeedback(turnId: string, feedback: Feedback): Promise<void> {
    await this.turns.updateOne({ _id: turnId }, { $set: { feedback } });
  }
}

function historyOf(turns: readonly TurnRecord[], limit: number): { userText: string; replyText: string }[] {
  return turns
    .filter(({ replyText }) => replyText)
    .slice(-limit)
    .map(({ userText, replyText }) => ({ userText, replyText: replyText! }));
}

/** A turn as clients read it. */
export function toTurn(record: TurnRecord): Turn {
  return {
    turnId: record._id,
    conversationId: record.conversationId,
    personaId: record.personaId,
    requestId: record.requestId,
    ...(record.parentTurnId === undefined ? {} : { parentTurnId: record.parentTurnId }),
    regenerationOf: record.regenerationOf,
    mode: record.mode,
    format: record.format,
    ...(record.customs === undefined ? {} : { customs: record.customs }),
    userText: record.userText,
    status: record.status,
    replyText: record.replyText,
    ...(record.replyValue === undefined ? {} : { replyValue: record.replyValue }),
    citations: record.citations,
    failure: record.failure,
    provenance: record.provenance,
    feedback: record.feedback,
    createdAt: record.createdAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}

function sameRequest(record: TurnRecord, input: NewTurn): TurnRecord {
  if (record.userText === input.userText && record.regenerationOf === input.regenerationOf) return record;
  throw new DomainError('request_id_reused');
}

function inProgress(turnId: string, cause: unknown): DomainError {
  return new DomainError('turn_in_progress', {}, { turnId, cause });
}
