import { DomainError } from '@dramatis/contracts/errors';
import type { DocumentEnrichment } from '@dramatis/contracts/enrichment';
import { type Corpus, openEnded } from '@dramatis/contracts/knowledge';
import type { Revision } from '@dramatis/contracts/revision';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { inTwoStages } from '../in-two-stages.js';
import { insert } from '../insert.js';
import { broughtAfter, closedAfter, seenBy } from './version-filter.js';

/** What a document said from one corpus version until another, and how it came to be: the middle of a passage's lineage. */
export interface DocumentRevision {
  /** See `revisionIdOf`. */
  _id: string;
  documentId: string;
  personaId: string;
  sourceId: string;
  ingestionId: string;
  title: string;
  /** What the source calls it; a title found in the document itself comes before it. */
  listedTitle: string;
  /** Of a document of the web. */
  url: string | null;
  /** Of the raw bytes, as the source or the server declared it. */
  contentType: string;
  fileName: string | null;
  objectKey: string;
  rawSha256: string;
  /** SHA-256 of the clean text. */
  contentHash: string;
  /** SHA-256 of which headings stand over which part of it. */
  layoutHash: string;
  /** The clean text; passages are slices of it. */
  text: string;
  /** Which headings stand over which part of the text. */
  sections: { headingPath: string[]; start: number; end: number }[];
  words: number;
  passages: number;
  attributes: Record<string, unknown>;
  enrichment: DocumentEnrichment | null;
  /** How a language model has described it, or was found not to: the name of its prompts. Absent or null when none was asked, or none answered. */
  describedBy?: string | null;
  /** Words and phrases with how often they occur, for the statistics of the corpus. */
  terms: { key: string; label: string; count: number }[];
  /** What near duplicates are found by: documents that share a band may be near, and the signature says how near. */
  signature: { minHashes: string; bands: string[] } | null;
  /** Names everything that made passages from the raw bytes: extraction, cleaning, cutting. */
  chunker: string;
  embedder: string;
  /** Whether all its passages are in the index. */
  status: 'writing' | 'complete';
  validFrom: number;
  validTo: number;
  indexedAt: Date;
}

export function documentRevisionModel(connection: Connection): Model<DocumentRevision> {
  const schema = new Schema<DocumentRevision>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'document_revisions' },
  );
  schema.index({ documentId: 1, validTo: 1 });
  schema.index({ personaId: 1, validFrom: 1, validTo: 1 });
  schema.index({ personaId: 1, validTo: 1 });
  schema.index({ sourceId: 1, validTo: 1 });
  // What tells documents apart comes first, here and in the filters: SecantusDB takes the index of a filter's first field, and a
  // persona's would have it look through all of its documents for each one that comes in.
  schema.index({ 'signature.bands': 1, personaId: 1 });
  // Two documents of one run that say the same: the database decides which of them is the duplicate.
  schema.index({ contentHash: 1, personaId: 1, validFrom: 1 }, { name: 'one_revision_of_each_content', unique: true });
  return (
    (connection.models['DocumentRevision'] as Model<DocumentRevision>) ??
    connection.model<DocumentRevision>('DocumentRevision', schema)
  );
}

/** So many documents that may be near are compared; a text that is in more places is found among these. */
const maxNearCandidates = 50;

/** A revision without what may be large. */
export type RevisionHead = Omit<DocumentRevision, 'text' | 'sections' | 'enrichment' | 'terms' | 'signature'>;
const head = { text: 0, sections: 0, enrichment: 0, terms: 0, signature: 0 } as const;

/** Revisions of documents in MongoDB. */
export class DocumentRepository {
  private readonly revisions: Model<DocumentRevision>;

  constructor(connection: Connection) {
    this.revisions = documentRevisionModel(connection);
  }

  async get(revisionId: string): Promise<DocumentRevision | null> {
    return this.revisions.findById(revisionId).lean<DocumentRevision>();
  }

  async getHead(revisionId: string): Promise<RevisionHead | null> {
    return this.revisions.findById(revisionId, head).lean<RevisionHead>();
  }

  /** For readers. @throws DomainError revision_not_found */
  async read(revisionId: string): Promise<Revision> {
    const revision = await this.get(revisionId);
    if (!revision) throw new DomainError('revision_not_found', { id: revisionId });
    return toRevision(revision);
  }

