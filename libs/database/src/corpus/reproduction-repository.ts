import { randomUUID } from 'node:crypto';
import { corpusWorkflowId } from '@dramatis/contracts/corpus-workflow-id';
import { DomainError } from '@dramatis/contracts/errors';
import type { Reproduction, ReproductionDifference } from '@dramatis/contracts/lineage';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

type ReproductionCounts = Pick<Reproduction, 'documents' | 'passages'>;

export interface ReproductionRecord extends Omit<Reproduction, 'reproductionId' | 'differences' | 'differencesLeftOut' | 'startedAt' | 'endedAt'> {
  _id: string;
  differenceCount: number;
  startedAt: Date;
  endedAt: Date | null;
}

interface DifferenceRecord extends ReproductionDifference {
  /** `<reproductionId>/<revisionId>/<place>`: a repeated step writes the same ones. */
  _id: string;
  reproductionId: string;
}

export interface ReproductionEnding extends ReproductionCounts {
  status: 'identical' | 'different' | 'failed';
  differenceCount: number;
  rebuiltHash: string | null;
  recordedHash: string | null;
  failure?: string;
}

/** Differences that are shown; all of them are counted. */
export const keptDifferences = 500;

const options = { versionKey: false, strict: false, minimize: false } as const;

function reproductionModel(connection: Connection): Model<ReproductionRecord> {
  const schema = new Schema<ReproductionRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'reproductions' });
  schema.index({ personaId: 1, startedAt: -1 });
  return (connection.models['Reproduction'] as Model<ReproductionRecord>) ?? connection.model<ReproductionRecord>('Reproduction', schema);
}

function differenceModel(connection: Connection): Model<DifferenceRecord> {
  const schema = new Schema<DifferenceRecord>({ _id: { type: String, required: true } }, { ...options, collection: 'reproduction_differences' });
  schema.index({ reproductionId: 1 });
  return (
    (connection.models['ReproductionDifference'] as Model<DifferenceRecord>) ??
    connection.model<DifferenceRecord>('ReproductionDifference', schema)
  );
}

/** Versions that were made again from their raw objects, and how they compared, in MongoDB. */
export class ReproductionRepository {
  private readonly reproductions: Model<ReproductionRecord>;
  private readonly differences: Model<DifferenceRecord>;

  constructor(connection: Connection) {
    this.reproductions = reproductionModel(connection);
    this.differences = differenceModel(connection);
  }

  /** Makes the record, before its workflow starts. */
  async start(personaId: string, version: number): Promise<ReproductionRecord> {
    const _id = randomUUID();
    const none = { total: 0, identical: 0, different: 0 };
    const record: ReproductionRecord = {
      _id,
      personaId,
      version,
      workflowId: corpusWorkflowId('reproduce', personaId, _id),
      status: 'running',
      documents: none,
      passages: none,
      differenceCount: 0,
      rebuiltHash: null,
      recordedHash: null,
      failure: null,
      startedAt: new Date(),
      endedAt: null,
    };
    await insert(this.reproductions, record);
    return record;
  }

  /** @throws DomainError reproduction_not_found */
  async get(personaId: string, reproductionId: string): Promise<Reproduction> {
    const record = await this.reproductions.findOne({ _id: reproductionId, personaId }).lean<ReproductionRecord>();
    if (!record) throw new DomainError('reproduction_not_found', { id: reproductionId });
    const kept = await this.differences.find({ reproductionId }).sort({ _id: 1 }).limit(keptDifferences).lean<DifferenceRecord[]>();
    const { _id, differenceCount, startedAt, endedAt, ...rest } = record;
    return {
      ...rest,
      reproductionId,
      differences: kept.map(({ _id: _key, reproductionId: _of, ...difference }) => difference),
      differencesLeftOut: Math.max(0, differenceCount - kept.length),
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    };
  }

  /** Keeps differences of a revision. Repeating it changes nothing. */
  async keep(reproductionId: string, revisionId: string, differences: readonly ReproductionDifference[]): Promise<void> {
    if (differences.length === 0) return;
    const operations = differences.map((difference, place) => {
      const _id = `${reproductionId}/${revisionId}/${String(place).padStart(6, '0')}`;
      return { replaceOne: { filter: { _id }, replacement: { ...difference, reproductionId }, upsert: true } };
    });
    await this.differences.collection.bulkWrite(operations as never, { ordered: false });
  }

  /** Ends a running one; one that has ended stays as it is. */
  async finish(reproductionId: string, { failure, ...ending }: ReproductionEnding): Promise<void> {
    await this.reproductions.updateOne(
      { _id: reproductionId, status: 'running' },
      { $set: { ...ending, failure: failure ?? null, endedAt: new Date() } },
    );
  }

  /** Ends one whose workflow did not start. */
  async fail(reproductionId: string, failure: string): Promise<void> {
    await this.reproductions.updateOne({ _id: reproductionId, status: 'running' }, { $set: { status: 'failed', failure, endedAt: new Date() } });
  }
}
