import { createHash } from 'node:crypto';
import type { CorpusComparison, DocumentChange, DocumentChangeKind } from '@dramatis/contracts/corpus-version';
import { openEnded, type Passage } from '@dramatis/contracts/knowledge';
import type { Connection, Model } from 'mongoose';
import { inTwoStages } from '../in-two-stages.js';
import { type DocumentRevision, documentRevisionModel } from '../knowledge/document-repository.js';
import { passageModel, type PassageRecord } from '../knowledge/passage-repository.js';
import { seenBy } from '../knowledge/version-filter.js';

export type RevisionSummary = Pick<DocumentRevision, '_id' | 'documentId' | 'sourceId' | 'title' | 'words' | 'passages' | 'validFrom' | 'validTo'>;
const summaryFields = { documentId: 1, sourceId: 1, title: 1, words: 1, passages: 1, validFrom: 1, validTo: 1 } as const;

/** Revisions whose passages are read at once to be compared. */
const comparedAtOnce = 100;

/** What versions of a corpus hold, and how two of them differ. */
export class VersionContents {
  private readonly revisions: Model<DocumentRevision>;
  private readonly passages: Model<PassageRecord>;

  constructor(connection: Connection) {
    this.revisions = documentRevisionModel(connection);
    this.passages = passageModel(connection);
  }

  /** Whole revisions that a version sees, in order of id, after one. */
  async revisionsAt(personaId: string, corpusVersion: number, page: { afterId: string; limit: number }): Promise<DocumentRevision[]> {
    return this.revisions
      .find({ personaId, status: 'complete', ...seenBy(corpusVersion), _id: { $gt: page.afterId } })
      .sort({ _id: 1 })
      .limit(page.limit)
      .lean<DocumentRevision[]>();
  }

  /**
   * All revisions that a version sees, whole, some at a time in order of id. Their ids are asked for once: a server that looks through all
   * of a persona's revisions for them does so once, and not for each page.
   */
  async *allRevisionsAt(personaId: string, corpusVersion: number, pageSize: number): AsyncGenerator<DocumentRevision[]> {
    const seen = await this.revisions
      .find({ personaId, status: 'complete', ...seenBy(corpusVersion) }, { _id: 1 })
      .sort({ _id: 1 })
      .lean<{ _id: string }[]>();
    for (let start = 0; start < seen.length; start += pageSize) {
      const ids = seen.slice(start, start + pageSize).map(({ _id }) => _id);
      yield await this.revisions.find({ _id: { $in: ids } }).sort({ _id: 1 }).lean<DocumentRevision[]>();
    }
  }

  /** What is known of the documents that a version sees, without what they say, by title. */
  async describedAt(personaId: string, corpusVersion: number): Promise<Pick<DocumentRevision, 'title' | 'enrichment'>[]> {
    return this.revisions
      .find({ personaId, status: 'complete', ...seenBy(corpusVersion) }, { title: 1, 'enrichment.summary': 1, 'enrichment.questions': 1 })
      .sort({ title: 1, _id: 1 })
      .lean<Pick<DocumentRevision, 'title' | 'enrichment'>[]>();
  }

  /** The revision of a document that a version sees, or null. */
  async revisionOf(documentId: string, corpusVersion: number): Promise<DocumentRevision | null> {
    return this.revisions.findOne({ documentId, status: 'complete', ...seenBy(corpusVersion) }).lean<DocumentRevision>();
  }

  /** The passages of a revision as they are stored, in order. */
  async passagesOf(revisionId: string): Promise<Passage[]> {
    const records = await this.passages.find({ revisionId }).sort({ ordinal: 1 }).lean<PassageRecord[]>();
    return records.map(({ _id, revisionId: _revisionId, ...rest }) => ({ passageId: _id, ...rest }));
  }

  /** Some of the passages that a version sees, spread over them. */
  async sample(personaId: string, corpusVersion: number, size: number): Promise<Passage[]> {
    const seen = await this.passages.find({ personaId, ...seenBy(corpusVersion) }, { _id: 1 }).sort({ _id: 1 }).lean<{ _id: string }[]>();
    const step = Math.max(1, seen.length / size);
    const chosen = Array.from({ length: Math.min(size, seen.length) }, (_, place) => seen[Math.floor(place * step)]!._id);
    const records = await this.passages.find({ _id: { $in: chosen } }).sort({ _id: 1 }).lean<PassageRecord[]>();
    return records.map(({ _id, revisionId: _revisionId, ...rest }) => ({ passageId: _id, ...rest }));
  }

