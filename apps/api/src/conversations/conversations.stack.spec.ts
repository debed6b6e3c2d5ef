import type { Conversation, ConversationPage, ConversationWithTurns } from '@dramatis/contracts/conversation';
import type { ConversationExport } from '@dramatis/contracts/conversation-export';
import type { ConversationShare, SharedConversation } from '@dramatis/contracts/share';
import type { StartedTurn, StartTurn } from '@dramatis/contracts/turn';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { type TurnEnding, TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { DATABASE, REDIS } from '../infrastructure/tokens.js';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { ApiHarness, type ApiClient } from '../../test/api-harness.js';
import { createTemporalNamespace, eventually } from '../../test/temporal-namespace.js';

const ending: TurnEnding = {
  status: 'completed',
  replyText: 'It weaves [1].',
  citations: [1, 2].map((number) => ({
    number,
    passageId: String(number).repeat(32),
    documentId: 'notes',
    documentTitle: 'Notes',
    headingPath: ['On weaving'],
    text: `Passage ${number}.`,
    cited: number === 1,
  })),
  failure: null,
  provenance: null,
};

describe('conversations over HTTP', () => {
  let api: ApiHarness;
  let temporal: Awaited<ReturnType<typeof createTemporalNamespace>>;
  let guest: ApiClient;
  let turns: TurnRepository;
  let personaId: string;
  let conversationId: string;
  let path: string;

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
    turns = api.app.get(TurnRepository);
    personaId = (await api.createPersona()).personaId;
  }, 60_000);
  beforeEach(async () => {
    guest = api.client();
    ({ conversationId } = await guest.beginConversation(personaId));
    path = `/api/conversations/${conversationId}`;
  });
  afterAll(async () => {
    await api.stop();
    await temporal.close();
  });

  const start = (text: string, body: Partial<StartTurn> = {}) =>
    guest.post<StartedTurn & { code: string }>(`${path}/turns`, { requestId: randomUUID(), text, ...body });
  const say = async (text: string, body: Partial<StartTurn> = {}, replyText = `On ${text}`) => {
    const { turnId } = (await start(text, body)).body;
    await turns.finish(turnId, { ...ending, replyText });
    return turnId;
  };
  const read = async () => (await guest.get<ConversationWithTurns>(path)).body;
  const texts = async () => (await read()).turns.map(({ userText }) => userText);

  describe('branches', () => {
    it('begin where a message is said in the place of another, and are moved between', async () => {
      const one = await say('one', { parentTurnId: null });
      const two = await say('two', { parentTurnId: one });
      const three = await say('three', { parentTurnId: two });
      const edited = await say('two, edited', { parentTurnId: one });
      const shown = await read();
      expect(shown).toMatchObject({ headTurnId: edited, turnCount: 4 });
      expect(shown.turns.map(({ userText, siblings }) => [userText, siblings.map(({ turnId }) => turnId)])).toEqual([
        ['one', [one]],
        ['two, edited', [two, edited]],
      ]);
      expect((await guest.patch(path, { headTurnId: two })).status).toBe(200);
      expect(await read()).toMatchObject({ headTurnId: three });
      expect(await texts()).toEqual(['one', 'two', 'three']);
      const four = await say('four');
      expect(await turns.get(four)).toMatchObject({ parentTurnId: three });
      expect(await texts()).toEqual(['one', 'two', 'three', 'four']);
      await say('five');
      expect(await texts()).toEqual(['one', 'two', 'three', 'four', 'five']);
      expect((await turns.getWithHistory(four, conversationId, 10)).history.map(({ userText }) => userText)).toEqual(['one', 'two', 'three']);
    });

    it('begin with another try at a message, in whatever manner', async () => {
      const one = await say('one');
      const two = await say('two');
      const { body } = await guest.post<StartedTurn>(`/api/turns/${one}/regenerate`, { requestId: randomUUID(), format: 'bullet_points' });
      await turns.finish(body.turnId, ending);
      const shown = await read();
      expect(shown.turns).toMatchObject([{ turnId: body.turnId, format: 'bullet_points', parentTurnId: null, regenerationOf: one }]);
      expect(shown.turns[0]!.siblings.map(({ turnId }) => turnId)).toEqual([one, body.turnId]);
      await guest.patch(path, { headTurnId: one });
      expect(await read()).toMatchObject({ headTurnId: two });
    });

    it('ask the language model that was chosen, of those on offer', async () => {
      const one = await say('one');
      const again = (provider: string) => guest.post<StartedTurn>(`/api/turns/${one}/regenerate`, { requestId: randomUUID(), provider });
      const announced = { providers: [{ id: 'anthropic', model: 'm' }], languageModelConfigured: true };
      await api.app.get<Redis>(REDIS).set('dramatis:providers', JSON.stringify(announced), 'EX', 60);
      expect(await again('openai')).toMatchObject({ status: 422, body: { code: 'provider_not_offered' } });
      expect((await read()).runningTurnId).toBeNull();
      const { body } = await again('anthropic');
      expect(await turns.get(body.turnId)).toMatchObject({ provider: 'anthropic' });
    });

    it('give the same turn for the same request', async () => {
      const one = await say('one', { parentTurnId: null });
      await say('two', { parentTurnId: one });
      const request = { requestId: randomUUID(), parentTurnId: one };
      const answers = await Promise.all([1, 2, 3].map(() => start('two, edited', request)));
      expect(new Set(answers.map(({ body }) => body.turnId)).size).toBe(1);
      expect((await read()).turnCount).toBe(3);
    });

    it('begin at turns of the conversation only, one at a time', async () => {
      const other = await guest.beginConversation(personaId);
      const { turnId: elsewhere } = await guest.startTurn(other.conversationId);
      expect(await start('one', { parentTurnId: elsewhere })).toMatchObject({ status: 404, body: { code: 'turn_not_found' } });
      expect(await guest.patch(path, { headTurnId: elsewhere })).toMatchObject({ status: 404, body: { code: 'turn_not_found' } });
      const one = await say('one');
      await start('two');
      expect(await start('two, edited', { parentTurnId: one })).toMatchObject({ status: 409, body: { code: 'turn_in_progress' } });
      expect(await guest.patch(path, { headTurnId: one })).toMatchObject({ status: 409, body: { code: 'turn_in_progress' } });
    });
  });

  it('leave a mode and a format that the persona gave up, one after the other', async () => {
    const persona = await api.createPersona({ defaultInteractionModes: ['debater'], supportedResponseFormats: ['bullet_points'] });
    const own = await guest.beginConversation(persona.personaId);
    await api.operator.patch(`/api/personas/${persona.personaId}`, { defaultInteractionModes: ['educator'], supportedResponseFormats: ['free'] });
    const change = (patch: object) => guest.patch<Conversation & { code: string }>(`/api/conversations/${own.conversationId}`, patch);
    expect(await change({ mode: 'debater' })).toMatchObject({ status: 422, body: { code: 'mode_not_supported' } });
    expect(await change({ mode: 'educator' })).toMatchObject({ status: 200, body: { mode: 'educator', format: 'bullet_points' } });
    expect(await change({ format: 'free' })).toMatchObject({ status: 200, body: { mode: 'educator', format: 'free' } });
  });

  it('are pinned, archived, found and listed', async () => {
    await say('What of the Bernoulli numbers?');
    const second = await guest.beginConversation(personaId);
    const list = async (query = '') => (await guest.get<ConversationPage>(`/api/conversations${query}`)).body.items.map((item) => item.conversationId);
    expect((await guest.patch<Conversation>(path, { pinned: true })).body).toMatchObject({ pinned: true, archived: false });
    expect(await list()).toEqual([conversationId, second.conversationId]);
    await guest.patch(`/api/conversations/${second.conversationId}`, { archived: true });
    expect(await list()).toEqual([conversationId]);
    expect(await list('?archived=true')).toEqual([second.conversationId]);
    expect(await list('?pinned=false')).toEqual([]);
    expect(await guest.get('/api/conversations?archived=perhaps')).toMatchObject({ status: 400 });
    expect((await api.client().get<ConversationPage>('/api/conversations?search=bernoulli')).body).toMatchObject({ items: [], unsearched: 0 });
  });

  it('are found by a phrase in quotation marks, where its words follow one another', async () => {
    const search = async (query: string) => (await guest.get<ConversationPage>(`/api/conversations?search=${encodeURIComponent(query)}`)).body;
    const idsFor = async (query: string) => (await search(query)).items.map((item) => item.conversationId);
    await say('Which engine made a difference?', {}, `${'It was long ago. '.repeat(20)}The Différence-Engine counts; an analytical engine weaves.`);
    const apart = await guest.beginConversation(personaId);
    const { turnId } = await guest.startTurn(apart.conversationId, 'Does the engine make a difference?');
    await turns.finish(turnId, { status: 'completed', replyText: 'The engines make one.', citations: [], failure: null, provenance: null });
    // Until the conversations have noted that they were used.
    await eventually(async () => expect(new Set(await idsFor('engine difference'))).toEqual(new Set([conversationId, apart.conversationId])));
    const { items, unsearched, total } = await search('"difference engine"');
    expect(items.map((item) => item.conversationId)).toEqual([conversationId]);
    expect([unsearched, total]).toEqual([0, 1]);
    expect(items[0]!.excerpt).toContain('The Différence-Engine counts');
    expect(await idsFor('„difference engine“ weaves')).toEqual([conversationId]);
    expect(await idsFor('"engine difference"')).toEqual([]);
    expect(await idsFor('"engine"')).toEqual(expect.arrayContaining([conversationId, apart.conversationId]));
    expect(await idsFor('"analytical engines"')).toEqual([]);
    await guest.patch(`/api/conversations/${apart.conversationId}`, { title: 'On the Difference Engine' });
    expect(new Set(await idsFor('"difference engine"'))).toEqual(new Set([conversationId, apart.conversationId]));
    // What is said later is found too.
    const later = await guest.startTurn(apart.conversationId, 'Who wrote of poetical science?');
    await turns.finish(later.turnId, { status: 'completed', replyText: 'I did.', citations: [], failure: null, provenance: null });
    expect(await idsFor('"science of poetry"')).toEqual([]);
    await eventually(async () => expect(await idsFor('"poetical science"')).toEqual([apart.conversationId]));
  });

  describe('deleted', () => {
    const database = () => api.app.get<Connection>(DATABASE);
    const conversations = () => api.app.get(ConversationRepository);
    /** As if all that was deleted until now had been so for long. */
    const settle = () => conversations().settleRemovals(new Date(Date.now() + 60_000));

    it('leave no turn behind that was on its way', async () => {
      const one = await say('one');
      const { ownerId } = await turns.get(one);
      expect((await guest.delete(path)).status).toBe(204);
      expect(await turns.find(one)).toBeNull();
      // A request that had read the conversation before it was gone.
      const late = { conversationId, ownerId, requestId: randomUUID(), personaId, personaVersion: 1, corpusVersion: 0, regenerationOf: null, mode: 'educator' as const, format: 'free' as const, userText: 'late' };
      const { record } = await turns.start(late);
      await settle();
      expect(await turns.find(record._id)).toBeNull();
      expect(await database().collection('conversation_removals').countDocuments({ _id: conversationId as never })).toBe(0);
    });

    it('are gone to the end, where the process died in the middle', async () => {
      const one = await say('one');
      await database().collection('conversation_removals').insertOne({ _id: conversationId as never, at: new Date() });
      await settle();
      expect((await guest.get(path)).status).toBe(404);
      expect(await turns.find(one)).toBeNull();
    });

    it('are not, while a reply is being made', async () => {
      await start('one');
      expect(await guest.delete(path)).toMatchObject({ status: 409, body: { code: 'turn_in_progress' } });
      await settle();
      expect((await read()).turnCount).toBe(1);
    });
  });

  describe('shared', () => {
    const share = async () => (await guest.post<ConversationShare & { code: string }>(`${path}/share`)).body;
    const open = (token: string) => api.client().get<SharedConversation & { code: string }>(`/api/shared/${token}`);

    it('show the branch as it was, to whoever has the link, and nothing of who wrote it', async () => {
      const one = await say('one', { parentTurnId: null });
      await say('two', { parentTurnId: one });
      await say('two, edited', { parentTurnId: one }, 'It weaves [1].');
      const { token, turnCount } = await share();
      expect(turnCount).toBe(2);
      await say('later');
      const { status, body, headers } = await open(token);
      expect(status).toBe(200);
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('set-cookie')).toBeNull();
      expect(Object.keys(body).sort()).toEqual(['personaId', 'personaName', 'sharedAt', 'title', 'turns']);
      expect(body.turns.map(({ userText }) => userText)).toEqual(['one', 'two, edited']);
      expect(body.turns[1]).toEqual({
        mode: 'educator',
        format: 'free',
        userText: 'two, edited',
        replyText: 'It weaves [1].',
        citations: [{ number: 1, documentTitle: 'Notes', headingPath: ['On weaving'], text: 'Passage 1.' }],
      });
      expect((await read()).sharedAt).toBe(body.sharedAt);
    });

    it('show nothing when revoked, replaced or deleted', async () => {
      await say('one');
      const first = await share();
      const second = await share();
      expect(await open(first.token)).toMatchObject({ status: 404, body: { code: 'share_not_found' } });
      expect((await open(second.token)).status).toBe(200);
      expect((await guest.delete(`${path}/share`)).status).toBe(204);
      expect((await guest.delete(`${path}/share`)).status).toBe(204);
      expect((await open(second.token)).status).toBe(404);
      expect((await read()).sharedAt).toBeNull();
      const third = await share();
      await guest.delete(path);
      expect((await open(third.token)).status).toBe(404);
      expect(await open('too-short')).toMatchObject({ status: 400 });
    });

    it('leave out the reply that is being made, and need one that was', async () => {
      await start('one');
      expect(await guest.post(`${path}/share`)).toMatchObject({ status: 409, body: { code: 'nothing_to_share' } });
      await turns.finish((await read()).runningTurnId!, ending);
      await start('two');
      const { token } = await share();
      expect((await open(token)).body.turns.map(({ userText }) => userText)).toEqual(['one']);
    });
  });

  describe('exported', () => {
    it('are the branch as Markdown, with sources', async () => {
      const one = await say('one', { parentTurnId: null });
      await say('two', { parentTurnId: one });
      await say('two, edited', { parentTurnId: one }, 'It weaves [1].');
      await guest.patch(path, { title: 'On weaving' });
      const { headers, body } = await guest.get<string>(`${path}/export?format=markdown`);
      expect(headers.get('content-type')).toBe('text/markdown; charset=utf-8');
      expect(headers.get('content-disposition')).toContain('filename="On-weaving.md"');
      expect(body).toMatch(/^# On weaving\n/);
      expect(body).toContain('two, edited');
      expect(body).not.toContain('On two');
      expect(body).toContain('> [1] Notes, On weaving: Passage 1.');
    });

    it('are all branches as JSON', async () => {
      const one = await say('one', { parentTurnId: null });
      const two = await say('two', { parentTurnId: one });
      await say('two, edited', { parentTurnId: one });
      await guest.patch(path, { headTurnId: two });
      const { body } = await guest.get<ConversationExport>(`${path}/export?format=json`);
      expect(body).toMatchObject({ version: 1, conversationId, personaName: 'Ada Lovelace', headTurnId: two });
      expect(body.turns.map(({ userText, parentTurnId }) => [userText, parentTurnId])).toEqual([['one', null], ['two', one], ['two, edited', one]]);
      expect(JSON.stringify(body)).not.toMatch(/guestId|ownerId|workflowId/);
    });
  });

  it('do not exist for others', async () => {
    await say('one');
    const stranger = api.client();
    await stranger.post('/api/auth/guest');
    const missing = { status: 404, body: { code: 'conversation_not_found' } };
    for (const other of [stranger, api.client()]) {
      expect(await other.post(`${path}/share`)).toMatchObject(missing);
      expect(await other.delete(`${path}/share`)).toMatchObject(missing);
      expect(await other.get(`${path}/export`)).toMatchObject(missing);
      expect(await other.patch(path, { pinned: true })).toMatchObject(missing);
    }
  });
});
