import { randomUUID } from 'node:crypto';
import { DomainError } from '@dramatis/contracts/errors';
import { ingestionWorkflowId } from '@dramatis/contracts/ids';
import type { DocumentState, Ingestion } from '@dramatis/contracts/knowledge';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { insert } from '../insert.js';
import { personaModel, type PersonaRecord } from '../personas/persona-model.js';
import { type IngestionDocumentRecord, ingestionDocumentModel, ingestionModel, type IngestionRecord } from './ingestion-model.js';

export type DiscoveredDocument = Pick<IngestionDocumentRecord, 'ordinal' | 'documentId' | 'title' | 'contentType' | 'objectKey' | 'sha256' | 'state' | 'reason'>;

/**
 * Runs of sources through the pipeline, in MongoDB. A persona has at most one running: two at once would write under the same
 * corpus version.
 */
export class IngestionRepository {
  private readonly ingestions: Model<IngestionRecord>;
  private readonly documentRecords: Model<IngestionDocumentRecord>;
  private readonly personas: Model<PersonaRecord>;

  constructor(connection: Connection) {
    this.personas = personaModel(connection);
    this.ingestions = ingestionModel(connection);
    this.documentRecords = ingestionDocumentModel(connection);
  }

  /** Makes the record of a run, before its workflow starts. @throws DomainError ingestion_in_progress */
  async start(input: { sourceId: string; personaId: string }): Promise<Ingestion> {
    const ingestionId = randomUUID();
    const record: IngestionRecord = {
      ...input,
      _id: ingestionId,
      status: 'running',
      workflowId: ingestionWorkflowId(ingestionId),
      publishedVersion: null,
      targetVersion: null,
      corpusVersion: null,
      failure: null,
      startedAt: new Date(),
      endedAt: null,
    };
    try {
      await insert(this.ingestions, record);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const message = 'An ingestion of this persona is running; wait for its end, or cancel it.';
      throw new DomainError('ingestion_in_progress', message, { cause: error });
    }
    return toIngestion(record, []);
  }

  /** @throws DomainError ingestion_not_found */
  async getRecord(ingestionId: string): Promise<IngestionRecord> {
    const record = await this.ingestions.findById(ingestionId).lean<IngestionRecord>();
    if (!record) throw new DomainError('ingestion_not_found', `There is no ingestion ${ingestionId}.`);
    return record;
  }

  /** With the state of each document that has one. @throws DomainError ingestion_not_found */
  async get(ingestionId: string): Promise<Ingestion> {
    const record = await this.getRecord(ingestionId);
    return toIngestion(record, await this.documents(ingestionId));
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
    if (!persona) throw new DomainError('persona_not_found', `There is no persona ${personaId}.`);
    return persona.corpus.corpusVersion;
  }

  /** The highest version that an ingestion of the persona has published, 0 before the first. */
  async highestPublished(personaId: string): Promise<number> {
    const highest = await this.ingestions
      .findOne({ personaId, status: 'completed' })
      .sort({ corpusVersion: -1 })
      .lean<IngestionRecord>();
    return highest?.corpusVersion ?? 0;
  }

  async setVersions(ingestionId: string, versions: { publishedVersion: number; targetVersion: number }): Promise<void> {
    await this.ingestions.updateOne({ _id: ingestionId }, { $set: versions });
  }

  /** Stores what the run has found. Repeating it changes nothing. */
  async addDocuments(ingestionId: string, documents: readonly DiscoveredDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const operations = documents.map((document) => ({
      updateOne: {
        filter: { _id: `${ingestionId}/${String(document.ordinal).padStart(7, '0')}` },
        update: { $setOnInsert: { ...document, ingestionId, passages: 0 } },
        upsert: true,
      },
    }));
    await this.documentRecords.collection.bulkWrite(operations as never, { ordered: false });
  }

  /** All documents of a run, in order. */
  async documents(ingestionId: string): Promise<IngestionDocumentRecord[]> {
    return this.documentRecords.find({ ingestionId }).sort({ ordinal: 1 }).lean<IngestionDocumentRecord[]>();
  }

  /** Documents of a run after an ordinal that have no state yet, in order. */
  async pendingDocuments(ingestionId: string, page: { afterOrdinal: number; limit: number }): Promise<IngestionDocumentRecord[]> {
    return this.documentRecords
      .find({ ingestionId, state: null, ordinal: { $gt: page.afterOrdinal } })
      .sort({ ordinal: 1 })
      .limit(page.limit)
      .lean<IngestionDocumentRecord[]>();
  }

  /** @throws DomainError not_found */
  async getDocument(ingestionId: string, documentId: string): Promise<IngestionDocumentRecord> {
    const record = await this.documentRecords.findOne({ ingestionId, documentId }).lean<IngestionDocumentRecord>();
    if (!record) throw new DomainError('not_found', `The ingestion ${ingestionId} has no document ${documentId}.`);
    return record;
  }

  async settleDocument(
    ingestionId: string,
    documentId: string,
    outcome: { state: DocumentState; reason?: string; passages?: number },
  ): Promise<void> {
    const { state, reason = null, passages = 0 } = outcome;
    await this.documentRecords.updateOne({ ingestionId, documentId }, { $set: { state, reason, passages } });
  }

  /** Ends a running ingestion; one that has ended stays as it is. Returns whether it was running. */
  async finish(
    ingestionId: string,
    ending: { status: 'completed' | 'failed' | 'cancelled'; corpusVersion?: number; failure?: string },
  ): Promise<boolean> {
    const { status, corpusVersion = null, failure = null } = ending;
    const { modifiedCount } = await this.ingestions.updateOne(
      { _id: ingestionId, status: 'running' },
      { $set: { status, corpusVersion, failure, endedAt: new Date() } },
    );
    return modifiedCount === 1;
  }
}

function toIngestion(record: IngestionRecord, documents: readonly IngestionDocumentRecord[]): Ingestion {
  const { _id, publishedVersion: _published, targetVersion: _target, startedAt, endedAt, ...rest } = record;
  const inState = (state: DocumentState) => documents.filter((document) => document.state === state).length;
  return {
    ingestionId: _id,
    ...rest,
    counts: {
      discovered: documents.length,
      indexed: inState('indexed'),
      unchanged: inState('unchanged'),
      duplicate: inState('duplicate'),
      skipped: inState('skipped'),
      failed: inState('failed'),
      passages: documents.reduce((sum, { passages }) => sum + passages, 0),
    },
    documents: documents.flatMap(({ title, documentId, state, reason }) => (state === null ? [] : [{ title, documentId, state, reason }])),
    startedAt: startedAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
