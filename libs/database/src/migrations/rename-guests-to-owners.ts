import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { runOnce } from './run-once.js';

const batchSize = 500;

/**
 * Before there were accounts, records named their owner `guestId`, and sessions had no ids and dates of their own. Idempotent; returns
 * whether there was something to do.
 */
export function renameGuestsToOwners(connection: Connection): Promise<boolean> {
  return runOnce(connection, 'rename-guests-to-owners', async () => {
    for (const name of ['conversations', 'turns']) {
      await connection.collection(name).updateMany({ guestId: { $exists: true } }, { $rename: { guestId: 'ownerId' } });
    }
    await completeSessions(connection);
    // The index of a field that is gone; on a new database neither it nor the collection is there.
    await connection.collection('conversations').dropIndex('guestId_1_updatedAt_-1').catch(() => undefined);
  });
}

async function completeSessions(connection: Connection): Promise<void> {
  const sessions = connection.collection('sessions');
  for (;;) {
    const old = await sessions.find({ guestId: { $exists: true } }).limit(batchSize).toArray();
    if (old.length === 0) return;
    await sessions.bulkWrite(
      old.map(({ _id, guestId, createdAt, expiresAt }: Record<string, unknown>) => {
        const added = { sessionId: randomUUID(), ownerId: guestId, accountId: null, userAgent: null, address: null, lastSeenAt: createdAt, endsAt: expiresAt };
        return { updateOne: { filter: { _id: _id as never }, update: { $set: added, $unset: { guestId: '' } } } };
      }),
    );
  }
}
