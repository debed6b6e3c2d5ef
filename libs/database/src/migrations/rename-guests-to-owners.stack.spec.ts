import { createHash, randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { ConversationRepository } from '../conversations/conversation-repository.js';
import { TurnRepository } from '../conversations/turn-repository.js';
import { SessionRepository } from '../sessions/session-repository.js';
import { renameGuestsToOwners } from './rename-guests-to-owners.js';

let connection: Connection;

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  await connection.asPromise();
});
afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

it('lets guests of before keep their session, their conversations and their turns', async () => {
  const [guestId, conversationId, turnId, token] = [randomUUID(), randomUUID(), randomUUID(), 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA'];
  const now = new Date();
  const [conversations, turns] = [new ConversationRepository(connection), new TurnRepository(connection)];
  const sessions = new SessionRepository(connection);
  await connection.collection('conversations').createIndex({ guestId: 1, updatedAt: -1 });
  await connection.collection('conversations').insertOne({ _id: conversationId as never, guestId, personaId: 'ada', createdAt: now, updatedAt: now });
  await connection.collection('turns').insertOne({ _id: turnId as never, conversationId, guestId, status: 'completed', createdAt: now, endedAt: now });
  const hash = createHash('sha256').update(token).digest('hex');
  await connection.collection('sessions').insertOne({ _id: hash as never, guestId, createdAt: now, expiresAt: new Date(now.getTime() + 3_600_000) });

  expect(await renameGuestsToOwners(connection)).toBe(true);
  await createIndexes(connection);
  expect(await renameGuestsToOwners(connection)).toBe(false);

  expect(await conversations.getOwn(conversationId, guestId)).toMatchObject({ ownerId: guestId });
  expect(await turns.getOwn(turnId, guestId)).not.toHaveProperty('guestId');
  expect(await sessions.find(token)).toEqual({ sessionId: expect.any(String), ownerId: guestId, account: null });
  const indexes = await connection.collection('conversations').indexes();
  expect(indexes.map(({ name }) => name)).not.toContain('guestId_1_updatedAt_-1');
});
