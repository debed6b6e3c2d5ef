import type { CorpusVersion } from '@dramatis/contracts/corpus-version';
import { DomainError } from '@dramatis/contracts/errors';
import type { Connection, Model } from 'mongoose';
import { conversationModel, type ConversationRecord } from '../conversations/conversation-model.js';
import { turnModel, type TurnRecord } from '../conversations/turn-model.js';
import { personaModel, type PersonaRecord } from '../personas/persona-model.js';
import { corpusVersionKey, corpusVersionModel, type CorpusVersionRecord, statusOf, toCorpusVersion } from './corpus-version-model.js';

export type BuiltVersion = Pick<
  CorpusVersionRecord,
  'personaId' | 'version' | 'baseVersion' | 'documents' | 'passages' | 'brought' | 'closed' | 'embedder' | 'ingestionId' | 'sourceId'
>;

/** Versions of corpora in MongoDB: what was built, and what became of it. */
export class CorpusVersionRepository {
  private readonly versions: Model<CorpusVersionRecord>;
  private readonly personas: Model<PersonaRecord>;
  private readonly conversations: Model<ConversationRecord>;
  private readonly turns: Model<TurnRecord>;

  constructor(connection: Connection) {
    this.versions = corpusVersionModel(connection);
    this.personas = personaModel(connection);
    this.conversations = conversationModel(connection);
    this.turns = turnModel(connection);
  }

  /** Records a version that was built and checked. Repeating it changes nothing. */
  async recordBuilt(built: BuiltVersion): Promise<void> {
    const { personaId, version } = built;
    const fresh = { ...built, builtAt: new Date(), publishedAt: null, collectedAt: null, discardedAt: null, profiledAt: null, note: null };
    await this.versions.updateOne({ _id: corpusVersionKey(personaId, version) }, { $setOnInsert: fresh }, { upsert: true });
  }

  /** Records that the version was published now; the persona says that it is. */
  async markPublished(personaId: string, version: number, note?: string): Promise<void> {
    const changes = { publishedAt: new Date(), ...(note === undefined ? {} : { note }) };
    await this.versions.updateOne({ _id: corpusVersionKey(personaId, version) }, { $set: changes });
  }

  async markProfiled(personaId: string, version: number): Promise<void> {
    await this.versions.updateOne({ _id: corpusVersionKey(personaId, version) }, { $set: { profiledAt: new Date() } });
  }

  /** @throws DomainError corpus_version_not_found, persona_not_found */
  async setNote(personaId: string, version: number, note: string | null): Promise<void> {
    const { matchedCount } = await this.versions.updateOne({ _id: corpusVersionKey(personaId, version) }, { $set: { note } });
    if (matchedCount === 0) await this.getRecord(personaId, version);
  }

  /** @throws DomainError corpus_version_not_found, persona_not_found */
  async getRecord(personaId: string, version: number): Promise<CorpusVersionRecord> {
    const record = await this.versions.findById(corpusVersionKey(personaId, version)).lean<CorpusVersionRecord>();
    if (record) return record;
    await this.publishedVersion(personaId);
    throw notFound(personaId, version);
  }

  /** @throws DomainError corpus_version_not_found, persona_not_found */
  async get(personaId: string, version: number): Promise<CorpusVersion> {
    const [record, publishedVersion, pins] = await Promise.all([
      this.getRecord(personaId, version),
      this.publishedVersion(personaId),
      this.pinsOf(personaId),
    ]);
    return toCorpusVersion(record, { publishedVersion, pinnedConversations: pins.get(version) ?? 0 });
  }

  /** Newest first. @throws DomainError persona_not_found */
  async list(
    personaId: string,
    page: { limit: number; offset: number },
  ): Promise<{ items: CorpusVersion[]; total: number; publishedVersion: number }> {
    const [records, total, publishedVersion, pins] = await Promise.all([
      this.versions.find({ personaId }).sort({ version: -1 }).skip(page.offset).limit(page.limit).lean<CorpusVersionRecord[]>(),
      this.versions.countDocuments({ personaId }),
      this.publishedVersion(personaId),
      this.pinsOf(personaId),
    ]);
    const items = records.map((record) => toCorpusVersion(record, { publishedVersion, pinnedConversations: pins.get(record.version) ?? 0 }));
    return { items, total, publishedVersion };
  }

