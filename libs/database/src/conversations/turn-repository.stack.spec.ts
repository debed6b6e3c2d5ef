import type { ConversationQuery } from '@dramatis/contracts/conversation';
import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { ConversationRepository, type NewConversation } from './conversation-repository.js';
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

  describe('on branches', () => {
    let conversationId: string;
    const say = async (userText: string, changes: Partial<NewTurn> = {}) => {
      const { record } = await turns.start(newTurn({ conversationId, userText, ...changes }));
      return turns.finish(record._id, { ...ending, replyText: `On ${userText}` });
    };
    const historyOf = async (turnId: string, limit = 10) =>
      (await turns.getWithHistory(turnId, conversationId, limit)).history.map(({ userText }) => userText);
    const branch = async (head?: string, query: { limit: number; before?: Date } = { limit: 10 }) => {
      const page = await turns.branch(conversationId, head, query);
      return { ...page, turns: page.turns.map(({ userText }) => userText) };
    };
    beforeEach(() => {
      conversationId = randomUUID();
    });

    it('reads a conversation from before there were any as one line', async () => {
      const first = await say('one');
      const better = await say('one', { regenerationOf: first._id });
      await say('two');
      const last = await say('three');
      expect(await branch()).toMatchObject({ headTurnId: last._id, turns: ['one', 'two', 'three'], more: false });
      const [shown] = (await turns.branch(conversationId, null, { limit: 10 })).turns;
      expect(shown).toMatchObject({ turnId: better._id, parentTurnId: null });
      expect(shown!.siblings).toEqual([
        { turnId: first._id, regenerationOf: null },
        { turnId: better._id, regenerationOf: first._id },
      ]);
      expect(await historyOf(last._id)).toEqual(['one', 'two']);
      expect((await turns.getWithHistory(last._id, undefined, 10)).history[0]).toEqual({ userText: 'one', replyText: 'On one' });
    });

    it('remembers what was said on the branch and nothing else', async () => {
      const one = await say('one', { parentTurnId: null });
      const two = await say('two', { parentTurnId: one._id });
      const three = await say('three', { parentTurnId: two._id });
      const edited = await say('two, edited', { parentTurnId: one._id });
      const after = await say('after', { parentTurnId: edited._id });
      expect(await historyOf(after._id)).toEqual(['one', 'two, edited']);
      expect(await historyOf(three._id)).toEqual(['one', 'two']);
      expect(await branch()).toMatchObject({ headTurnId: after._id, turns: ['one', 'two, edited', 'after'] });
      expect(await branch(three._id)).toMatchObject({ turns: ['one', 'two', 'three'] });
      const again = await say('two', { parentTurnId: one._id, regenerationOf: two._id });
      expect(await historyOf(again._id)).toEqual(['one']);
      expect(await historyOf((await say('begun anew', { parentTurnId: null }))._id)).toEqual([]);
    });

    it('remembers what was said long before, where a branch begins there', async () => {
      const one = await say('one', { parentTurnId: null });
      let last = one;
      for (const number of [2, 3, 4, 5, 6]) last = await say(String(number), { parentTurnId: last._id });
      const late = await say('late', { parentTurnId: one._id });
      expect(await historyOf(late._id, 2)).toEqual(['one']);
      expect(await historyOf(last._id, 2)).toEqual(['4', '5']);
      const later = await say('later', { parentTurnId: late._id });
      expect(await historyOf(later._id, 2)).toEqual(['one', 'late']);
    });

    it('leaves out messages without a reply', async () => {
      const one = await say('one', { parentTurnId: null });
      const { record: failed } = await turns.start(newTurn({ conversationId, userText: 'lost', parentTurnId: one._id }));
      await turns.finish(failed._id, { ...ending, status: 'failed', replyText: null });
      const two = await say('two', { parentTurnId: failed._id });
      expect(await historyOf(two._id)).toEqual(['one']);
      expect((await branch()).turns).toEqual(['one', 'lost', 'two']);
    });

    it('pages along the branch', async () => {
      const one = await say('one', { parentTurnId: null });
      const two = await say('two', { parentTurnId: one._id });
      await say('aside', { parentTurnId: one._id });
      const three = await say('three', { parentTurnId: two._id });
      expect(await branch(three._id, { limit: 2 })).toMatchObject({ turns: ['two', 'three'], more: true });
      expect(await branch(three._id, { limit: 2, before: two.createdAt })).toMatchObject({ turns: ['one'], more: false });
    });

    it('gives everything with the turn that it follows', async () => {
      const one = await say('one');
      const two = await say('two');
      const other = await say('other', { parentTurnId: null });
      const all = await turns.everything(conversationId, two._id);
      expect(all.headTurnId).toBe(two._id);
      expect(all.turns.map(({ _id, parentTurnId }) => [_id, parentTurnId])).toEqual([[one._id, null], [two._id, one._id], [other._id, null]]);
    });
  });
});

