import type { PersonaVersion } from '@dramatis/contracts/persona';
import type { Connection, Model } from 'mongoose';
import type { PersonaCache } from './persona-cache.js';
import { draftVersionRecordOf, toPersonaVersion, versionKey, versionRecordOf } from './persona-mapping.js';
import { type PersonaRecord, personaVersionModel, type PersonaVersionRecord } from './persona-model.js';

/** Drafts that were replaced or discarded are kept up to so many, in case they are wanted after all. */
const keptDrafts = 30;
/** Older ones are read by their number. */
const maxListed = 500;

/** What is on record of personas' versions, published ones and drafts. A head is written before its versions: after a crash between the two, it still has them. */
export class PersonaVersions {
  private readonly records: Model<PersonaVersionRecord>;

  constructor(
    connection: Connection,
    private readonly cache: PersonaCache,
  ) {
    this.records = personaVersionModel(connection);
  }

  /** Puts what the head publishes, and its draft, on record. */
  async keepAll(head: PersonaRecord): Promise<void> {
    await this.keepPublished(head);
    await this.keepDraft(head);
  }

  async keepPublished(head: PersonaRecord): Promise<void> {
    const version = versionRecordOf(head);
    const isNew = await this.keep(version);
    if (isNew) return;
    // It was a draft when it was kept.
    const { _id, status, publishedAt } = version;
    await this.records.updateOne({ _id, publishedAt: null }, { $set: { status, publishedAt } });
  }

  async keepDraft(head: PersonaRecord): Promise<void> {
    if (head.draft) await this.keep(draftVersionRecordOf(head, head.draft));
  }

  /** The version; of one that is not on record yet, what `ofHead` gives. */
  async get(personaId: string, version: number, ofHead: () => Promise<PersonaVersionRecord>): Promise<PersonaVersion> {
    const cached = await this.cache.version(personaId, version);
    if (cached) return cached;
    const kept = await this.records.findById(versionKey(personaId, version)).lean<PersonaVersionRecord>();
    const found = toPersonaVersion(kept ?? (await ofHead()));
    // A draft is still to be published.
    if (found.publishedAt !== null) await this.cache.setVersion(found);
    return found;
  }

  /** The newest five hundred, newest first. */
  async list(personaId: string): Promise<PersonaVersion[]> {
    const records = await this.records.find({ personaId }).sort({ version: -1 }).limit(maxListed).lean<PersonaVersionRecord[]>();
    return records.map(toPersonaVersion);
  }

  async forgetOldDrafts(personaId: string, newest: number): Promise<void> {
    const drafts = await this.records
      .find({ personaId, publishedAt: null, version: { $lt: newest } }, { version: 1 })
      .sort({ version: -1 })
      .skip(keptDrafts)
      .lean<{ _id: string }[]>();
    if (drafts.length > 0) await this.records.deleteMany({ _id: { $in: drafts.map(({ _id }) => _id) } });
  }

  /** Removes all of a persona; given a time, those from before it. Returns how many there were. */
  async remove(personaId: string, before?: Date): Promise<number> {
    const older = before === undefined ? {} : { $or: [{ savedAt: { $lt: before } }, { savedAt: { $exists: false } }] };
    const versions = await this.records.find({ personaId, ...older }, { version: 1 }).lean<{ _id: string; version: number }[]>();
    if (versions.length === 0) return 0;
    await this.records.deleteMany({ _id: { $in: versions.map(({ _id }) => _id) } });
    await this.cache.removeVersions(personaId, versions.map(({ version }) => version));
    return versions.length;
  }

  /** Whether it was not there yet. */
  private async keep({ _id, ...record }: PersonaVersionRecord): Promise<boolean> {
    const { upsertedCount } = await this.records.updateOne({ _id }, { $setOnInsert: record }, { upsert: true });
    return upsertedCount > 0;
  }
}
