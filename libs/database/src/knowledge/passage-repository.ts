import { DomainError } from '@dramatis/contracts/errors';
import type { Passage, PassageInDocument } from '@dramatis/contracts/knowledge';
import { type Connection, type Model, Schema } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { type DocumentRevision, documentRevisionModel } from './document-repository.js';
import { broughtAfter, closedAfter, seenBy } from './version-filter.js';

/** `_id` is the passage's id. */
export interface PassageRecord extends Omit<Passage, 'passageId'> {
  _id: string;
  revisionId: string;
}

export function passageModel(connection: Connection): Model<PassageRecord> {
  const schema = new Schema<PassageRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'passages' },
  );
  schema.index({ revisionId: 1, ordinal: 1 });
  schema.index({ personaId: 1, validFrom: 1, validTo: 1 });
  schema.index({ personaId: 1, _id: 1 });
  return (connection.models['Passage'] as Model<PassageRecord>) ?? connection.model<PassageRecord>('Passage', schema);
}

/** Passages in MongoDB, which knows every passage that the index may hold: it is written before, and cleared after. */
export class PassageRepository {
  private readonly passages: Model<PassageRecord>;
  private readonly revisions: Model<DocumentRevision>;

  constructor(connection: Connection) {
    this.passages = passageModel(connection);
    this.revisions = documentRevisionModel(connection);
  }

  /** Stores passages of a revision, replacing those of the same id. */
  async write(revisionId: string, passages: readonly Passage[]): Promise<void> {
    if (passages.length === 0) return;
    const records = passages.map(({ passageId, ...rest }) => ({ _id: passageId, ...rest, revisionId }));
    try {
      await this.passages.collection.insertMany(records as never, { ordered: false });
      return;
    } catch (error) {
      // An earlier try has written some of them. The rule is that none are there, and to replace costs twice as much.
      if (!isDuplicateKey(error)) throw error;
    }
    const operations = records.map(({ _id, ...replacement }) => ({ replaceOne: { filter: { _id }, replacement, upsert: true } }));
    // Not through the model: it would validate the replacement as a document without an _id, and leave it out without a word.
    await this.passages.collection.bulkWrite(operations as never, { ordered: false });
  }

  /** @throws DomainError passage_not_found */
  async get(passageId: string): Promise<Passage> {
    return toPassage(await this.record(passageId));
  }

  /** Those that exist, in no particular order. */
  async findMany(passageIds: readonly string[]): Promise<Passage[]> {
    const records = await this.passages.find({ _id: { $in: [...passageIds] } }).lean<PassageRecord[]>();
    return records.map(toPassage);
  }

  /** A passage with the document that it is a slice of, as it was then. @throws DomainError passage_not_found */
  async getInDocument(passageId: string): Promise<PassageInDocument> {
    const record = await this.record(passageId);
    const revision = await this.revisions.findById(record.revisionId).lean<DocumentRevision>();
    if (!revision) throw new DomainError('passage_not_found.document_gone', { id: passageId });
    const { documentId, title, text } = revision;
    return { passage: toPassage(record), document: { documentId, title, text } };
  }

  /** Passages of a revision in order, from an ordinal on. */
  async listOfRevision(revisionId: string, range: { fromOrdinal: number; limit: number }): Promise<Passage[]> {
    const records = await this.passages
      .find({ revisionId, ordinal: { $gte: range.fromOrdinal } })
      .sort({ ordinal: 1 })
      .limit(range.limit)
      .lean<PassageRecord[]>();
    return records.map(toPassage);
  }

  async countOfRevision(revisionId: string): Promise<number> {
    return this.passages.countDocuments({ revisionId });
  }

  /** Ids of a persona's passages of any version, a page at a time, by id. */
  async pageOfPersona(personaId: string, page: { limit: number }): Promise<string[]> {
    const records = await this.passages.find({ personaId }, { _id: 1 }).limit(page.limit).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }

  async idsOfRevisions(revisionIds: readonly string[]): Promise<string[]> {
    return this.ids({ revisionId: { $in: [...revisionIds] } });
  }

  /** Ids of what was written under versions that are not published. */
  async idsBroughtAfter(personaId: string, publishedVersion: number): Promise<string[]> {
    return this.ids({ personaId, ...broughtAfter(publishedVersion) });
  }

  /** Ids of what was closed under versions that are not published. */
  async idsClosedAfter(personaId: string, publishedVersion: number): Promise<string[]> {
    return this.ids({ personaId, ...closedAfter(publishedVersion) });
  }

  /** Some of the passages that a version brings, spread over them. */
  async sampleBrought(personaId: string, corpusVersion: number, size: number): Promise<Passage[]> {
    const ids = await this.ids({ personaId, validFrom: corpusVersion });
    const step = Math.max(1, Math.floor(ids.length / size));
    return this.findMany(ids.filter((_, index) => index % step === 0).slice(0, size));
  }

  /** Sets the version before which the passages are seen. */
  async setValidTo(passageIds: readonly string[], validTo: number): Promise<void> {
    await this.passages.updateMany({ _id: { $in: [...passageIds] } }, { $set: { validTo } });
  }

  async delete(passageIds: readonly string[]): Promise<void> {
    await this.passages.deleteMany({ _id: { $in: [...passageIds] } });
  }

  /** How many passages a version of a persona's corpus sees. */
  async countAt(personaId: string, corpusVersion: number): Promise<number> {
    return this.passages.countDocuments({ personaId, ...seenBy(corpusVersion) });
  }

  /** How many there are of a persona, in whatever version. */
  async countOf(personaId: string): Promise<number> {
    return this.passages.countDocuments({ personaId });
  }

  /** Passages of a persona in the order of their ids, in whatever version, those after one given. */
  async listOf(personaId: string, page: { after: string; limit: number }): Promise<Passage[]> {
    const records = await this.passages
      .find({ personaId, _id: { $gt: page.after } })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<PassageRecord[]>();
    return records.map(toPassage);
  }

  /** Some of the passages that a version sees. */
  async sampleAt(personaId: string, corpusVersion: number, size: number): Promise<Passage[]> {
    const records = await this.passages.find({ personaId, ...seenBy(corpusVersion) }).sort({ _id: 1 }).limit(size).lean<PassageRecord[]>();
    return records.map(toPassage);
  }

  private async record(passageId: string): Promise<PassageRecord> {
    const record = await this.passages.findById(passageId).lean<PassageRecord>();
    if (!record) throw new DomainError('passage_not_found', { id: passageId });
    return record;
  }

  private async ids(filter: object): Promise<string[]> {
    const records = await this.passages.find(filter, { _id: 1 }).sort({ _id: 1 }).lean<{ _id: string }[]>();
    return records.map(({ _id }) => _id);
  }
}

function toPassage({ _id, revisionId: _revisionId, ...rest }: PassageRecord): Passage {
  return { passageId: _id, ...rest };
}
