import { Schema, type Connection, type Model } from 'mongoose';
import { isDuplicateKey } from '../connection.js';
import { personaModel, type PersonaRecord, personaVersionModel, type PersonaVersionRecord } from './persona-model.js';

/** A picture that was taken as an avatar. */
export interface AvatarRecord {
  /** SHA-256 of its largest rendition, hexadecimal; its name in addresses. */
  _id: string;
  /** Where its renditions are in the object store, by their size in pixels. */
  renditions: { size: number; objectKey: string; bytes: number }[];
  createdAt: Date;
  /** When it was last sent, or put into a persona: for a while after that it is in somebody's hands. */
  takenAt: Date;
  /** Whether its objects are being removed: from then on nobody can take it. */
  collecting?: true;
}

/** A name of an avatar, wherever it stands in an address. */
const hashes = /[0-9a-f]{64}/g;
const notCollecting = { collecting: { $exists: false } } as const;

/** Which objects make up which avatar, in MongoDB. */
export class AvatarRepository {
  private readonly avatars: Model<AvatarRecord>;
  private readonly personas: Model<PersonaRecord>;
  private readonly versions: Model<PersonaVersionRecord>;

  constructor(connection: Connection) {
    this.avatars = avatarModel(connection);
    this.personas = personaModel(connection);
    this.versions = personaVersionModel(connection);
  }

  /** Keeps a picture that was sent, perhaps again. False while the same one is being removed: then its objects may be gone in a moment. */
  async keep({ _id, renditions }: Pick<AvatarRecord, '_id' | 'renditions'>): Promise<boolean> {
    const now = new Date();
    try {
      await this.avatars.updateOne({ _id, ...notCollecting }, { $set: { takenAt: now }, $setOnInsert: { renditions, createdAt: now } }, { upsert: true });
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // It is being removed, or another request was first with the same picture.
      return this.take(_id);
    }
  }

  /** Notes that somebody is about to use it. False when there is none, or none any more. */
  async take(hash: string): Promise<boolean> {
    const { matchedCount } = await this.avatars.updateOne({ _id: hash, ...notCollecting }, { $set: { takenAt: new Date() } });
    return matchedCount > 0;
  }

  async find(hash: string): Promise<AvatarRecord | null> {
    return this.avatars.findById(hash).lean<AvatarRecord>();
  }

  /**
   * Marks pictures that nobody has taken since, and that no version or draft of a persona shows, as being removed, and returns them, with
   * those that an earlier collection did not get done with. First the mark, then the look: whoever puts one into a persona takes it first.
   */
  async beginCollection(takenBefore: Date, limit: number): Promise<AvatarRecord[]> {
    const old = { $or: [{ takenAt: { $lt: takenBefore } }, { takenAt: { $exists: false }, createdAt: { $lt: takenBefore } }] };
    const shown = await this.shown();
    await this.spare(shown);
    const candidates: string[] = [];
    for await (const { _id } of this.avatars.find(old, { _id: 1 }).lean<AvatarRecord[]>().cursor() as AsyncIterable<AvatarRecord>) {
      if (!shown.has(_id)) candidates.push(_id);
      if (candidates.length >= limit) break;
    }
    if (candidates.length === 0) return [];
    await this.avatars.updateMany({ _id: { $in: candidates }, ...old }, { $set: { collecting: true } });
    await this.spare(await this.shown());
    return this.avatars.find({ _id: { $in: candidates }, collecting: true }).lean<AvatarRecord[]>();
  }

  /** The objects are gone, and so is the picture. */
  async finishCollection(hash: string): Promise<void> {
    await this.avatars.deleteOne({ _id: hash, collecting: true });
  }

  /** Takes the mark from those that are shown after all; a process may have died before it did. */
  private async spare(shown: ReadonlySet<string>): Promise<void> {
    const marked = await this.avatars.find({ collecting: true }, { _id: 1 }).lean<{ _id: string }[]>();
    const spared = marked.flatMap(({ _id }) => (shown.has(_id) ? [_id] : []));
    if (spared.length > 0) await this.avatars.updateMany({ _id: { $in: spared } }, { $unset: { collecting: '' } });
  }

  /** Names of all pictures that a version or draft of a persona shows, in whatever size and by whatever address. */
  private async shown(): Promise<Set<string>> {
    const own = { $regex: '[0-9a-f]{64}' };
    const found = new Set<string>();
    const add = (address: string | undefined) => address?.match(hashes)?.forEach((hash) => found.add(hash));
    const heads = this.personas.find({ $or: [{ imageUrl: own }, { 'draft.profile.imageUrl': own }] }, { imageUrl: 1, 'draft.profile.imageUrl': 1 }).lean<PersonaRecord[]>().cursor();
    for await (const { imageUrl, draft } of heads as AsyncIterable<PersonaRecord>) [imageUrl, draft?.profile.imageUrl].forEach(add);
    const versions = this.versions.find({ 'profile.imageUrl': own }, { 'profile.imageUrl': 1 }).lean<PersonaVersionRecord[]>().cursor();
    for await (const { profile } of versions as AsyncIterable<PersonaVersionRecord>) add(profile.imageUrl);
    return found;
  }
}

function avatarModel(connection: Connection): Model<AvatarRecord> {
  const schema = new Schema<AvatarRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'avatars' },
  );
  schema.index({ takenAt: 1 });
  return (connection.models['Avatar'] as Model<AvatarRecord>) ?? connection.model<AvatarRecord>('Avatar', schema);
}
