import type { CorpusVersion, CorpusVersionStatus } from '@dramatis/contracts/corpus-version';
import { type Connection, type Model, Schema } from 'mongoose';

/** One version of a persona's corpus. Which of them is published stands in the persona, and nowhere else. */
export interface CorpusVersionRecord {
  /** `<personaId>@<version>`. */
  _id: string;
  personaId: string;
  version: number;
  baseVersion: number;
  documents: number;
  passages: number;
  brought: number;
  closed: number;
  embedder: string | null;
  ingestionId: string | null;
  sourceId: string | null;
  builtAt: Date;
  publishedAt: Date | null;
  /** Since when its passages may be gone. */
  collectedAt: Date | null;
  /** Since when another version took its place in the line. */
  discardedAt: Date | null;
  profiledAt: Date | null;
  note: string | null;
}

export function corpusVersionModel(connection: Connection): Model<CorpusVersionRecord> {
  const schema = new Schema<CorpusVersionRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'corpus_versions' },
  );
  schema.index({ personaId: 1, version: -1 });
  return (
    (connection.models['CorpusVersion'] as Model<CorpusVersionRecord>) ?? connection.model<CorpusVersionRecord>('CorpusVersion', schema)
  );
}

export function corpusVersionKey(personaId: string, version: number): string {
  return `${personaId}@${version}`;
}

export function statusOf(record: CorpusVersionRecord, publishedVersion: number): CorpusVersionStatus {
  if (record.version === publishedVersion) return 'published';
  if (record.discardedAt !== null) return 'discarded';
  if (record.collectedAt !== null) return 'collected';
  return record.publishedAt === null ? 'built' : 'retired';
}

export function toCorpusVersion(record: CorpusVersionRecord, state: { publishedVersion: number; pinnedConversations: number }): CorpusVersion {
  const { _id, builtAt, publishedAt, collectedAt, discardedAt: _discardedAt, profiledAt, ...rest } = record;
  return {
    ...rest,
    status: statusOf(record, state.publishedVersion),
    builtAt: builtAt.toISOString(),
    publishedAt: publishedAt?.toISOString() ?? null,
    collectedAt: collectedAt?.toISOString() ?? null,
    pinnedConversations: state.pinnedConversations,
    profiled: profiledAt !== null,
  };
}
