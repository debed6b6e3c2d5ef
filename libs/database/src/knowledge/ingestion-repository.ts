import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import { ingestionWorkflowId } from '@dramatis/contracts/ids';
import type { Ingestion, IngestionPage, IngestionQuery, IngestionStage, IngestionSummary, IngestionTrigger } from '@dramatis/contracts/ingestion';
import type { Publishing } from '@dramatis/contracts/source';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { personaModel, type PersonaRecord } from '../personas/persona-model.js';
import { IngestionDocumentRepository } from './ingestion-document-repository.js';
import { ingestionModel, type IngestionRecord } from './ingestion-model.js';

export interface NewIngestion {
  sourceId: string;
  personaId: string;
  sourceName?: string;
  trigger?: IngestionTrigger;
  retryOf?: string | null;
  publish?: Publishing;
}

export interface IngestionEnding {
  status: 'completed' | 'failed' | 'cancelled';
  corpusVersion?: number;
  failure?: string;
  /** The same as a stable code. */
  failureCode?: string;
}

/**
 * Runs of sources through the pipeline, in MongoDB. A persona has at most one running: two at once would write under the same
 * corpus version.
 */
export class IngestionRepository {
  /** The documents of runs. */
  readonly documents: IngestionDocumentRepository;
  private readonly ingestions: Model<IngestionRecord>;
  private readonly personas: Model<PersonaRecord>;

  constructor(connection: Connection) {
    this.personas = personaModel(connection);
    this.ingestions = ingestionModel(connection);
    this.documents = new IngestionDocumentRepository(connection);
  }

  /** Makes the record of a run, before its workflow starts. @throws DomainError ingestion_in_progress */
  async start(input: NewIngestion): Promise<IngestionSummary> {
    const ingestionId = randomUUID();
    const record: IngestionRecord = {
      sourceName: '',
      trigger: 'manual',
      retryOf: null,
      publish: 'automatic',
      ...input,
      _id: ingestionId,
      status: 'running',
      stage: 'waiting',
      paused: false,
      workflowId: ingestionWorkflowId(ingestionId),
      publishedVersion: null,
      targetVersion: null,
      builtVersion: null,
      built: null,
      corpusVersion: null,
      failure: null,
      failureCode: null,
      startedAt: new Date(),
      endedAt: null,
    };
    try {
      await insert(this.ingestions, record);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      throw new DomainError('ingestion_in_progress', {}, { cause: error });
    }
    return toSummary(record);
  }

  /** @throws DomainError ingestion_not_found */
  async getRecord(ingestionId: string): Promise<IngestionRecord> {
    const record = await this.ingestions.findById(ingestionId).lean<IngestionRecord>();
    if (!record) throw new DomainError('ingestion_not_found', { id: ingestionId });
    return record;
  }

  /** @throws DomainError ingestion_not_found */
  async get(ingestionId: string): Promise<Ingestion> {
    return this.toIngestion(await this.getRecord(ingestionId));
  }

  /** Newest first. */
  async list(query: IngestionQuery): Promise<IngestionPage> {
    const { limit, offset, ...filter } = query;
    const [records, total] = await Promise.all([
      this.ingestions.find(filter).sort({ startedAt: -1, _id: 1 }).skip(offset).limit(limit).lean<IngestionRecord[]>(),
      this.ingestions.countDocuments(filter),
    ]);
    return { items: await Promise.all(records.map((record) => this.toIngestion(record))), total, limit, offset };
  }

  async summaries(ingestionIds: readonly string[]): Promise<Map<string, IngestionSummary>> {
    const records = await this.ingestions.find({ _id: { $in: [...ingestionIds] } }).lean<IngestionRecord[]>();
    return new Map(records.map((record) => [record._id, toSummary(record)]));
  }

  /** The source's last full run and the retries that came after it, oldest first: together they know each document of the source. */
  async lastOfSource(sourceId: string): Promise<IngestionRecord[]> {
    const full = await this.ingestions.findOne({ sourceId, trigger: { $ne: 'retry' } }).sort({ startedAt: -1 }).lean<IngestionRecord>();
    if (!full) return [];
    const later = { sourceId, trigger: 'retry' as const, startedAt: { $gte: full.startedAt } };
    return [full, ...(await this.ingestions.find(later).sort({ startedAt: 1 }).lean<IngestionRecord[]>())];
  }

