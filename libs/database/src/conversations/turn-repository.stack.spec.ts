import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { ConversationRepository } from './conversation-repository.js';
import { TurnRepository, type NewTurn } from './turn-repository.js';

let connection: Connection;
let turns: TurnRepository;
let conversations: ConversationRepository;

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  turns = new TurnRepository(connection);
  conversations = new ConversationRepository(connection);
  await createIndexes(connection);
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const newTurn = (changes: Partial<NewTurn> = {}): NewTurn => ({
  conversationId: randomUUID(),
  ownerId: randomUUID(),
  personaId: 'ada',
  personaVersion: 1,
  corpusVersion: 1,
  requestId: randomUUID(),
  regenerationOf: null,
  mode: 'educator',
  format: 'free',
  userText: 'Why?',
  ...changes,
});
const ending = { status: 'completed' as const, replyText: 'Because.', citations: [], failure: null, provenance: null };

describe('TurnRepository', () => {
  it('gives one turn for one request, however often and at once it is made', async () => {
    const input = newTurn();
    const started = await Promise.all(Array.from({ length: 5 }, () => turns.start(input)));
    expect(new Set(started.map(({ record }) => record._id)).size).toBe(1);
    expect(started.filter(({ created }) => created)).toHaveLength(1);
  });

  it('refuses a request id that comes again with another text', async () => {
    const input = newTurn();
    await turns.start(input);
    await expect(turns.start({ ...input, userText: 'How?' })).rejects.toMatchObject({ code: 'request_id_reused' });
  });

  it('runs one turn of a conversation at a time and names it to the second', async () => {
    const first = newTurn();
    const second = { ...first, requestId: randomUUID() };
    const results = await Promise.allSettled([turns.start(first), turns.start(second)]);
    const running = results.find((result) => result.status === 'fulfilled')!;
    const refused = results.find((result) => result.status === 'rejected')!;
    expect(refused.reason).toMatchObject({ code: 'turn_in_progress', turnId: running.value.record._id });
    await turns.finish(running.value.record._id, ending);
    expect((await turns.start({ ...first, requestId: randomUUID() })).created).toBe(true);
  });

  it('ends a turn once', async () => {
    const { record } = await turns.start(newTurn());
    const ended = await turns.finish(record._id, ending, record);
    expect(ended).toEqual(await turns.get(record._id));
    const again = await turns.finish(record._id, { ...ending, status: 'failed', replyText: null }, record);
    expect(again).toEqual(ended);
  });

  it('keeps each failed attempt once', async () => {
    const { record } = await turns.start(newTurn());
    const at = new Date().toISOString();
    const attempt = { attempt: 1, provider: 'a', model: 'm', purpose: 'reply', outcome: 'failed', startedAt: at, endedAt: at, timeToFirstTokenMs: null } as const;
    await turns.recordAttempt(record._id, attempt);
    await turns.recordAttempt(record._id, attempt);
    expect((await turns.get(record._id)).endedAttempts).toHaveLength(1);
  });

  it('shows a turn to its owner only', async () => {
    const { record } = await turns.start(newTurn());
    expect((await turns.getOwn(record._id, record.ownerId))._id).toBe(record._id);
    await expect(turns.getOwn(record._id, randomUUID())).rejects.toMatchObject({ code: 'turn_not_found' });
  });

  it('gives the newest try of each earlier message as history', async () => {
    const conversationId = randomUUID();
    const say = async (userText: string, replyText: string, regenerationOf: string | null = null) => {
      const { record } = await turns.start(newTurn({ conversationId, userText, regenerationOf }));
      return turns.finish(record._id, { ...ending, replyText });
    };
    const first = await say('One?', 'First.');
    await say('Two?', 'Second.');
    await say('One?', 'First, better.', first._id);
    const { record } = await turns.start(newTurn({ conversationId, userText: 'Three?' }));
    const expected = [
      { userText: 'Two?', replyText: 'Second.' },
      { userText: 'One?', replyText: 'First, better.' },
    ];
    expect(await turns.getWithHistory(record._id, conversationId, 10)).toMatchObject({ turn: { _id: record._id }, history: expected });
    expect((await turns.getWithHistory(record._id, undefined, 10)).history).toEqual(expected);
  });
});

describe('ConversationRepository', () => {
  it('counts turns, names the running one, and deletes everything but only when nothing runs', async () => {
    const [conversationId, ownerId] = [randomUUID(), randomUUID()];
    await conversations.create(conversationId, { ownerId, personaId: 'ada', personaName: 'Ada', title: null, mode: 'educator', format: 'free' });
    const { record } = await turns.start(newTurn({ conversationId, ownerId }));
    await conversations.touch(conversationId, { mode: 'debater', format: 'qa', title: 'Why?' });
    const { items, total } = await conversations.list(ownerId, { limit: 10, offset: 0 });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ title: 'Why?', mode: 'debater', turnCount: 1, runningTurnId: record._id });
    await expect(conversations.delete(conversationId, ownerId)).rejects.toMatchObject({ code: 'turn_in_progress' });
    await turns.finish(record._id, ending);
    await expect(conversations.delete(conversationId, randomUUID())).rejects.toMatchObject({ code: 'conversation_not_found' });
    await conversations.delete(conversationId, ownerId);
    expect(await turns.find(record._id)).toBeNull();
  });
});
