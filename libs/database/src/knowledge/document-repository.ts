import { type Corpus, type DocumentContentType, openEnded } from '@dramatis/contracts/knowledge';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
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
  contentType: DocumentContentType;
  objectKey: string;
  rawSha256: string;
  /** SHA-256 of the clean text. */
  contentHash: string;
  /** SHA-256 of which headings stand over which part of it. */
  layoutHash: string;
  /** The clean text; passages are slices of it. */
  text: string;
  words: number;
  passages: number;
  attributes: Record<string, unknown>;
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
  schema.index({ sourceId: 1, validTo: 1 });
  // Two documents of one run that say the same: the database decides which of them is the duplicate.
  schema.index({ personaId: 1, contentHash: 1, validFrom: 1 }, { name: 'one_revision_of_a_content', unique: true });
  return (
    (connection.models['DocumentRevision'] as Model<DocumentRevision>) ??
    connection.model<DocumentRevision>('DocumentRevision', schema)
  );
}

/** Revisions of documents in MongoDB. */
export class DocumentRepository {
  private readonly revisions: Model<DocumentRevision>;

  constructor(connection: Connection) {
    this.revisions = documentRevisionModel(connection);
  }

  async get(revisionId: string): Promise<DocumentRevision | null> {
    return this.revisions.findById(revisionId).lean<DocumentRevision>();
  }

  /** The complete revision that no later version has taken away. */
  async findOpen(documentId: string): Promise<DocumentRevision | null> {
    return this.revisions.findOne({ documentId, validTo: openEnded, status: 'complete' }).lean<DocumentRevision>();
  }

  /** Open revisions of a document that versions before this one brought, without their texts. */
  async findOpenBefore(documentId: string, corpusVersion: number): Promise<Omit<DocumentRevision, 'text'>[]> {
    const before = { documentId, validTo: openEnded, validFrom: { $lt: corpusVersion } };
    return this.revisions.find(before, { text: 0 }).lean<Omit<DocumentRevision, 'text'>[]>();
  }

  /** Complete and open revisions of other documents that say the same. */
  async findOpenByContent(content: { personaId: string; contentHash: string; exceptDocumentId: string }): Promise<DocumentRevision[]> {
    const { personaId, contentHash, exceptDocumentId } = content;
    const same = { personaId, contentHash, validTo: openEnded, status: 'complete' as const };
    return this.revisions.find({ ...same, documentId: { $ne: exceptDocumentId } }).lean<DocumentRevision[]>();
  }

  /** Complete and open revisions of a source, without their texts. */
  async listOpenOfSource(sourceId: string): Promise<Omit<DocumentRevision, 'text'>[]> {
    return this.revisions.find({ sourceId, validTo: openEnded, status: 'complete' }, { text: 0 }).lean<Omit<DocumentRevision, 'text'>[]>();
  }

  /**
   * Stores the revision, or finds it stored by an earlier try. When another document of the same run was first with the same
   * content, gives that one's revision.
   */
  async begin(revision: DocumentRevision): Promise<{ begun: true } | { begun: false; duplicateOf: DocumentRevision }> {
    try {
      await insert(this.revisions, revision);
      return { begun: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { personaId, contentHash, validFrom } = revision;
      const first = await this.revisions.findOne({ personaId, contentHash, validFrom }).lean<DocumentRevision>();
      if (!first) throw error;
      return first._id === revision._id ? { begun: true } : { begun: false, duplicateOf: first };
    }
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
    return this.ids({ personaId, ...closedAfter(publishedVersion) });
  }

  /** Ids of revisions of a version whose passages are not all in the index. */
  async idsUnfinished(personaId: string, validFrom: number): Promise<string[]> {
    return this.ids({ personaId, validFrom, status: 'writing' });
  }

  /** How many revisions a version brings and takes away. */
  async changesOf(personaId: string, corpusVersion: number): Promise<{ brought: number; closed: number }> {
    const [brought, closed] = await Promise.all([
      this.revisions.countDocuments({ personaId, validFrom: corpusVersion, status: 'complete' }),
      this.revisions.countDocuments({ personaId, validTo: corpusVersion }),
    ]);
    return { brought, closed };
  }

  async countAt(personaId: string, corpusVersion: number): Promise<number> {
    return this.revisions.countDocuments({ personaId, status: 'complete', ...seenBy(corpusVersion) });
  }

  /** What a version of a persona's corpus holds, by title. */
  async corpusAt(personaId: string, corpusVersion: number): Promise<Corpus> {
    const revisions = await this.revisions
      .find({ personaId, status: 'complete', ...seenBy(corpusVersion) }, { text: 0 })
      .sort({ title: 1, _id: 1 })
      .lean<Omit<DocumentRevision, 'text'>[]>();
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

  private async ids(filter: object): Promise<string[]> {
    const records = await this.revisions.find(filter, { _id: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }
}
