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

/** What was fetched. */
export type FetchedFields = Pick<IngestionDocumentRecord, 'contentType' | 'objectKey' | 'sha256' | 'bytes' | 'fileName'>;

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
    return this.records
      .find({ ingestionId, state: null, ...(except.length === 0 ? {} : { entryId: { $nin: [...except] } }) }, { timeline: 0 })
      .sort({ ordinal: 1, _id: 1 })
      .limit(limit)
      .lean<IngestionDocumentRecord[]>();
  }

  /** Aliases included: an address is one thing the crawl has seen. */
  async countEntries(ingestionId: string): Promise<number> {
    return this.records.countDocuments({ ingestionId });
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
    const groups = await this.records.aggregate<{ _id: string | null; documents: number; passages: number }>([
      { $match: { ingestionId } },
      { $group: { _id: '$state', documents: { $sum: 1 }, passages: { $sum: '$passages' } } },
    ]);
    const counts: IngestionCounts = { discovered: 0, indexed: 0, unchanged: 0, duplicate: 0, skipped: 0, failed: 0, passages: 0 };
    for (const { _id: state, documents, passages } of groups) {
      if (state === 'alias') continue;
      counts.discovered += documents;
      counts.passages += passages;
      if (state !== null) counts[state as DocumentState] += documents;
    }
    return counts;
  }

  /** Documents whose work has begun and not ended. */
  async inFlight(ingestionId: string, limit: number): Promise<IngestionProgress['inFlight']> {
    const records = await this.records
      .find({ ingestionId, state: null, step: { $ne: null } }, { documentId: 1, title: 1, startedAt: 1, discoveredAt: 1 })
      .limit(limit)
      .lean<(IngestionDocumentRecord & { startedAt?: Date })[]>();
    return records.map(({ documentId, title, startedAt, discoveredAt }) => ({ documentId, title, since: (startedAt ?? discoveredAt).toISOString() }));
  }

  /** How many documents have ended since a time. */
  async endedSince(ingestionId: string, since: Date): Promise<number> {
    return this.records.countDocuments({ ingestionId, endedAt: { $gte: since } });
  }

  /** @throws DomainError document_not_found */
  async get(ref: DocumentRef): Promise<IngestionDocumentRecord> {
    const record = await this.records.findById(idOf(ref)).lean<IngestionDocumentRecord>();
    if (!record) throw new DomainError('document_not_found', `The ingestion ${ref.ingestionId} has no entry ${ref.entryId}.`);
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
    const wanted: Record<string, unknown> = { ingestionId: { $in: [...ingestionIds] }, ...isDocument };
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

  /** Notes that a step has begun. */
  async beginStep(ref: DocumentRef, step: DocumentStep): Promise<void> {
    await this.records.collection.updateOne({ _id: idOf(ref) as never, state: null }, { $set: { step, startedAt: new Date() } });
  }

  /** Adds to what has happened to the document, and sets fields. */
  async record(ref: DocumentRef, fields: Partial<FetchedFields & Pick<IngestionDocumentRecord, 'title' | 'warnings' | 'step'>>, timeline: readonly TimelineEntry[] = []): Promise<void> {
    await this.records.collection.updateOne({ _id: idOf(ref) as never }, {
      ...(Object.keys(fields).length === 0 ? {} : { $set: fields }),
      ...(timeline.length === 0 ? {} : { $push: { timeline: { $each: [...timeline] } } }),
    } as never);
  }

  async settle(ref: DocumentRef, outcome: DocumentOutcome): Promise<void> {
    const { state, reason = null, code = null, passages = 0, revisionId = null, duplicateOf = null } = outcome;
    const fields = { state, reason, code, passages, revisionId, duplicateOf, endedAt: new Date() };
    await this.records.updateOne({ _id: idOf(ref) }, { $set: fields });
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
