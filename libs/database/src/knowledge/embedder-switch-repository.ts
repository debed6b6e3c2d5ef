import { randomUUID } from 'node:crypto';
import { type EmbedderSwitch, embedderSwitchWorkflowId } from '@dramatis/contracts/embedder';
import { DomainError } from '@dramatis/contracts/errors';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { ingestionModel } from './ingestion-model.js';

export interface EmbedderSwitchRecord {
  _id: string;
  personaId: string;
  workflowId: string;
  from: string | null;
  to: string;
  status: EmbedderSwitch['status'];
  stage: EmbedderSwitch['stage'];
  passages: number;
  embedded: number;
  failure: string | null;
  startedAt: Date;
  endedAt: Date | null;
}

export function embedderSwitchModel(connection: Connection): Model<EmbedderSwitchRecord> {
  const schema = new Schema<EmbedderSwitchRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'embedder_switches' },
  );
  schema.index({ personaId: 1, startedAt: -1 });
  return (
    (connection.models['EmbedderSwitch'] as Model<EmbedderSwitchRecord>) ??
    connection.model<EmbedderSwitchRecord>('EmbedderSwitch', schema)
  );
}

/** What stands among the ingestions while a switch runs. */
const guardKind = 'embedder_switch';

/**
 * Switches of personas from one embedder to another, in MongoDB. While one runs, a record among the ingestions holds the place of the
 * persona's one running ingestion: the same unique index keeps both apart, whoever comes first.
 */
export class EmbedderSwitchRepository {
  private readonly switches: Model<EmbedderSwitchRecord>;
  private readonly guards: { insertOne(record: object): Promise<unknown>; deleteOne(filter: object): Promise<unknown> };

  constructor(connection: Connection) {
    this.switches = embedderSwitchModel(connection);
    const { collection } = ingestionModel(connection);
    this.guards = {
      insertOne: (record) => collection.insertOne(record),
      deleteOne: (filter) => collection.deleteOne(filter),
    };
  }

  /** Makes the record of a switch, before its workflow starts. @throws DomainError ingestion_in_progress */
  async start(input: { personaId: string; from: string | null; to: string }): Promise<EmbedderSwitch> {
    const switchId = randomUUID();
    const record: EmbedderSwitchRecord = {
      ...input,
      _id: switchId,
      workflowId: embedderSwitchWorkflowId(switchId),
      status: 'running',
      stage: 'embedding',
      passages: 0,
      embedded: 0,
      failure: null,
      startedAt: new Date(),
      endedAt: null,
    };
    const { personaId, workflowId, startedAt } = record;
    try {
      await this.guards.insertOne({ _id: switchId, kind: guardKind, personaId, workflowId, status: 'running', startedAt, sourceId: '', endedAt: null });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('ingestion_in_progress.or_switch', {}, { cause: error });
    }
    await insert(this.switches, record);
    return toEmbedderSwitch(record);
  }

  /** @throws DomainError not_found */
  async get(switchId: string): Promise<EmbedderSwitchRecord> {
    const record = await this.switches.findById(switchId).lean<EmbedderSwitchRecord>();
    if (!record) throw new DomainError('not_found.switch', { id: switchId });
    return record;
  }

  /** The newest of a persona, or null. */
  async findLast(personaId: string): Promise<EmbedderSwitch | null> {
    const record = await this.switches.findOne({ personaId }).sort({ startedAt: -1 }).lean<EmbedderSwitchRecord>();
    return record && toEmbedderSwitch(record);
  }

  async report(switchId: string, progress: Partial<Pick<EmbedderSwitchRecord, 'from' | 'passages' | 'embedded' | 'stage'>>): Promise<void> {
    await this.switches.updateOne({ _id: switchId, status: 'running' }, { $set: progress });
  }

  /** Ends a running switch, and lets ingestions of the persona begin again. Repeating it changes nothing. */
  async finish(switchId: string, ending: { status: 'completed' | 'cancelled' | 'failed'; failure?: string }): Promise<void> {
    const { status, failure = null } = ending;
    const ended = { status, failure, stage: 'ended' as const, endedAt: new Date() };
    await this.switches.updateOne({ _id: switchId, status: 'running' }, { $set: ended });
    await this.guards.deleteOne({ _id: switchId, kind: guardKind });
  }
}

function toEmbedderSwitch({ _id, startedAt, endedAt, ...rest }: EmbedderSwitchRecord): EmbedderSwitch {
  return { switchId: _id, ...rest, startedAt: startedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
}
