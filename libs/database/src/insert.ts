import type { Model } from 'mongoose';

/**
 * Inserts the record as it is. Mongoose's own `create` would build a document around it first, which costs more than the write;
 * records here were checked at the edges. @throws a duplicate key error, see `isDuplicateKey`.
 */
export async function insert<T>(model: Model<T>, record: T): Promise<void> {
  await model.collection.insertOne(record as never);
}
