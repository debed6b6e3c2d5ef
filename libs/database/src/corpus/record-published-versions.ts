import type { Connection } from 'mongoose';
import { ingestionModel, type IngestionRecord } from '../knowledge/ingestion-model.js';
import { DocumentRepository } from '../knowledge/document-repository.js';
import { personaModel, type PersonaRecord } from '../personas/persona-model.js';
import { corpusVersionKey, corpusVersionModel, type CorpusVersionRecord } from './corpus-version-model.js';

/**
 * Makes records of versions that were published before versions had any, so that they can be compared, returned to and kept like all
 * others. Idempotent. Returns how many were missing.
 */
export async function recordPublishedVersions(connection: Connection): Promise<number> {
  const versions = corpusVersionModel(connection);
  const published = await personaModel(connection)
    .find({ 'corpus.corpusVersion': { $gt: 0 } }, { corpus: 1 })
    .lean<Pick<PersonaRecord, '_id' | 'corpus'>[]>();
  const keys = published.map(({ _id, corpus }) => corpusVersionKey(_id, corpus.corpusVersion));
  const known = new Set((await versions.find({ _id: { $in: keys } }, { _id: 1 }).lean<Pick<CorpusVersionRecord, '_id'>[]>()).map(({ _id }) => _id));
  const missing = published.filter((_, i) => !known.has(keys[i]!));
  for (const persona of missing) {
    const { _id, ...record } = await recordOf(connection, persona);
    await versions.updateOne({ _id }, { $setOnInsert: record }, { upsert: true });
  }
  return missing.length;
}

async function recordOf(connection: Connection, { _id: personaId, corpus }: Pick<PersonaRecord, '_id' | 'corpus'>): Promise<CorpusVersionRecord> {
  const { corpusVersion: version, documents, passages, updatedAt } = corpus;
  const [changes, run] = await Promise.all([
    new DocumentRepository(connection).changesOf(personaId, version),
    ingestionModel(connection).findOne({ personaId, targetVersion: version, status: 'completed' }).lean<IngestionRecord>(),
  ]);
  const publishedAt = updatedAt ?? new Date();
  return {
    _id: corpusVersionKey(personaId, version),
    personaId,
    version,
    // Each was built on the one before it then.
    baseVersion: version - 1,
    documents,
    passages,
    ...changes,
    embedder: corpus.embedder ?? null,
    ingestionId: run?._id ?? null,
    sourceId: run?.sourceId ?? null,
    builtAt: run?.endedAt ?? publishedAt,
    publishedAt,
    collectedAt: null,
    discardedAt: null,
    profiledAt: null,
    note: null,
  };
}
