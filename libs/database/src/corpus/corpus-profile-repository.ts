import type { CorpusProfile } from '@dramatis/contracts/corpus-profile';
import { type Connection, type Model, Schema } from 'mongoose';
import { corpusVersionKey } from './corpus-version-model.js';

export type NewCorpusProfile = Omit<CorpusProfile, 'computedAt'>;

interface CorpusProfileRecord extends NewCorpusProfile {
  /** `<personaId>@<version>`. */
  _id: string;
  computedAt: Date;
}

function corpusProfileModel(connection: Connection): Model<CorpusProfileRecord> {
  const schema = new Schema<CorpusProfileRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'corpus_profiles' },
  );
  schema.index({ personaId: 1, version: -1 });
  return (
    (connection.models['CorpusProfile'] as Model<CorpusProfileRecord>) ?? connection.model<CorpusProfileRecord>('CorpusProfile', schema)
  );
}

/** What versions of corpora are about, in MongoDB. */
export class CorpusProfileRepository {
  private readonly profiles: Model<CorpusProfileRecord>;

  constructor(connection: Connection) {
    this.profiles = corpusProfileModel(connection);
  }

  /** Stores the profile in place of a former one of the same version. */
  async put(profile: NewCorpusProfile): Promise<void> {
    const _id = corpusVersionKey(profile.personaId, profile.version);
    // Not through the model: it would validate the replacement as a document without an _id.
    await this.profiles.collection.replaceOne({ _id } as never, { ...profile, computedAt: new Date() }, { upsert: true });
  }

  async find(personaId: string, version: number): Promise<CorpusProfile | null> {
    const record = await this.profiles.findById(corpusVersionKey(personaId, version)).lean<CorpusProfileRecord>();
    if (!record) return null;
    const { _id, computedAt, ...rest } = record;
    return { ...rest, computedAt: computedAt.toISOString() };
  }

  async delete(personaId: string, versions: readonly number[]): Promise<void> {
    await this.profiles.deleteMany({ _id: { $in: versions.map((version) => corpusVersionKey(personaId, version)) } });
  }
}
