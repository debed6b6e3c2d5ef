import { Schema, type Connection, type Model } from 'mongoose';

/** A picture that was taken as an avatar. */
export interface AvatarRecord {
  /** SHA-256 of its largest rendition, hexadecimal; its name in addresses. */
  _id: string;
  /** Where its renditions are in the object store, by their size in pixels. */
  renditions: { size: number; objectKey: string; bytes: number }[];
  createdAt: Date;
}

/** Which objects make up which avatar, in MongoDB. */
export class AvatarRepository {
  private readonly avatars: Model<AvatarRecord>;

  constructor(connection: Connection) {
    this.avatars = avatarModel(connection);
  }

  /** Repeating it changes nothing. */
  async keep({ _id, ...record }: AvatarRecord): Promise<void> {
    await this.avatars.updateOne({ _id }, { $setOnInsert: record }, { upsert: true });
  }

  async find(hash: string): Promise<AvatarRecord | null> {
    return this.avatars.findById(hash).lean<AvatarRecord>();
  }
}

function avatarModel(connection: Connection): Model<AvatarRecord> {
  const schema = new Schema<AvatarRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'avatars' },
  );
  return (connection.models['Avatar'] as Model<AvatarRecord>) ?? connection.model<AvatarRecord>('Avatar', schema);
}