  /** All records of a persona, newest first. */
  async records(personaId: string): Promise<CorpusVersionRecord[]> {
    return this.versions.find({ personaId }).sort({ version: -1 }).lean<CorpusVersionRecord[]>();
  }

  /** A version whose passages are all there. @throws DomainError corpus_version_not_found, persona_not_found, corpus_version_unavailable */
  async requireAvailable(personaId: string, version: number): Promise<CorpusVersionRecord> {
    const record = await this.getRecord(personaId, version);
    const status = statusOf(record, 0);
    if (status === 'collected') {
      throw new DomainError('corpus_version_unavailable', { version });
    }
    if (status === 'discarded') {
      throw new DomainError('corpus_version_unavailable.left_aside', { version });
    }
    return record;
  }

  /** The version that the persona publishes now, from the database itself. @throws DomainError persona_not_found */
  async publishedVersion(personaId: string): Promise<number> {
    const persona = await this.personas.findById(personaId, { 'corpus.corpusVersion': 1 }).lean<Pick<PersonaRecord, 'corpus'>>();
    if (!persona) throw new DomainError('persona_not_found', { personaId });
    return persona.corpus.corpusVersion;
  }

  /** The highest number on record, 0 before the first: numbers are never given twice. */
  async highest(personaId: string): Promise<number> {
    const highest = await this.versions.findOne({ personaId }, { version: 1 }).sort({ version: -1 }).lean<Pick<CorpusVersionRecord, 'version'>>();
    return highest?.version ?? 0;
  }

  /**
   * The version that the next ingestion builds on: the published one, or the last that was built upon it, one on the other,
   * and waits to be published. What lies beyond an earlier version that was rolled back to does not count.
   */
  async baseOf(personaId: string, publishedVersion: number): Promise<number> {
    const later = await this.versions
      .find({ personaId, version: { $gt: publishedVersion }, publishedAt: null, discardedAt: null, collectedAt: null })
      .sort({ version: 1 })
      .lean<CorpusVersionRecord[]>();
    let base = publishedVersion;
    for (const record of later) if (record.baseVersion === base) base = record.version;
    return base;
  }

  /**
   * Records that an ingestion goes on from the base, so that what lies beyond it is taken back. Conversations that were pinned there
   * follow the published version again.
   */
  async discardAfter(personaId: string, baseVersion: number): Promise<void> {
    const beyond = { personaId, version: { $gt: baseVersion }, discardedAt: null };
    const records = await this.versions.find(beyond, { version: 1 }).lean<Pick<CorpusVersionRecord, 'version'>[]>();
    if (records.length === 0) return;
    const versions = records.map(({ version }) => version);
    await this.versions.updateMany({ personaId, version: { $in: versions } }, { $set: { discardedAt: new Date() } });
    await this.conversations.updateMany({ personaId, corpusVersion: { $in: versions } }, { $set: { corpusVersion: null } });
  }

  /** Marks versions as collected, or takes the mark back. */
  async setCollected(personaId: string, versions: readonly number[], collected: boolean): Promise<void> {
    if (versions.length === 0) return;
    const former = { personaId, version: { $in: [...versions] }, collectedAt: collected ? null : { $ne: null } };
    await this.versions.updateMany(former, { $set: { collectedAt: collected ? new Date() : null } });
  }

  /** Versions that somebody reads now: of pinned conversations, and of turns on their way. */
  async versionsInUse(personaId: string): Promise<number[]> {
    const [pinned, running] = await Promise.all([
      this.conversations.find({ personaId, corpusVersion: { $gt: 0 } }, { corpusVersion: 1 }).lean<Pick<ConversationRecord, 'corpusVersion'>[]>(),
      this.turns.find({ personaId, status: 'running' }, { corpusVersion: 1 }).lean<Pick<TurnRecord, 'corpusVersion'>[]>(),
    ]);
    return [...new Set([...pinned, ...running].flatMap(({ corpusVersion }) => corpusVersion ?? []))];
  }

  private async pinsOf(personaId: string): Promise<Map<number, number>> {
    const counts = await this.conversations.aggregate<{ _id: number; count: number }>([
      { $match: { personaId, corpusVersion: { $gt: 0 } } },
      { $group: { _id: '$corpusVersion', count: { $sum: 1 } } },
    ]);
    return new Map(counts.map(({ _id, count }) => [_id, count]));
  }
}

function notFound(personaId: string, version: number): DomainError {
  return new DomainError('corpus_version_not_found', { personaId, version });
}
