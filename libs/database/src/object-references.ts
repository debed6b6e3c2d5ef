import type { Connection } from 'mongoose';

/** Where keys of objects stand, by collection. What a run has settled is known by its revision; a picture or an upload that is being removed needs its objects no more. */
const references: readonly { collection: string; field: string; where?: object }[] = [
  { collection: 'document_revisions', field: 'objectKey' },
  { collection: 'sources', field: 'documents.objectKey' },
  { collection: 'uploads', field: 'objectKey', where: { collecting: { $exists: false } } },
  { collection: 'web_pages', field: 'objectKey' },
  { collection: 'ingestion_documents', field: 'objectKey', where: { state: { $in: [null, 'failed'] } } },
  { collection: 'avatars', field: 'renditions.objectKey', where: { collecting: { $exists: false } } },
];

/**
 * Those of the keys that nothing refers to: no revision, source, upload or fetched page of any persona, no document on its way, and no
 * picture. The same content has the same key, whatever it is used for.
 */
export async function unreferencedObjects(connection: Connection, objectKeys: readonly string[]): Promise<string[]> {
  const unused = new Set(objectKeys);
  for (const { collection, field, where } of references) {
    if (unused.size === 0) break;
    // All keys in one question: where no index knows them, each question is a look at the whole collection.
    const referring = connection.collection(collection).find({ [field]: { $in: [...unused] }, ...where }, { projection: { _id: 0, [field]: 1 } });
    for await (const record of referring) for (const key of keysAt(record, field)) unused.delete(key);
  }
  return [...unused];
}

/** What stands at `objectKey`, or at `documents.objectKey` of a list of documents. */
function keysAt(record: Record<string, unknown>, field: string): string[] {
  const [first, ...rest] = field.split('.');
  return [record[first!]].flat().flatMap((value) => (rest.length === 0 ? (value as string) : keysAt(value as Record<string, unknown>, rest.join('.'))));
}
