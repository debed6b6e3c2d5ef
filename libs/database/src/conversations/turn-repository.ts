import { DomainError } from '@dramatis/contracts/errors';
import { turnWorkflowId } from '@dramatis/contracts/ids';
import type { Attempt, Citation, Feedback, Provenance, Turn, TurnFailure, TurnStatus } from '@dramatis/contracts/turn';
import type { Connection, Model, QueryFilter } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { turnIdOf } from './turn-id.js';
import { turnModel, type TurnRecord } from './turn-model.js';

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
>;

export interface TurnEnding {
  status: Exclude<TurnStatus, 'running'>;
  replyText: string | null;
  citations: Citation[];
  failure: TurnFailure | null;
  /** Null where the workflow came to no account of itself. */
  provenance: Provenance | null;
}

/** How often a start looks again when the turn that was in its way has just ended. */
const startTries = 3;

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
    if (!record) throw new DomainError('turn_not_found', 'There is no such turn in your conversations.');
    return record;
  }

  /** The owner's own turn. @throws DomainError turn_not_found, also when it is somebody else's. */
  async getOwn(turnId: string, ownerId: string): Promise<TurnRecord> {
    const record = await this.find(turnId);
    if (record?.ownerId !== ownerId) {
      throw new DomainError('turn_not_found', 'There is no such turn in your conversations.');
    }
    return record;
  }

  async running(conversationId: string): Promise<TurnRecord | null> {
    return this.turns.findOne({ conversationId, status: 'running' }).lean<TurnRecord>();
  }

  /** Turns that have been running since before the given time, oldest first. */
  async runningSince(before: Date, limit: number): Promise<TurnRecord[]> {
    const filter: QueryFilter<TurnRecord> = { status: 'running', createdAt: { $lt: before } };
    return this.turns.find(filter).sort({ createdAt: 1 }).limit(limit).lean<TurnRecord[]>();
  }

  /** The newest turns before a time, oldest first, and whether there are earlier ones. */
  async page(conversationId: string, query: { limit: number; before?: Date }): Promise<{ turns: Turn[]; more: boolean }> {
    const filter: QueryFilter<TurnRecord> = query.before
      ? { conversationId, createdAt: { $lt: query.before } }
      : { conversationId };
    const records = await this.turns
      .find(filter)
      .sort({ createdAt: -1 })
      .limit(query.limit + 1)
      .lean<TurnRecord[]>();
    return { turns: records.slice(0, query.limit).reverse().map(toTurn), more: records.length > query.limit };
  }

  /**
   * The turn, and what was said before it, oldest first: the newest try of each message that has a reply. Given the
   * conversation, in one read. @throws DomainError turn_not_found
   */
  async getWithHistory(
    turnId: string,
    conversationId: string | undefined,
    limit: number,
  ): Promise<{ turn: TurnRecord; history: { userText: string; replyText: string }[] }> {
    const newest = await this.newest(conversationId ?? (await this.get(turnId)).conversationId, limit * 2);
    const turn = newest.find(({ _id }) => _id === turnId) ?? (await this.get(turnId));
    return { turn, history: historyBefore(turn, newest, limit) };
  }

  private async newest(conversationId: string, limit: number): Promise<TurnRecord[]> {
    return this.turns
      .find({ conversationId }, { provenance: 0, citations: 0 })
      .sort({ createdAt: -1 })
      .limit(limit)
      .lean<TurnRecord[]>();
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

function historyBefore(turn: TurnRecord, newest: TurnRecord[], limit: number): { userText: string; replyText: string }[] {
  const rootOf = (record: TurnRecord): string => record.regenerationOf ?? record._id;
  const seen = new Set([rootOf(turn)]);
  const history = newest.filter((earlier) => {
    const counts = earlier.createdAt < turn.createdAt && earlier.replyText && !seen.has(rootOf(earlier));
    if (counts) seen.add(rootOf(earlier));
    return counts;
  });
  return history
    .slice(0, limit)
    .reverse()
    .map(({ userText, replyText }) => ({ userText, replyText: replyText! }));
}

/** A turn as clients read it. */
export function toTurn(record: TurnRecord): Turn {
  return {
    turnId: record._id,
    conversationId: record.conversationId,
    personaId: record.personaId,
    requestId: record.requestId,
    regenerationOf: record.regenerationOf,
    mode: record.mode,
    format: record.format,
    userText: record.userText,
    status: record.status,
    replyText: record.replyText,
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
  throw new DomainError('request_id_reused', 'This requestId belongs to another message; make a new one for each message.');
}

function inProgress(turnId: string, cause: unknown): DomainError {
  return new DomainError(
    'turn_in_progress',
    'A reply is being made in this conversation; wait for its end or cancel it, then send again.',
    { turnId, cause },
  );
}