  /** How two versions differ, document by document, or only in documents of one kind. `from` may be 0, and also the later one. */
  async compare(
    personaId: string,
    versions: { from: number; to: number },
    asked: { limit: number; offset: number; kind?: DocumentChangeKind },
  ): Promise<CorpusComparison> {
    const { from, to } = versions;
    const { limit, offset, kind } = asked;
    const [onlyFrom, onlyTo, all] = await Promise.all([
      this.seenByOneOnly(personaId, from, to),
      this.seenByOneOnly(personaId, to, from),
      this.countsAt(personaId, to),
    ]);
    const former = new Map(onlyFrom.map((revision) => [revision.documentId, revision]));
    const pairs: { before: RevisionSummary | null; after: RevisionSummary | null }[] = onlyTo.map((after) => {
      return { before: former.get(after.documentId) ?? null, after };
    });
    const paired = new Set(onlyTo.map(({ documentId }) => documentId));
    for (const before of onlyFrom) if (!paired.has(before.documentId)) pairs.push({ before, after: null });

    const shared = await this.sharedPassages(pairs.flatMap(({ before, after }) => (before && after ? [{ before: before._id, after: after._id }] : [])));
    const changes = pairs.map(({ before, after }) => describe(before, after, shared)).sort(byKindAndTitle);
    const sum = (of: (change: DocumentChange) => number) => changes.reduce((total, change) => total + of(change), 0);
    const ofKind = (wanted: DocumentChangeKind) => changes.filter((change) => change.kind === wanted);
    const listed = kind ? ofKind(kind) : changes;
    return {
      personaId,
      from,
      to,
      documents: {
        added: ofKind('added').length,
        removed: ofKind('removed').length,
        changed: ofKind('changed').length,
        unchanged: all.documents - onlyTo.length,
      },
      passages: {
        added: sum(({ passagesAdded }) => passagesAdded),
        removed: sum(({ passagesRemoved }) => passagesRemoved),
        unchanged: all.passages - sum(({ passagesAdded }) => passagesAdded),
      },
      items: listed.slice(offset, offset + limit),
      total: listed.length,
      limit,
      offset,
    };
  }

  private async countsAt(personaId: string, corpusVersion: number): Promise<{ documents: number; passages: number }> {
    const seen = { personaId, ...seenBy(corpusVersion) };
    const [documents, passages] = await Promise.all([
      this.revisions.countDocuments({ ...seen, status: 'complete' }),
      this.passages.countDocuments(seen),
    ]);
    return { documents, passages };
  }

  /** Revisions that `version` sees and `other` does not. */
  private async seenByOneOnly(personaId: string, version: number, other: number): Promise<RevisionSummary[]> {
    // Less than the next, and not at most this one: in an index that has more fields SecantusDB takes the latter for less than this one.
    const [few, rest] =
      version > other
        ? [{ validFrom: { $gt: other, $lt: version + 1 } }, { validTo: { $gt: version } }]
        : [{ validTo: { $gt: version, $lte: other } }, { validFrom: { $lte: version } }];
    return this.revisions.aggregate<RevisionSummary>([...inTwoStages({ personaId, ...few }, { ...rest, status: 'complete' }), { $project: summaryFields }]);
  }

  /** How many passages say the same in both revisions of a pair, by the id of the later. */
  private async sharedPassages(pairs: readonly { before: string; after: string }[]): Promise<Map<string, number>> {
    const shared = new Map<string, number>();
    for (let start = 0; start < pairs.length; start += comparedAtOnce) {
      const some = pairs.slice(start, start + comparedAtOnce);
      const ids = some.flatMap(({ before, after }) => [before, after]);
      const records = await this.passages
        .find({ revisionId: { $in: ids } }, { revisionId: 1, text: 1, headingPath: 1 })
        .lean<Pick<PassageRecord, 'revisionId' | 'text' | 'headingPath'>[]>();
      const said = new Map<string, Map<string, number>>();
      for (const { revisionId, text, headingPath } of records) {
        const counts = said.get(revisionId) ?? new Map<string, number>();
        const key = createHash('sha256').update(JSON.stringify([headingPath, text])).digest('base64');
        said.set(revisionId, counts.set(key, (counts.get(key) ?? 0) + 1));
      }
      for (const { before, after } of some) {
        const formerly = said.get(before) ?? new Map<string, number>();
        const now = [...(said.get(after) ?? [])];
        shared.set(after, now.reduce((sum, [key, count]) => sum + Math.min(count, formerly.get(key) ?? 0), 0));
      }
    }
    return shared;
  }
}

function describe(before: RevisionSummary | null, after: RevisionSummary | null, shared: ReadonlyMap<string, number>): DocumentChange {
  const { documentId, title, sourceId } = (after ?? before)!;
  const unchanged = before && after ? (shared.get(after._id) ?? 0) : 0;
  return {
    documentId,
    kind: !before ? 'added' : !after ? 'removed' : 'changed',
    title,
    formerTitle: before && after && before.title !== after.title ? before.title : null,
    sourceId,
    fromRevisionId: before?._id ?? null,
    toRevisionId: after?._id ?? null,
    passagesAdded: (after?.passages ?? 0) - unchanged,
    passagesRemoved: (before?.passages ?? 0) - unchanged,
    passagesUnchanged: unchanged,
    wordsBefore: before?.words ?? 0,
    wordsAfter: after?.words ?? 0,
  };
}

const kindOrder = { changed: 0, added: 1, removed: 2 } as const;

function byKindAndTitle(a: DocumentChange, b: DocumentChange): number {
  return kindOrder[a.kind] - kindOrder[b.kind] || a.title.localeCompare(b.title) || a.documentId.localeCompare(b.documentId);
}

/** Whether a revision is seen by any of the versions. */
export function isSeenByAny({ validFrom, validTo }: Pick<DocumentRevision, 'validFrom' | 'validTo'>, versions: readonly number[]): boolean {
  return validTo === openEnded || versions.some((version) => validFrom <= version && version < validTo);
}