  /** The persona's running ingestion, or null. */
  async findRunning(personaId: string): Promise<IngestionRecord | null> {
    return this.ingestions.findOne({ personaId, status: 'running' }).lean<IngestionRecord>();
  }

  /**
   * The version that the persona publishes now, read from the database itself: an ingestion takes back what lies beyond it, and
   * what a cache remembers may be behind. @throws DomainError persona_not_found
   */
  async publishedVersion(personaId: string): Promise<number> {
    const persona = await this.personas.findById(personaId, { 'corpus.corpusVersion': 1 }).lean<Pick<PersonaRecord, 'corpus'>>();
    if (!persona) throw new DomainError('persona_not_found', { personaId });
    return persona.corpus.corpusVersion;
  }

  /** The highest version that an ingestion of the persona has built or published, 0 before the first. */
  async highestBuilt(personaId: string): Promise<number> {
    const highestBy = async (field: 'builtVersion' | 'corpusVersion'): Promise<number> => {
      const highest = await this.ingestions.findOne({ personaId }, { [field]: 1 }).sort({ [field]: -1 }).lean<IngestionRecord>();
      return highest?.[field] ?? 0;
    };
    return Math.max(await highestBy('builtVersion'), await highestBy('corpusVersion'));
  }

  async setVersions(ingestionId: string, versions: { publishedVersion: number; targetVersion: number }): Promise<void> {
    await this.ingestions.updateOne({ _id: ingestionId }, { $set: versions });
  }

  async setStage(ingestionId: string, stage: IngestionStage): Promise<void> {
    await this.ingestions.updateOne({ _id: ingestionId, status: 'running' }, { $set: { stage } });
  }

  async setPaused(ingestionId: string, paused: boolean): Promise<void> {
    await this.ingestions.updateOne({ _id: ingestionId, status: 'running' }, { $set: { paused } });
  }

  async setBuilt(ingestionId: string, builtVersion: number, built: { documents: number; passages: number }): Promise<void> {
    await this.ingestions.updateOne({ _id: ingestionId }, { $set: { builtVersion, built } });
  }

  /** Says of the run that built a version that the version is published, and with it those that waited below it. */
  async markPublished(personaId: string, corpusVersion: number): Promise<void> {
    await this.ingestions.updateMany(
      { personaId, status: 'completed', publish: 'manual', corpusVersion: null, builtVersion: { $ne: null, $lte: corpusVersion } },
      { $set: { corpusVersion } },
    );
  }

  /** Ends a running ingestion; one that has ended stays as it is. Returns whether it was running. */
  async finish(ingestionId: string, ending: IngestionEnding): Promise<boolean> {
    const { status, corpusVersion = null, failure = null, failureCode = null } = ending;
    const { modifiedCount } = await this.ingestions.updateOne(
      { _id: ingestionId, status: 'running' },
      { $set: { status, stage: 'ended', paused: false, corpusVersion, failure, failureCode, endedAt: new Date() } },
    );
    return modifiedCount === 1;
  }

  /** Removes all runs of a persona with their documents. */
  async deleteOfPersona(personaId: string): Promise<void> {
    const records = await this.ingestions.find({ personaId }, { _id: 1 }).lean<{ _id: string }[]>();
    for (const { _id } of records) await this.documents.deleteOfIngestion(_id);
    await this.ingestions.deleteMany({ personaId });
  }

  private async toIngestion(record: IngestionRecord): Promise<Ingestion> {
    const { stage = record.endedAt === null ? 'processing' : 'ended', sourceName = '' } = record;
    return { ...toSummary(record), sourceName, stage, counts: await this.documents.counts(record._id) };
  }
}

export function toSummary(record: IngestionRecord): IngestionSummary {
  const { _id, sourceId, personaId, status, workflowId, corpusVersion, failure, failureCode = null, startedAt, endedAt } = record;
  return {
    ingestionId: _id,
    sourceId,
    personaId,
    status,
    paused: record.paused ?? false,
    trigger: record.trigger ?? 'manual',
    retryOf: record.retryOf ?? null,
    workflowId,
    publish: record.publish ?? 'automatic',
    builtVersion: record.builtVersion ?? null,
    corpusVersion,
    failure,
    failureCode,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