describe('ConversationRepository', () => {
  let ownerId: string;
  const query: ConversationQuery = { sort: 'recent', limit: 10, offset: 0 };
  const begin = async (changes: Partial<NewConversation> = {}) => {
    const conversationId = randomUUID();
    const input: NewConversation = { ownerId, personaId: 'ada', personaName: 'Ada', title: null, mode: 'educator', format: 'free', ...changes };
    await conversations.create(conversationId, input);
    return conversationId;
  };
  const say = async (conversationId: string, userText: string, replyText: string | null) => {
    const { record } = await turns.start(newTurn({ conversationId, ownerId, userText }));
    if (replyText !== null) await turns.finish(record._id, { ...ending, replyText });
    await conversations.touch(conversationId, { mode: 'educator', format: 'free', title: userText });
    return record._id;
  };
  const listed = async (changes: Partial<ConversationQuery> = {}) =>
    (await conversations.list(ownerId, { ...query, ...changes })).items.map(({ conversationId }) => conversationId);
  beforeEach(() => {
    ownerId = randomUUID();
  });

  it('counts turns, names the running one, and deletes everything but only when nothing runs', async () => {
    const conversationId = await begin();
    const turnId = await say(conversationId, 'Why?', null);
    await conversations.touch(conversationId, { mode: 'debater', format: 'qa', title: 'Why?' });
    const { items, total } = await conversations.list(ownerId, query);
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ title: 'Why?', mode: 'debater', turnCount: 1, runningTurnId: turnId, pinned: false, archived: false, sharedAt: null });
    await expect(conversations.delete(conversationId, ownerId)).rejects.toMatchObject({ code: 'turn_in_progress' });
    await turns.finish(turnId, ending);
    await expect(conversations.delete(conversationId, randomUUID())).rejects.toMatchObject({ code: 'conversation_not_found' });
    await conversations.delete(conversationId, ownerId);
    expect(await turns.find(turnId)).toBeNull();
  });

  it('puts pinned ones first, and archived ones apart', async () => {
    const [first, second, third] = [await begin({ title: 'C' }), await begin({ title: 'A' }), await begin({ title: 'B', personaId: 'grace' })];
    expect(await listed()).toEqual([third, second, first]);
    await conversations.update(first, ownerId, { pinned: true });
    expect(await listed()).toEqual([first, third, second]);
    expect(await listed({ sort: 'title' })).toEqual([first, second, third]);
    expect(await listed({ sort: 'created' })).toEqual([first, third, second]);
    expect(await listed({ pinned: false })).toEqual([third, second]);
    expect(await listed({ personaId: 'grace' })).toEqual([third]);
    await conversations.update(third, ownerId, { archived: true });
    expect(await listed()).toEqual([first, second]);
    expect(await listed({ archived: true })).toEqual([third]);
    await conversations.update(first, ownerId, { pinned: false });
    await conversations.update(third, ownerId, { archived: false });
    expect(await listed()).toEqual([third, second, first]);
    await expect(conversations.update(first, randomUUID(), { pinned: true })).rejects.toMatchObject({ code: 'conversation_not_found' });
  });

  describe('search', () => {
    it('finds words in titles, names and what was said, whatever their case and accents, of its owner alone', async () => {
      const weaving = await begin();
      await say(weaving, 'What did you say of weaving?', 'The Analytical Engine weaves algebraic patterns, said Émile.');
      const music = await begin({ title: 'On music', personaName: 'Grace' });
      const stranger = randomUUID();
      await conversations.create(stranger, { ownerId: randomUUID(), personaId: 'ada', personaName: 'Ada', title: 'weaving', mode: 'educator', format: 'free' });
      expect(await listed({ search: 'WEAV' })).toEqual([weaving]);
      expect(await listed({ search: 'emile patterns' })).toEqual([weaving]);
      expect(await listed({ search: 'music grace' })).toEqual([music]);
      expect(await listed({ search: 'weaving music' })).toEqual([]);
      expect(await listed({ search: '.*' })).toHaveLength(2);
      expect(await listed({ search: 'weaves?' })).toEqual([weaving]);
      const { items } = await conversations.list(ownerId, { ...query, search: 'algebraic' });
      expect(items[0]!.excerpt).toContain('weaves algebraic patterns');
      expect((await conversations.list(ownerId, query)).items[0]!.excerpt).toBeNull();
    });

    it('finds what was said since it searched last, also when a reply was being written then', async () => {
      const conversationId = await begin();
      const turnId = await say(conversationId, 'What is a cycle?', null);
      expect(await listed({ search: 'cards' })).toEqual([]);
      await turns.finish(turnId, { ...ending, replyText: 'It repeats cards.' });
      expect(await listed({ search: 'cards' })).toEqual([conversationId]);
      await say(conversationId, 'And numbers?', 'Bernoulli.');
      expect(await listed({ search: 'bernoulli cards' })).toEqual([conversationId]);
      await conversations.delete(conversationId, ownerId);
      expect(await listed({ search: 'cards' })).toEqual([]);
    });

    it('says how many it has not read, and reads them when it is asked again', async () => {
      for (let count = 0; count < 101; count += 1) await begin({ title: `Number ${count}` });
      const first = await conversations.list(ownerId, { ...query, search: 'number' });
      expect(first).toMatchObject({ total: 101, unsearched: 1 });
      expect(await conversations.list(ownerId, { ...query, search: 'number' })).toMatchObject({ unsearched: 0 });
    });
  });

  it('is found by the hash of its link, until that is replaced or revoked', async () => {
    const conversationId = await begin();
    const share = (hash: string) => ({ hash, headTurnId: randomUUID(), sharedAt: new Date() });
    const [first, second] = [randomUUID(), randomUUID()];
    await conversations.share(conversationId, ownerId, share(first));
    expect((await conversations.findShared(first))?._id).toBe(conversationId);
    await conversations.share(conversationId, ownerId, share(second));
    expect(await conversations.findShared(first)).toBeNull();
    await expect(conversations.share(conversationId, randomUUID(), null)).rejects.toMatchObject({ code: 'conversation_not_found' });
    await conversations.share(conversationId, ownerId, null);
    expect(await conversations.findShared(second)).toBeNull();
  });
});
