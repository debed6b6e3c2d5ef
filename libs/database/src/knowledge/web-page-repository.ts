import { type Connection, type Model, Schema } from 'mongoose';

/** What a source knows of an address from the last time that it was fetched, so that what has not changed is not fetched again. */
export interface WebPageRecord {
  /** `<sourceId>/<entryId>`. */
  _id: string;
  sourceId: string;
  url: string;
  /** Where it led to, by redirects or by its canonical link. */
  finalUrl: string;
  etag: string | null;
  lastModified: string | null;
  contentType: string;
  fileName: string | null;
  objectKey: string;
  sha256: string;
  bytes: number;
  /** Pages that it links to, within the crawl's bounds of then. */
  links: string[];
  fetchedAt: Date;
}

export function webPageModel(connection: Connection): Model<WebPageRecord> {
  const schema = new Schema<WebPageRecord>(
    { _id: { type: String, required: true } },
    { versionKey: false, strict: false, minimize: false, collection: 'web_pages' },
  );
  schema.index({ sourceId: 1 });
  return (connection.models['WebPage'] as Model<WebPageRecord>) ?? connection.model<WebPageRecord>('WebPage', schema);
}

/** Fetched pages of sources, in MongoDB. */
export class WebPageRepository {
  private readonly pages: Model<WebPageRecord>;

  constructor(connection: Connection) {
    this.pages = webPageModel(connection);
  }

  async find(sourceId: string, entryId: string): Promise<WebPageRecord | null> {
    return this.pages.findById(`${sourceId}/${entryId}`).lean<WebPageRecord>();
  }

  async put(entryId: string, page: Omit<WebPageRecord, '_id'>): Promise<void> {
    await this.pages.collection.replaceOne({ _id: `${page.sourceId}/${entryId}` } as never, page, { upsert: true });
  }

  async deleteOfSource(sourceId: string): Promise<void> {
    await this.pages.deleteMany({ sourceId });
  }
}
