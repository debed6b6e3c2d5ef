import { openEnded } from '@dramatis/contracts/knowledge';
import type { Connection, Model } from 'mongoose';
import { type DocumentRevision, documentRevisionModel } from '../knowledge/document-repository.js';
import { unreferencedObjects } from '../object-references.js';
import { isSeenByAny } from './version-contents.js';

export type ClosedRevision = Pick<DocumentRevision, '_id' | 'validFrom' | 'validTo' | 'objectKey'>;

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

  /** Those of the keys that nothing refers to. */
  unreferencedObjects(objectKeys: readonly string[]): Promise<string[]> {
    return unreferencedObjects(this.connection, objectKeys);
  }
}
