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
}

/** How long an upload waits for a source, in seconds; its bytes stay, since others may have the same. */
const keepSeconds = 7 * 86_400;

export function uploadModel(connection: Connection): Model<UploadRecord> {
  const schema = new Schema<UploadRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'uploads' },
  );
  schema.index({ createdAt: 1 }, { expireAfterSeconds: keepSeconds });
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
    const records = await this.uploads.find({ _id: { $in: [...uploadIds] } }).lean<UploadRecord[]>();
    const known = new Map(records.map((record) => [record._id, record]));
    return uploadIds.map((uploadId) => {
      const record = known.get(uploadId);
      if (!record) throw new DomainError('upload_not_found', { id: uploadId });
      return record;
    });
  }
}