  /** The complete revision that no later version has taken away. */
  async findOpen(documentId: string): Promise<RevisionHead | null> {
    return this.revisions.findOne({ documentId, validTo: openEnded, status: 'complete' }, head).lean<RevisionHead>();
  }

  /** The same for many documents, by document. */
  async findManyOpen(documentIds: readonly string[]): Promise<Map<string, RevisionHead>> {
    const open = { documentId: { $in: [...documentIds] }, validTo: openEnded, status: 'complete' as const };
    const revisions = await this.revisions.find(open, head).lean<RevisionHead[]>();
    return new Map(revisions.map((revision) => [revision.documentId, revision]));
  }

  /** Open revisions of a document that versions before this one brought. */
  async findOpenBefore(documentId: string, corpusVersion: number): Promise<RevisionHead[]> {
    const before = { documentId, validTo: openEnded, validFrom: { $lt: corpusVersion } };
    return this.revisions.find(before, head).lean<RevisionHead[]>();
  }

  /** Complete and open revisions of other documents that say the same. */
  async findOpenByContent(content: { personaId: string; contentHash: string; exceptDocumentId: string }): Promise<RevisionHead[]> {
    const { personaId, contentHash, exceptDocumentId } = content;
    const same = { contentHash, personaId, validTo: openEnded, status: 'complete' as const };
    return this.revisions.find({ ...same, documentId: { $ne: exceptDocumentId } }, head).lean<RevisionHead[]>();
  }

  /** Open revisions of other documents, also unfinished ones, that share a band with the signature. */
  async findOpenByBands(near: { personaId: string; bands: readonly string[]; exceptDocumentId: string }): Promise<(RevisionHead & Pick<DocumentRevision, 'signature'>)[]> {
    const { personaId, bands, exceptDocumentId } = near;
    const candidates = { 'signature.bands': { $in: [...bands] }, personaId, validTo: openEnded, documentId: { $ne: exceptDocumentId } };
    return this.revisions.find(candidates as never, { text: 0, sections: 0, enrichment: 0, terms: 0 }).limit(maxNearCandidates).lean<DocumentRevision[]>();
  }

  /** Complete and open revisions of a source, in order of id. All at once: they are small, and where they are is asked only once. */
  async openOfSource(sourceId: string): Promise<Pick<DocumentRevision, '_id' | 'documentId' | 'validFrom'>[]> {
    return this.revisions.aggregate([
      ...inTwoStages({ sourceId, validTo: openEnded }, { status: 'complete' }),
      { $project: { documentId: 1, validFrom: 1 } },
      { $sort: { _id: 1 } },
    ]);
  }

  async hasOpenOfSource(sourceId: string): Promise<boolean> {
    return (await this.revisions.exists({ sourceId, validTo: openEnded, status: 'complete' })) !== null;
  }

