import { openEnded } from '@dramatis/contracts/knowledge';
import type { Connection, Model } from 'mongoose';
import { type DocumentRevision, documentRevisionModel } from '../knowledge/document-repository.js';
import { isSeenByAny } from './version-contents.js';

export type ClosedRevision = Pick<DocumentRevision, '_id' | 'validFrom' | 'validTo' | 'objectKey'>;

/** Where keys of raw objects stand, by collection. What a run has settled is known by its revision. */
const references: readonly { collection: string; field: string; where?: object }[] = [
  { collection: 'document_revisions', field: 'objectKey' },
  { collection: 'sources', field: 'documents.objectKey' },
  { collection: 'uploads', field: 'objectKey' },
  { collection: 'web_pages', field: 'objectKey' },
  { collection: 'ingestion_documents', field: 'objectKey', where: { state: { $in: [null, 'failed'] } } },
];

/** Finds what no version needs any more. */
export class CorpusGarbage {
  private readonly revisions: Model<DocumentRevision>;

  constructor(private readonly connection: Connection) {
    this.revisions = documentRevisionModel(connection);
  }

  /** Some closed revisions that none of the retained versions sees. */
  async unseenRevisions(personaId: string, retained: readonly number[], limit: number): Promise<ClosedRevision[]> {
    const unseen: ClosedRevision[] = [];
    const closed = this.revisions
      .find({ personaId, validTo: { $lt: openEnded } }, { validFrom: 1, validTo: 1, objectKey: 1 })
      .sort({ _id: 1 })
      .lean<ClosedRevision[]>()
      .cursor();
    for await (const revision of closed as AsyncIterable<ClosedRevision>) {
      if (!isSeenByAny(revision, retained)) unseen.push(revision);
      if (unseen.length >= limit) break;
    }
    return unseen;
  }

  /** Those of the keys that nothing refers to: no revision, source, upload or fetched page of any persona, and no document on its way. */
  async unreferencedObjects(objectKeys: readonly string[]): Promise<string[]> {
    const unused = new Set(objectKeys);
    for (const { collection, field, where } of references) {
      if (unused.size === 0) break;
      // All keys in one question: where no index knows them, each question is a look at the whole collection.
      const referring = this.connection.collection(collection).find({ [field]: { $in: [...unused] }, ...where }, { projection: { _id: 0, [field]: 1 } });
      for await (const record of referring) for (const key of keysAt(record, field)) unused.delete(key);
    }
    return [...unused];
  }
}

/** What stands at `objectKey`, or at `documents.objectKey` of a list of documents. */
function keysAt(record: Record<string, unknown>, field: string): string[] {
  const [first, ...rest] = field.split('.');
  return [record[first!]].flat().flatMap((value) => (rest.length === 0 ? (value as string) : keysAt(value as Record<string, unknown>, rest.join('.'))));
}
