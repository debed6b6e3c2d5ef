import { randomUUID } from 'node:crypto';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { connectDatabase } from '@dramatis/database/connection';
import { PersonaCache } from '@dramatis/database/personas/persona-cache';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { createLogger } from '@dramatis/telemetry/logger';
import { connectRedis, connectRedisSubscriber, whenReady } from '@dramatis/turn-events/redis';
import { TurnEventFollower } from '@dramatis/turn-events/turn-event-follower';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { createAdapters } from '../../../apps/worker/dist/adapters.js';
import { readEnv } from '../../../apps/worker/dist/env.js';
import { MockActivityEnvironment } from '@temporalio/testing';
import { questions, turnsPerConversation } from '../questions.mjs';

/**
 * The same steps as a turn, called one after another in one process: what a turn would cost without durability.
 * Answers `{ turns, concurrency }` from its parent with the times of each turn and of the whole.
 */
const env = readEnv();
const adapters = await createAdapters(env, createLogger({ name: 'in-process', level: 'error' }));
await adapters.prepare();
const database = connectDatabase({ uri: env.MONGODB_URI });
const redis = connectRedis({ url: env.REDIS_URL });
const subscriber = connectRedisSubscriber({ url: env.REDIS_URL });
await Promise.all([whenReady(redis, 5_000), whenReady(subscriber, 5_000)]);
const stream = new TurnEventStream(redis);
const follower = new TurnEventFollower({ stream, subscriber, loadEndedTurn: async () => null });
const turns = new TurnRepository(database);
const conversations = new ConversationRepository(database);
const personas = new PersonaRepository(database, new PersonaCache(redis));
const steps = adapters.turnActivities;
const ownerId = randomUUID();

async function createConversation(personaId) {
  const conversationId = randomUUID();
  await conversations.create(conversationId, { ownerId, personaId, personaName: personaId, title: null, mode: 'educator', format: 'free' });
  return conversationId;
}

async function turn(conversationId, personaId, userText) {
  const start = performance.now();
  const persona = await personas.get(personaId);
  const { record } = await turns.start({
    conversationId,
    ownerId,
    personaId,
    personaVersion: persona.version,
    corpusVersion: persona.corpus.corpusVersion,
    requestId: randomUUID(),
    regenerationOf: null,
    mode: 'educator',
    format: 'free',
    userText,
  });
  const turnId = record._id;
  let firstDeltaMs;
  const following = (async () => {
    for await (const event of follower.follow(turnId, 0)) {
      if (event.type === 'delta') firstDeltaMs ??= performance.now() - start;
    }
  })();
  await stream.publish(turnId, { type: 'accepted' });
  const { loaded, retrieved, composed } = await steps.prepareTurn({ turnId, conversationId });
  const { provider } = loaded.route[0];
  const { passages, grounded } = retrieved;
  const input = { turnId, provider, promptHash: composed.promptHash, retrieved: { passages, grounded }, purpose: 'reply', discard: { code: 'internal', reason: '' } };
  const generated = await new MockActivityEnvironment({ attempt: 1 }).run(steps.generateReply, input);
  await steps.settleTurn({ turnId, draftKey: generated.draftKey, retrieved, promptHash: composed.promptHash, generated, steps: [] });
  await following;
  return { firstDeltaMs, totalMs: performance.now() - start };
}

async function lane(count, offset) {
  const measured = [];
  let conversationId;
  for (let index = 0; index < count; index += 1) {
    const [personaId, question] = questions[(Math.floor((index + offset) / turnsPerConversation)) % questions.length];
    if (index % turnsPerConversation === 0) conversationId = await createConversation(personaId);
    measured.push(await turn(conversationId, personaId, question));
  }
  return measured;
}

process.on('message', async ({ count, concurrency }) => {
  try {
    const start = performance.now();
    const lanes = await Promise.all(Array.from({ length: concurrency }, (_, index) => lane(count, index)));
    process.send({ measured: lanes.flat(), elapsedMs: performance.now() - start });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
process.on('SIGTERM', () => process.exit(0));
process.send('ready');
