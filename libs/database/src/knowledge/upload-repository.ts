import { DomainError } from '@dramatis/contracts/errors';
import { type Connection, type Model, Schema } from 'mongoose';
import { insert } from '../insert.js';

/** A file that was uploaded and waits for a source to take it. */
export interface UploadRecord {
  _id: string;
  fileName: string;
  format: string;
  contentType: string;
  objectKey: string;
  sha256: string;
  bytes: number;
  createdAt: Date;
  /** Whether its object is being removed, since no source took it. */
  collecting?: true;
}

const dayMs = 86_400_000;
/** How long an upload waits for a source. */
const waitsMs = 7 * dayMs;
/** When it is removed: a day later, so that none goes while a request puts it into a source. */
const keptMs = 8 * dayMs;

export function uploadModel(connection: Connection): Model<UploadRecord> {
  const schema = new Schema<UploadRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'uploads' },
  );
  schema.index({ createdAt: 1, _id: 1 });
  return (connection.models['Upload'] as Model<UploadRecord>) ?? connection.model<UploadRecord>('Upload', schema);
}

/** Uploaded files in MongoDB; their bytes are in the object store. */
export class UploadRepository {
  private readonly uploads: Model<UploadRecord>;

  constructor(connection: Connection) {
    this.uploads = uploadModel(connection);
  }

  async create(record: UploadRecord): Promise<void> {
    await insert(this.uploads, record);
  }

  /** In the order asked for. @throws DomainError upload_not_found */
  async getMany(uploadIds: readonly string[]): Promise<UploadRecord[]> {
    const waiting = { createdAt: { $gte: new Date(Date.now() - waitsMs) } };
    const records = await this.uploads.find({ _id: { $in: [...uploadIds] }, ...waiting }).lean<UploadRecord[]>();
    const known = new Map(records.map((record) => [record._id, record]));
    return uploadIds.map((uploadId) => {
      const record = known.get(uploadId);
      if (!record) throw new DomainError('upload_not_found', { id: uploadId });
      return record;
    });
  }

  /** Marks so many of those that waited in vain as being removed, and returns them, with those that an earlier collection did not get done with. */
  async beginCollection(limit: number, before = new Date(Date.now() - keptMs)): Promise<Pick<UploadRecord, '_id' | 'objectKey'>[]> {
    const old = await this.uploads.find({ createdAt: { $lt: before } }, { objectKey: 1 }).sort({ createdAt: 1 }).limit(limit).lean<UploadRecord[]>();
    if (old.length > 0) await this.uploads.updateMany({ _id: { $in: old.map(({ _id }) => _id) } }, { $set: { collecting: true } });
    return old;
  }

  /** Their objects are gone, or are others' too. */
  async finishCollection(uploadIds: readonly string[]): Promise<void> {
    await this.uploads.deleteMany({ _id: { $in: [...uploadIds] }, collecting: true });
  }
}