  /**
   * Stores the revision, or finds it stored by an earlier try. When another document of the same run was first with the same
   * content, gives that one's revision.
   */
  async begin(revision: DocumentRevision): Promise<{ begun: true } | { begun: false; duplicateOf: RevisionHead }> {
    try {
      await insert(this.revisions, revision);
      return { begun: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { personaId, contentHash, validFrom } = revision;
      const first = await this.revisions.findOne({ contentHash, personaId, validFrom }, head).lean<RevisionHead>();
      if (!first) throw error;
      return first._id === revision._id ? { begun: true } : { begun: false, duplicateOf: first };
    }
  }

  /** What was found out about a revision, in place of what was known. Its ids and hashes have no part in it. */
  async setEnrichment(revisionId: string, enrichment: DocumentEnrichment, describedBy: string | null): Promise<void> {
    await this.revisions.updateOne({ _id: revisionId }, { $set: { enrichment, describedBy } });
  }

  /** Hashes of what these revisions say and no other revision of the persona does. */
  async contentsOnlyOf(personaId: string, revisionIds: readonly string[]): Promise<string[]> {
    const own = await this.revisions.find({ _id: { $in: [...revisionIds] } }, { contentHash: 1 }).lean<Pick<DocumentRevision, 'contentHash'>[]>();
    const hashes = [...new Set(own.map(({ contentHash }) => contentHash))];
    const others = await this.revisions
      .find({ contentHash: { $in: hashes }, personaId, _id: { $nin: [...revisionIds] } }, { contentHash: 1 })
      .lean<Pick<DocumentRevision, 'contentHash'>[]>();
    const kept = new Set(others.map(({ contentHash }) => contentHash));
    return hashes.filter((hash) => !kept.has(hash));
  }

  async markComplete(revisionId: string): Promise<void> {
    await this.revisions.updateOne({ _id: revisionId }, { $set: { status: 'complete', indexedAt: new Date() } });
  }

  /** Sets the version before which the revisions are seen. */
  async setValidTo(revisionIds: readonly string[], validTo: number): Promise<void> {
    await this.revisions.updateMany({ _id: { $in: [...revisionIds] } }, { $set: { validTo } });
  }

  async delete(revisionIds: readonly string[]): Promise<void> {
    await this.revisions.deleteMany({ _id: { $in: [...revisionIds] } });
  }

  /** Ids of what was written under versions that are not published. */
  async idsBroughtAfter(personaId: string, publishedVersion: number): Promise<string[]> {
    return this.ids({ personaId, ...broughtAfter(publishedVersion) });
  }

  /** Ids of what was closed under versions that are not published. */
  async idsClosedAfter(personaId: string, publishedVersion: number): Promise<string[]> {
    const { validFrom, validTo } = closedAfter(publishedVersion);
    return this.ids({ personaId, validTo }, { validFrom });
  }

  /** Ids of revisions of a version whose passages are not all in the index. */
  async idsUnfinished(personaId: string, validFrom: number): Promise<string[]> {
    return this.ids({ personaId, validFrom }, { status: 'writing' });
  }

  /** How many revisions a version brings and takes away. */
  async changesOf(personaId: string, corpusVersion: number): Promise<{ brought: number; closed: number }> {
    const [brought, closed] = await Promise.all([
      this.ids({ personaId, validFrom: corpusVersion }, { status: 'complete' }),
      this.ids({ personaId, validTo: corpusVersion }),
    ]);
    return { brought: brought.length, closed: closed.length };
  }

  async countAt(personaId: string, corpusVersion: number): Promise<number> {
    return this.revisions.countDocuments({ personaId, status: 'complete', ...seenBy(corpusVersion) });
  }

  /** The revisions that a version of a persona's corpus sees, by title. */
  async headsAt(personaId: string, corpusVersion: number): Promise<RevisionHead[]> {
    return this.revisions.find({ personaId, status: 'complete', ...seenBy(corpusVersion) }, head).sort({ title: 1, _id: 1 }).lean<RevisionHead[]>();
  }

  /** What a version of a persona's corpus holds, by title. */
  async corpusAt(personaId: string, corpusVersion: number): Promise<Corpus> {
    const revisions = await this.headsAt(personaId, corpusVersion);
    return {
      personaId,
      corpusVersion,
      embedder: revisions[0]?.embedder ?? null,
      documents: revisions.map(({ documentId, title, sourceId, passages, words, indexedAt }) => {
        return { documentId, title, sourceId, passages, words, indexedAt: indexedAt.toISOString() };
      }),
      passages: revisions.reduce((sum, { passages }) => sum + passages, 0),
    };
  }

  async deleteOfPersona(personaId: string): Promise<void> {
    await this.revisions.deleteMany({ personaId });
  }

  private async ids(indexed: object, rest: object = {}): Promise<string[]> {
    const records = await this.revisions.aggregate<{ _id: string }>([...inTwoStages(indexed, rest), { $project: { _id: 1 } }]);
    return records.map(({ _id }) => _id);
  }
}

function toRevision(record: DocumentRevision): Revision {
  const { _id, documentId, personaId, sourceId, ingestionId, title, contentType, text, words, passages, attributes } = record;
  const { rawSha256, contentHash, chunker, embedder, validFrom, validTo, indexedAt } = record;
  return {
    revisionId: _id,
    documentId,
    personaId,
    sourceId,
    ingestionId,
    title,
    url: record.url ?? null,
    contentType,
    text,
    sections: (record.sections ?? []).map(({ headingPath, start }) => ({ headingPath, start })),
    words,
    passages,
    attributes,
    // Revisions of before models were asked have neither questions nor failures.
    enrichment: record.enrichment ? { ...record.enrichment, questions: record.enrichment.questions ?? [], modelFailure: record.enrichment.modelFailure ?? null } : null,
    rawSha256,
    contentHash,
    chunker,
    embedder,
    validFrom,
    validTo,
    indexedAt: indexedAt.toISOString(),
  };
}
