import { DomainError } from '@dramatis/contracts/errors';
import type {
  DocumentPage,
  DocumentQuery,
  DocumentState,
  DocumentStep,
  IngestedDocument,
  IngestionCounts,
  IngestionProgress,
  TimelineEntry,
} from '@dramatis/contracts/ingestion';
import type { Connection, Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { inTwoStages } from '../in-two-stages.js';
import { insert } from '../insert.js';
import { containing } from '../text-match.js';
import { type IngestionDocumentRecord, ingestionDocumentModel } from './ingestion-model.js';

/** What is known of a document when it is found. */
export type DiscoveredDocument = Pick<IngestionDocumentRecord, 'entryId' | 'ordinal' | 'title'> &
  Partial<
    Pick<
      IngestionDocumentRecord,
      'documentId' | 'depth' | 'url' | 'fileName' | 'foundOn' | 'contentType' | 'objectKey' | 'sha256' | 'bytes' | 'state' | 'reason' | 'code' | 'duplicateOf'
    >
  >;

export interface DocumentOutcome {
  state: DocumentState;
  reason?: string;
  code?: string;
  passages?: number;
  revisionId?: string;
  duplicateOf?: { documentId: string; title: string };
}

export interface DocumentRef {
  ingestionId: string;
  entryId: string;
}

/** What is found out about a document on its way. */
export type DocumentFields = Partial<Pick<IngestionDocumentRecord, 'contentType' | 'objectKey' | 'sha256' | 'bytes' | 'fileName' | 'title' | 'warnings' | 'step'>>;

/** What one piece of work on a document leaves behind. */
export interface DocumentNews {
  fields?: DocumentFields;
  /** What has happened, after what had happened before. */
  timeline?: readonly TimelineEntry[];
  /** The end of the document, if it is that. */
  outcome?: DocumentOutcome;
}

const idOf = ({ ingestionId, entryId }: DocumentRef): string => `${ingestionId}/${entryId}`;
const isDocument = { state: { $ne: 'alias' as const } };

/** What each run knows of each of its documents, in MongoDB. For a crawl it is the frontier too: an address is in a run once. */
export class IngestionDocumentRepository {
  private readonly records: Model<IngestionDocumentRecord>;

  constructor(connection: Connection) {
    this.records = ingestionDocumentModel(connection);
  }

  /** Stores what the run has found; what it knows already stays as it is. Returns how many are new. */
  async add(ingestionId: string, sourceId: string, documents: readonly DiscoveredDocument[]): Promise<number> {
    if (documents.length === 0) return 0;
    const now = new Date();
    const operations = documents.map((document) => ({
      updateOne: {
        filter: { _id: idOf({ ingestionId, entryId: document.entryId }) },
        update: { $setOnInsert: newRecord(ingestionId, sourceId, document, now) },
        upsert: true,
      },
    }));
    const { upsertedCount } = await this.records.collection.bulkWrite(operations as never, { ordered: false });
    return upsertedCount;
  }

  /**
   * Says that the entry is the document of another address. When the run has that address already, gives the entry that it
   * belongs to, and changes nothing.
   */
  async resolveTo(ref: DocumentRef, to: { documentId: string; url: string }): Promise<IngestionDocumentRecord | null> {
    const record = await this.get(ref);
    if (record.documentId === to.documentId) return null;
    const alias = newRecord(ref.ingestionId, record.sourceId, { entryId: to.documentId, ordinal: record.ordinal, title: to.url, url: to.url, state: 'alias' }, new Date());
    try {
      await insert(this.records, { _id: idOf({ ...ref, entryId: to.documentId }), ...alias, aliasOf: ref.entryId });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const there = await this.get({ ...ref, entryId: to.documentId });
      const owner = there.aliasOf === null ? there : await this.get({ ...ref, entryId: there.aliasOf });
      if (owner.entryId !== ref.entryId) return owner;
    }
    await this.records.updateOne({ _id: idOf(ref) }, { $set: { documentId: to.documentId, url: to.url } });
    return null;
  }

  /** Documents without a state that are not among those on their way, in order. */
  async pending(ingestionId: string, page: { limit: number; except?: readonly string[] }): Promise<IngestionDocumentRecord[]> {
    const { limit, except = [] } = page;
    // Those on their way are few and come first: left out here, since a condition on them would keep SecantusDB from the index.
    const records = await this.records
      .find({ ingestionId, state: null }, { timeline: 0 })
      .sort({ ordinal: 1, _id: 1 })
      .limit(limit + except.length)
      .lean<IngestionDocumentRecord[]>();
    return records.filter(({ entryId }) => !except.includes(entryId)).slice(0, limit);
  }

  /** How many documents the run has, in whatever state. */
  async countDocuments(ingestionId: string): Promise<number> {
    return this.records.countDocuments({ ingestionId, ...isDocument });
  }

  /**
   * Removes what was found beyond the most documents that a run brings in, as if it had never been found: the last in order, none that
   * is on its way, and none that another address was found to lead to. Returns how many.
   */
  async removeBeyond(ingestionId: string, { most, except = [] }: { most: number; except?: readonly string[] }): Promise<number> {
    const documents = await this.countDocuments(ingestionId);
    const excess = documents - most;
    if (excess <= 0) return 0;
    const waiting = await this.pending(ingestionId, { limit: documents, except });
    const duplicates = await this.records.find({ ingestionId, state: 'duplicate' }, { duplicateOf: 1 }).lean<Pick<IngestionDocumentRecord, 'duplicateOf'>[]>();
    const needed = new Set(duplicates.map(({ duplicateOf }) => duplicateOf?.documentId));
    const last = waiting.filter(({ documentId }) => !needed.has(documentId)).slice(-excess);
    const { deletedCount } = await this.records.deleteMany({ _id: { $in: last.map(({ _id }) => _id) }, state: null });
    return deletedCount;
  }

  /** Which of the entries some of the runs have. */
  async knownEntries(ingestionIds: readonly string[], entryIds: readonly string[]): Promise<Set<string>> {
    const ids = ingestionIds.flatMap((ingestionId) => entryIds.map((entryId) => idOf({ ingestionId, entryId })));
    const records = await this.records.find({ _id: { $in: ids } }, { entryId: 1 }).lean<Pick<IngestionDocumentRecord, 'entryId'>[]>();
    return new Set(records.map(({ entryId }) => entryId));
  }

  async countPending(ingestionId: string): Promise<number> {
    return this.records.countDocuments({ ingestionId, state: null });
  }

  async counts(ingestionId: string): Promise<IngestionCounts> {
    return (await this.tally(ingestionId, new Date())).counts;
  }

  /** The counts, and how many documents have ended since a time. */
  async tally(ingestionId: string, since: Date): Promise<{ counts: IngestionCounts; ended: number }> {
    const groups = await this.records.aggregate<{ _id: string | null; documents: number; passages: number; ended: number }>([
      { $match: { ingestionId } },
      {
        $group: {
          _id: '$state',
          documents: { $sum: 1 },
          passages: { $sum: '$passages' },
          ended: { $sum: { $cond: [{ $gte: ['$endedAt', since] }, 1, 0] } },
        },
      },
    ]);
    const counts: IngestionCounts = { discovered: 0, indexed: 0, unchanged: 0, duplicate: 0, skipped: 0, failed: 0, passages: 0 };
    let endedSince = 0;
    for (const { _id: state, documents, passages, ended } of groups) {
      if (state === 'alias') continue;
      counts.discovered += documents;
      counts.passages += passages;
      endedSince += ended;
      if (state !== null) counts[state as DocumentState] += documents;
    }
    return { counts, ended: endedSince };
  }

  /** Documents whose work has begun and not ended. */
  async inFlight(ingestionId: string, limit: number): Promise<IngestionProgress['inFlight']> {
    const records = await this.records.aggregate<IngestionDocumentRecord & { startedAt?: Date }>([
      ...inTwoStages({ ingestionId, state: null }, { step: { $ne: null } }),
      { $limit: limit },
      { $project: { documentId: 1, title: 1, startedAt: 1, discoveredAt: 1 } },
    ]);
    return records.map(({ documentId, title, startedAt, discoveredAt }) => ({ documentId, title, since: (startedAt ?? discoveredAt).toISOString() }));
  }

  /** @throws DomainError document_not_found */
  async get(ref: DocumentRef): Promise<IngestionDocumentRecord> {
    const record = await this.records.findById(idOf(ref)).lean<IngestionDocumentRecord>();
    if (!record) throw new DomainError('document_not_found.in_ingestion', { ingestion: ref.ingestionId, id: ref.entryId });
    return record;
  }

  async findByDocument(ingestionId: string, documentId: string): Promise<IngestionDocumentRecord | null> {
    return this.records.findOne({ documentId, ingestionId, ...isDocument }).lean<IngestionDocumentRecord>();
  }

  /** Which of the documents the run lists, other than as a duplicate. */
  async listed(ingestionId: string, documentIds: readonly string[]): Promise<Set<string>> {
    const wanted = { documentId: { $in: [...documentIds] }, ingestionId, state: { $nin: ['alias', 'duplicate'] as const } };
    const records = await this.records.find(wanted as never, { documentId: 1 }).lean<Pick<IngestionDocumentRecord, 'documentId'>[]>();
    return new Set(records.map(({ documentId }) => documentId));
  }

  /** A page of the documents of some runs, without those that a later run has taken up again. */
  async page(ingestionIds: readonly string[], query: DocumentQuery): Promise<DocumentPage> {
    const { state, text, limit, offset } = query;
    // One run by itself, so that SecantusDB takes the index of run and state.
    const ofRuns = ingestionIds.length === 1 ? ingestionIds[0] : { $in: [...ingestionIds] };
    const wanted: Record<string, unknown> = { ingestionId: ofRuns, ...isDocument };
    if (ingestionIds.length > 1) wanted['retriedBy'] = null;
    if (state !== undefined) wanted['state'] = state === 'pending' ? null : state;
    if (text) {
      const match = containing(text);
      wanted['$or'] = [{ title: match }, { url: match }, { fileName: match }];
    }
    const [records, total] = await Promise.all([
      this.records.find(wanted).sort({ ordinal: 1, _id: 1 }).skip(offset).limit(limit).lean<IngestionDocumentRecord[]>(),
      this.records.countDocuments(wanted),
    ]);
    return { items: records.map(toIngestedDocument), total, limit, offset };
  }

  /** The first documents in a state, in order. */
  async inState(ingestionId: string, state: DocumentState, page: { limit: number; afterId?: string }): Promise<IngestionDocumentRecord[]> {
    const after = page.afterId === undefined ? {} : { _id: { $gt: page.afterId } };
    return this.records.find({ ingestionId, state, ...after }).sort({ _id: 1 }).limit(page.limit).lean<IngestionDocumentRecord[]>();
  }

  /** Notes that a step has begun, unless the step before has noted that it comes next. */
  async beginStep(ref: DocumentRef, step: DocumentStep): Promise<void> {
    await this.records.collection.updateOne({ _id: idOf(ref) as never, state: null, step: { $ne: step } }, { $set: begun(step) });
  }

  /** Stores what work on the document has brought, all at once; `next` is the step that follows. */
  async record(ref: DocumentRef, { fields = {}, timeline = [], outcome }: DocumentNews, next?: DocumentStep): Promise<void> {
    const changes = { ...fields, ...(next === undefined ? {} : begun(next)), ...(outcome === undefined ? {} : ended(outcome)) };
    const update = {
      ...(Object.keys(changes).length === 0 ? {} : { $set: changes }),
      ...(timeline.length === 0 ? {} : { $push: { timeline: { $each: [...timeline] } } }),
    };
    if (Object.keys(update).length > 0) await this.records.collection.updateOne({ _id: idOf(ref) as never }, update as never);
  }

  async settle(ref: DocumentRef, outcome: DocumentOutcome): Promise<void> {
    await this.record(ref, { outcome });
  }

  /** Settles many at once that need no work. */
  async settleMany(outcomes: readonly (DocumentOutcome & DocumentRef)[]): Promise<void> {
    if (outcomes.length === 0) return;
    const endedAt = new Date();
    const operations = outcomes.map(({ ingestionId, entryId, state, reason = null, code = null, revisionId = null, duplicateOf = null }) => ({
      updateOne: {
        filter: { _id: idOf({ ingestionId, entryId }), state: null },
        update: { $set: { state, reason, code, revisionId, duplicateOf, passages: 0, endedAt } },
      },
    }));
    await this.records.collection.bulkWrite(operations as never, { ordered: false });
  }

  /** Settles all that have no state. */
  async settlePending(ingestionId: string, outcome: DocumentOutcome): Promise<number> {
    const { state, reason = null, code = null } = outcome;
    const { modifiedCount } = await this.records.updateMany({ ingestionId, state: null }, { $set: { state, reason, code, endedAt: new Date() } });
    return modifiedCount;
  }

  /** Says which run has taken up the documents that failed in this one. */
  async markRetried(ingestionId: string, documentIds: readonly string[], retriedBy: string): Promise<void> {
    await this.records.updateMany({ documentId: { $in: [...documentIds] }, ingestionId, state: 'failed' }, { $set: { retriedBy } });
  }

  async deleteOfIngestion(ingestionId: string): Promise<void> {
    await this.records.deleteMany({ ingestionId });
  }
}

function begun(step: DocumentStep): { step: DocumentStep; startedAt: Date } {
  return { step, startedAt: new Date() };
}

function ended(outcome: DocumentOutcome): Partial<IngestionDocumentRecord> {
  const { state, reason, code, passages = 0, revisionId, duplicateOf } = outcome;
  return { state, reason: reason ?? null, code: code ?? null, passages, revisionId: revisionId ?? null, duplicateOf: duplicateOf ?? null, endedAt: new Date() };
}

function newRecord(ingestionId: string, sourceId: string, found: DiscoveredDocument, discoveredAt: Date): Omit<IngestionDocumentRecord, '_id'> {
  return {
    ingestionId,
    sourceId,
    documentId: found.entryId,
    depth: 0,
    url: null,
    fileName: null,
    foundOn: null,
    contentType: null,
    objectKey: null,
    sha256: null,
    bytes: null,
    state: null,
    aliasOf: null,
    step: null,
    reason: null,
    code: null,
    duplicateOf: null,
    passages: 0,
    revisionId: null,
    warnings: [],
    timeline: [],
    retriedBy: null,
    discoveredAt,
    endedAt: found.state ? discoveredAt : null,
    ...found,
  };
}

export function toIngestedDocument(record: IngestionDocumentRecord): IngestedDocument {
  const { documentId, ingestionId, sourceId, title, url, fileName, contentType, bytes, step, reason, code, passages, revisionId } = record;
  return {
    documentId,
    ingestionId,
    sourceId,
    title,
    url,
    fileName,
    contentType,
    bytes,
    state: record.state === 'alias' ? null : record.state,
    step,
    reason,
    code,
    attempts: Math.max(0, ...record.timeline.map(({ attempt }) => attempt)),
    passages,
    revisionId,
    discoveredAt: record.discoveredAt.toISOString(),
    endedAt: record.endedAt?.toISOString() ?? null,
  };
}
