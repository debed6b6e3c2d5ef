import type { Conversation, ConversationPage, ConversationWithTurns } from '@dramatis/contracts/conversation';
import type { StartedTurn, Turn } from '@dramatis/contracts/turn';
import { type TurnEnding, TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { ApiHarness, nowhere, type ApiClient } from '../../test/api-harness.js';
import { createTemporalNamespace, eventually } from '../../test/temporal-namespace.js';
import { TurnReconciler } from './turn-reconciler.js';

const atOnce = 4;
const completed: TurnEnding = { status: 'completed', replyText: 'I wrote notes.', citations: [], failure: null, provenance: null };

describe('turns over HTTP', () => {
  let api: ApiHarness;
  let temporal: { namespace: string; client: Client; close: () => Promise<void> };
  let guest: ApiClient;
  let personaId: string;
  let conversationId: string;
  let turns: TurnRepository;
  let events: TurnEventStream;

  const send = (body: object, client = guest): ReturnType<typeof guest.post<StartedTurn & { code: string; turnId: string }>> =>
    client.post(`/api/conversations/${conversationId}/turns`, body);
  const message = (text = 'What did you do?'): { requestId: string; text: string } => ({ requestId: randomUUID(), text });
  const workflowStatus = async (workflowId: string): Promise<string> =>
    (await temporal.client.workflow.getHandle(workflowId).describe()).status.name;

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace, DRAMATIS_QUOTA_TURNS_AT_ONCE: String(atOnce) });
    turns = api.app.get(TurnRepository);
    events = api.app.get(TurnEventStream);
    personaId = (await api.createPersona()).personaId;
  }, 60_000);
  beforeEach(async () => {
    guest = api.client();
    ({ conversationId } = await guest.beginConversation(personaId));
  });
  afterAll(async () => {
    await api.stop();
    await temporal.close();
  });

  it('starts the workflow of a turn, described for operators', async () => {
    const { status, body } = await send({ ...message('What is an Engine?'), format: 'bullet_points' });
    expect(status).toBe(202);
    expect(body).toMatchObject({ workflowId: expect.stringMatching(`^turn/${conversationId}/`), queued: false });
    const description = await temporal.client.workflow.getHandle(body.workflowId).describe();
    expect(description).toMatchObject({ status: { name: 'RUNNING' }, type: 'conversationTurn', taskQueue: 'dramatis-turns' });
    expect(await description.staticSummary()).toBe('Ada Lovelace as educator, in bullet_points');
    expect(description.typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value])).toEqual(
      expect.arrayContaining([
        ['DramatisPersonaId', personaId],
        ['DramatisConversationId', conversationId],
        ['DramatisMode', 'educator'],
        ['DramatisFormat', 'bullet_points'],
      ]),
    );
    const turn = await guest.get<Turn>(`/api/turns/${body.turnId}`);
    expect(turn.body).toMatchObject({ status: 'running', userText: 'What is an Engine?', mode: 'educator', format: 'bullet_points' });
    expect(turn.body).not.toHaveProperty('ownerId');
    await eventually(async () => expect((await events.read(body.turnId, 0))[0]).toMatchObject({ id: 1, type: 'accepted' }));
    await eventually(async () => {
      const { body: conversation } = await guest.get<ConversationWithTurns>(`/api/conversations/${conversationId}`);
      expect(conversation).toMatchObject({ title: 'What is an Engine?', format: 'bullet_points', turnCount: 1, runningTurnId: body.turnId });
      expect(conversation.turns.map(({ turnId }) => turnId)).toEqual([body.turnId]);
    });
  });

  it('gives the same turn for the same request, also at the same moment', async () => {
    const request = message();
    const answers = await Promise.all(Array.from({ length: 5 }, () => send(request)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(answers.map(({ body }) => body.turnId)).size).toBe(1);
    expect(await send({ ...request, text: 'Something else' })).toMatchObject({ status: 409, body: { code: 'request_id_reused' } });
    await turns.finish(answers[0]!.body.turnId, completed);
    expect(await send(request)).toMatchObject({ status: 202, body: { turnId: answers[0]!.body.turnId, queued: false } });
  });

  it('runs one turn of a conversation at a time', async () => {
    const running = await send(message());
    const second = await send(message());
    expect(second).toMatchObject({ status: 409, body: { code: 'turn_in_progress', turnId: running.body.turnId } });
    expect(await guest.delete(`/api/conversations/${conversationId}`)).toMatchObject({ status: 409, body: { code: 'turn_in_progress' } });
    await turns.finish(running.body.turnId, completed);
    expect((await send(message())).status).toBe(202);
  });

  it('runs few turns of a guest at once', async () => {
    const request = message();
    await send(request);
    for (let count = 1; count < atOnce; count += 1) await guest.startTurn((await guest.beginConversation(personaId)).conversationId);
    const another = await guest.beginConversation(personaId);
    const refused = await guest.post(`/api/conversations/${another.conversationId}/turns`, message());
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_turns' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await send(request)).status).toBe(202);
  });

  it('refuses what the persona does not do, and personas that are gone', async () => {
    expect(await send({ ...message(), mode: 'lecturer' })).toMatchObject({ status: 422, body: { code: 'mode_not_supported' } });
    expect(await send({ ...message(), format: 'essay' })).toMatchObject({ status: 422, body: { code: 'format_not_supported' } });
    const archived = await api.createPersona();
    const conversation = await guest.beginConversation(archived.personaId);
    const path = `/api/conversations/${conversation.conversationId}/turns`;
    await api.operator.post(`/api/personas/${archived.personaId}/archive`);
    expect(await guest.post(path, message())).toMatchObject({ status: 422, body: { code: 'persona_unavailable' } });
    await api.operator.delete(`/api/personas/${archived.personaId}`);
    expect(await guest.post(path, message())).toMatchObject({ status: 422, body: { code: 'persona_unavailable' } });
    expect(await guest.post('/api/conversations', { personaId: archived.personaId })).toMatchObject({
      status: 404,
      body: { code: 'persona_not_found' },
    });
  });

  it('pins the persona’s version', async () => {
    const persona = await api.createPersona();
    const conversation = await guest.beginConversation(persona.personaId);
    const { turnId } = await guest.startTurn(conversation.conversationId);
    await api.operator.patch(`/api/personas/${persona.personaId}`, { description: 'Changed.' });
    expect(await turns.get(turnId)).toMatchObject({ personaVersion: 1, corpusVersion: 0 });
  });

  describe('of another guest', () => {
    it.each(['a stranger', 'nobody'])('do not exist for %s', async (who) => {
      const { turnId } = await guest.startTurn(conversationId);
      const other = api.client();
      if (who === 'a stranger') await other.post('/api/auth/guest');
      const conversation = `/api/conversations/${conversationId}`;
      const turn = `/api/turns/${turnId}`;
      const requestId = randomUUID();
      const missingConversation = { status: 404, body: { code: 'conversation_not_found' } };
      const missingTurn = { status: 404, body: { code: 'turn_not_found' } };
      expect(await other.get(conversation)).toMatchObject(missingConversation);
      expect(await other.patch(conversation, { title: 'Mine' })).toMatchObject(missingConversation);
      expect(await other.delete(conversation)).toMatchObject(missingConversation);
      expect(await other.post(`${conversation}/turns`, message())).toMatchObject(missingConversation);
      expect(await other.get(turn)).toMatchObject(missingTurn);
      expect(await other.post(`${turn}/cancel`)).toMatchObject(missingTurn);
      expect(await other.post(`${turn}/regenerate`, { requestId })).toMatchObject(missingTurn);
      expect(await other.post(`${turn}/feedback`, { rating: 'up' })).toMatchObject(missingTurn);
      expect(await other.get(`${turn}/events`)).toMatchObject(missingTurn);
      expect((await other.get<ConversationPage>('/api/conversations')).body).toMatchObject({ items: [], total: 0 });
      const absent = await other.get(`/api/turns/${randomUUID()}`);
      expect(absent.body.detail).toBe((await other.get(turn)).body.detail);
      expect(await workflowStatus((await turns.get(turnId)).workflowId)).toBe('RUNNING');
    });
  });

  describe('cancelling', () => {
    it('asks the workflow, and is no error when repeated', async () => {
      const started = await guest.startTurn(conversationId);
      for (let time = 0; time < 2; time += 1) {
        expect(await guest.post(`/api/turns/${started.turnId}/cancel`)).toMatchObject({ status: 202, body: { status: 'running' } });
      }
      const history = await temporal.client.workflow.getHandle(started.workflowId).fetchHistory();
      expect(JSON.stringify(history.events?.map((event) => Object.keys(event)))).toContain('workflowExecutionCancelRequestedEventAttributes');
      await turns.finish(started.turnId, { ...completed, status: 'cancelled' });
      expect(await guest.post(`/api/turns/${started.turnId}/cancel`)).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    });

    it('refuses when the turn has ended', async () => {
      const { turnId } = await guest.startTurn(conversationId);
      await turns.finish(turnId, completed);
      expect(await guest.post(`/api/turns/${turnId}/cancel`)).toMatchObject({ status: 409, body: { code: 'turn_finished' } });
    });

    it('ends the turn itself when its workflow is gone, and keeps what was seen', async () => {
      const { turnId, workflowId } = await guest.startTurn(conversationId);
      const attempt = await events.beginAttempt(turnId, {
        provider: 'built-in',
        model: 'extractive-1',
        builtIn: true,
        discard: { code: 'worker_lost', reason: '' },
      });
      await events.publishDelta(turnId, attempt, 'I was ');
      await events.publishDelta(turnId, attempt, 'about to');
      await temporal.client.workflow.getHandle(workflowId).terminate('spec');
      const { status, body } = await guest.post<Turn>(`/api/turns/${turnId}/cancel`);
      expect(status).toBe(202);
      expect(body).toMatchObject({ status: 'cancelled', replyText: 'I was about to' });
      expect((await events.read(turnId, 0)).at(-1)).toMatchObject({ type: 'cancelled', turn: { replyText: 'I was about to' } });
    });
  });

  it('regenerates a finished turn as another try of the same message', async () => {
    const first = await guest.startTurn(conversationId, 'Tell me of the Notes.');
    const path = `/api/turns/${first.turnId}/regenerate`;
    expect(await guest.post(path, { requestId: randomUUID() })).toMatchObject({ status: 409, body: { code: 'turn_not_finished' } });
    await turns.finish(first.turnId, completed);
    const second = await guest.post<StartedTurn>(path, { requestId: randomUUID(), mode: 'debater' });
    expect(second.status).toBe(202);
    const expected = { regenerationOf: first.turnId, userText: 'Tell me of the Notes.', mode: 'debater', status: 'running' };
    expect((await guest.get<Turn>(`/api/turns/${second.body.turnId}`)).body).toMatchObject(expected);
    await turns.finish(second.body.turnId, completed);
    const third = await guest.post<StartedTurn>(`/api/turns/${second.body.turnId}/regenerate`, { requestId: randomUUID() });
    expect((await guest.get<Turn>(`/api/turns/${third.body.turnId}`)).body).toMatchObject(expected);
  });

  it('takes feedback on a finished turn, and takes it back', async () => {
    const { turnId } = await guest.startTurn(conversationId);
    const path = `/api/turns/${turnId}/feedback`;
    expect(await guest.post(path, { rating: 'up' })).toMatchObject({ status: 409, body: { code: 'turn_not_finished' } });
    await turns.finish(turnId, completed);
    expect(await guest.post<Turn>(path, { rating: 'down', comment: 'Too short.' })).toMatchObject({ status: 200 });
    expect((await guest.get<Turn>(`/api/turns/${turnId}`)).body.feedback).toEqual({ rating: 'down', comment: 'Too short.' });
    await guest.post(path, { rating: null });
    expect((await guest.get<Turn>(`/api/turns/${turnId}`)).body.feedback).toMatchObject({ rating: null });
  });

  it('shows the prompt to operators', async () => {
    const { turnId } = await guest.startTurn(conversationId);
    const prompt = { hash: 'a'.repeat(64), system: 'You are Ada.', messages: [{ role: 'user' as const, content: 'Hello' }] };
    await api.app.get(TurnWorkspaceRepository).savePrompt(turnId, prompt, []);
    expect(await api.operator.get(`/api/admin/turns/${turnId}/prompt`)).toMatchObject({ status: 200, body: prompt });
    expect((await guest.get(`/api/admin/turns/${turnId}/prompt`)).status).toBe(401);
  });

  it('pages through a conversation, renames it and deletes it', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { turnId } = await guest.startTurn(conversationId);
      await turns.finish(turnId, completed);
      ids.push(turnId);
    }
    const path = `/api/conversations/${conversationId}`;
    const { body: newest } = await guest.get<ConversationWithTurns>(`${path}?limit=2`);
    expect(newest.turns.map(({ turnId }) => turnId)).toEqual(ids.slice(1));
    expect(newest.hasEarlierTurns).toBe(true);
    const { body: earlier } = await guest.get<ConversationWithTurns>(`${path}?limit=2&before=${newest.turns[0]!.createdAt}`);
    expect(earlier.turns.map(({ turnId }) => turnId)).toEqual(ids.slice(0, 1));
    expect(earlier.hasEarlierTurns).toBe(false);
    expect((await guest.patch<Conversation>(path, { title: 'Notes', mode: 'debater' })).body).toMatchObject({ title: 'Notes', mode: 'debater' });
    expect(await guest.patch(path, { format: 'essay' })).toMatchObject({ status: 422, body: { code: 'format_not_supported' } });
    expect((await guest.delete(path)).status).toBe(204);
    expect((await guest.get(path)).status).toBe(404);
    expect((await guest.get(`/api/turns/${ids[0]}`)).status).toBe(404);
  });

  describe('looking after them', () => {
    it('keeps a turn while the workflow service is away, and starts it later, once', async () => {
      const offline = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: api.env.mongodbUri });
      try {
        const client = offline.client();
        client.cookie = guest.cookie;
        const { status, body } = await client.post<StartedTurn>(`/api/conversations/${conversationId}/turns`, message());
        expect(status).toBe(202);
        expect(body.queued).toBe(true);
        expect(await client.post(`/api/turns/${body.turnId}/cancel`)).toMatchObject({
          status: 503,
          body: { code: 'workflow_service_unavailable' },
        });
        await expect(workflowStatus(body.workflowId)).rejects.toThrow(/not found/);
        const record = await turns.get(body.turnId);
        const reconciler = api.app.get(TurnReconciler);
        await reconciler.reconcile(record);
        await reconciler.reconcile(record);
        expect(await workflowStatus(body.workflowId)).toBe('RUNNING');
      } finally {
        await offline.app.close();
      }
    });

    it('fails a turn that its workflow left behind, and tells readers', async () => {
      const { turnId, workflowId } = await guest.startTurn(conversationId);
      const reconciler = api.app.get(TurnReconciler);
      const record = await turns.get(turnId);
      await reconciler.reconcile(record);
      expect((await turns.get(turnId)).status).toBe('running');
      await temporal.client.workflow.getHandle(workflowId).terminate('spec');
      await reconciler.reconcile(record);
      expect((await guest.get<Turn>(`/api/turns/${turnId}`)).body).toMatchObject({ status: 'failed', failure: { code: 'internal' } });
      expect((await events.read(turnId, 0)).at(-1)).toMatchObject({ type: 'failed' });
    });

    it('leaves alone what ended in the meantime', async () => {
      const { turnId, workflowId } = await guest.startTurn(conversationId);
      const record = await turns.get(turnId);
      await turns.finish(turnId, completed);
      await temporal.client.workflow.getHandle(workflowId).terminate('spec');
      await api.app.get(TurnReconciler).reconcile(record);
      expect((await turns.get(turnId)).status).toBe('completed');
    });
  });
});
