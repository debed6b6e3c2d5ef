import type { Connection } from 'mongoose';

/**
 * Runs the migration unless it is on record as done, so that starting does not search all records each time. One that failed, or that two
 * processes run at once, runs again: migrations are idempotent. Returns whether it ran.
 */
export async function runOnce(connection: Connection, name: string, migrate: () => Promise<void>): Promise<boolean> {
  const migrations = connection.collection<{ _id: string; doneAt: Date }>('migrations');
  if (await migrations.findOne({ _id: name })) return false;
  await migrate();
  await migrations.updateOne({ _id: name }, { $set: { doneAt: new Date() } }, { upsert: true });
  return true;
}
