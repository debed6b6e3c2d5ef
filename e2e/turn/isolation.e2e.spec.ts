import { randomUUID } from 'node:crypto';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { Turn } from '@dramatis/contracts/turn';
import { Guest } from '@dramatis/testing/client/guest';
import { question, Scene } from '../support/scene.js';

describe('another guest', () => {
  let scene: Scene;
  let owner: Guest;
  let stranger: Guest;
  let conversation: Conversation;
  let turn: Turn;

  beforeAll(async () => {
    scene = await Scene.shared();
    const { personaId } = await scene.persona({ modelRoute: ['built-in'] });
    owner = scene.guest();
    stranger = scene.guest();
    conversation = await owner.converse(personaId);
    await stranger.converse(personaId);
    turn = (await owner.askAndRead(conversation.conversationId, { text: question })).turn;
  });
  afterAll(() => scene.strike());

  const requests = (): [method: string, path: string, body?: unknown][] => [
    ['GET', `/api/conversations/${conversation.conversationId}`],
    ['PATCH', `/api/conversations/${conversation.conversationId}`, { title: 'Mine now' }],
    ['DELETE', `/api/conversations/${conversation.conversationId}`],
    ['POST', `/api/conversations/${conversation.conversationId}/turns`, { requestId: randomUUID(), text: 'Hello' }],
    ['GET', `/api/turns/${turn.turnId}`],
    ['GET', `/api/turns/${turn.turnId}/events`],
    ['POST', `/api/turns/${turn.turnId}/cancel`],
    ['POST', `/api/turns/${turn.turnId}/regenerate`, { requestId: randomUUID() }],
    ['POST', `/api/turns/${turn.turnId}/feedback`, { rating: 'down' }],
  ];

  it.each(['with a session of their own', 'without any session'])('%s finds neither conversation nor turn', async (which) => {
    const other = which.startsWith('with a') ? stranger : new Guest(scene.url);
    for (const [method, path, body] of requests()) {
      const answer = await other.http.send<{ code: string }>(method, path, body);
      expect({ method, path, status: answer.status }).toEqual({ method, path, status: 404 });
      expect(answer.body.code).toMatch(/^(conversation|turn)_not_found$/);
      expect(JSON.stringify(answer.body)).not.toContain(question);
    }
    expect(await owner.turn(turn.turnId)).toEqual(turn);
  });

  it('cannot follow the turn over a socket', async () => {
    await expect(stranger.follow(turn.turnId).ending()).rejects.toThrow('turn_not_found');
  });

  it('does not see the conversation in their list', async () => {
    const ids = (await stranger.conversations()).items.map(({ conversationId }) => conversationId);
    expect(ids).toHaveLength(1);
    expect(ids).not.toContain(conversation.conversationId);
  });

  it('cannot do what operators do', async () => {
    for (const [method, path] of [['POST', '/api/personas'], ['POST', '/api/admin/sources'], ['GET', `/api/admin/turns/${turn.turnId}/prompt`]] as const) {
      const answer = await stranger.http.send<{ code: string }>(method, path, method === 'POST' ? {} : undefined);
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({ path, status: 401, code: 'unauthenticated' });
    }
  });
});
