import type { CorpusProfile } from '@dramatis/contracts/corpus-profile';
import { type Connection, type Model, Schema } from 'mongoose';
import { corpusVersionKey } from './corpus-version-model.js';

export interface NewCorpusProfile extends Omit<CorpusProfile, 'computedAt'> {
  /** Ids of the documents of each topic, in the order of the topics. */
  topicDocuments: string[][];
}

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
    const record = await this.profiles.findById(corpusVersionKey(personaId, version), { topicDocuments: 0 }).lean<CorpusProfileRecord>();
    if (!record) return null;
    const { _id, computedAt, topicDocuments: _documents, ...rest } = record;
    // Profiles of before models were asked say nothing of them.
    return { ...rest, summarisedBy: rest.summarisedBy ?? null, modelFailure: rest.modelFailure ?? null, computedAt: computedAt.toISOString() };
  }

  /** Sets what a language model says of a version, or why none does. */
  async describe(personaId: string, version: number, fields: Partial<Pick<CorpusProfile, 'summary' | 'summarisedBy' | 'starterQuestions' | 'modelFailure'>>): Promise<void> {
    await this.profiles.updateOne({ _id: corpusVersionKey(personaId, version) }, { $set: fields });
  }

  /** Documents that are on a topic, by its label; null when the version has no profile or no such topic. */
  async documentsOn(personaId: string, version: number, label: string): Promise<string[] | null> {
    const record = await this.profiles.findById(corpusVersionKey(personaId, version), { topics: 1, topicDocuments: 1 }).lean<CorpusProfileRecord>();
    const place = record?.topics.findIndex((topic) => topic.label.toLowerCase() === label.toLowerCase()) ?? -1;
    return record?.topicDocuments[place] ?? null;
  }

  async delete(personaId: string, versions: readonly number[]): Promise<void> {
    await this.profiles.deleteMany({ _id: { $in: versions.map((version) => corpusVersionKey(personaId, version)) } });
  }
}
