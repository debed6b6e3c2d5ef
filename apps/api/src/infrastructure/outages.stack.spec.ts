import type { ServiceInfo } from '@dramatis/contracts/service';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { io } from 'socket.io-client';
import { ApiHarness, nowhere } from '../../test/api-harness.js';

describe('the API while a server is away', () => {
  it('goes on without Redis, but for events of running turns', async () => {
    const api = await ApiHarness.start({ REDIS_URL: `redis://${nowhere}`, TEMPORAL_ADDRESS: nowhere });
    try {
      expect((await api.client().get('/health/ready')).body).toMatchObject({
        status: 'degraded',
        details: { mongodb: { status: 'up' }, redis: { status: 'degraded' }, temporal: { status: 'degraded' } },
      });
      const { personaId } = await api.createPersona();
      const guest = api.client();
      const { conversationId } = await guest.beginConversation(personaId);
      const { turnId, queued } = await guest.startTurn(conversationId);
      expect(queued).toBe(true);
      expect((await guest.get<ServiceInfo>('/api/service')).body).toMatchObject({ languageModelConfigured: false });
      expect(await guest.get(`/api/turns/${turnId}/events`)).toMatchObject({ status: 503, body: { code: 'broker_unavailable' } });
      const socket = io(api.baseUrl, { transports: ['websocket'], reconnection: false, extraHeaders: { cookie: guest.cookie! } });
      expect(await socket.timeout(5_000).emitWithAck('turn:subscribe', { turnId })).toMatchObject({
        ok: false,
        problem: { code: 'broker_unavailable' },
      });
      socket.disconnect();
      const ending = { status: 'completed', replyText: 'Done.', citations: [], failure: null, provenance: null } as const;
      await api.app.get(TurnRepository).finish(turnId, { ...ending, citations: [] });
      const ended = await guest.get<string>(`/api/turns/${turnId}/events`);
      expect(ended).toMatchObject({ status: 200, body: expect.stringContaining('"type":"completed"') });
    } finally {
      await api.stop();
    }
  }, 30_000);

  it('starts without MongoDB, says so, and answers with problems', async () => {
    const api = await ApiHarness.start({ MONGODB_URI: `mongodb://${nowhere}/x`, TEMPORAL_ADDRESS: nowhere });
    try {
      expect((await api.client().get('/health/live')).status).toBe(200);
      const ready = await api.client().get('/health/ready');
      expect(ready).toMatchObject({ status: 503, body: { details: { mongodb: { status: 'down' }, redis: { status: 'up' } } } });
      expect(JSON.stringify(ready.body)).not.toContain(nowhere);
      const unavailable = { status: 503, body: { code: 'database_unavailable' } };
      expect(await api.client().get('/api/personas')).toMatchObject(unavailable);
      expect(await api.client().post('/api/conversations', { personaId: 'ada' })).toMatchObject(unavailable);
    } finally {
      await api.app.close();
    }
  }, 30_000);
});
