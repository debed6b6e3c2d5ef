import { type CorpusEmbedder, embedderAnnouncementKey, type EmbedderSwitch } from '@dramatis/contracts/embedder';
import type { Source } from '@dramatis/contracts/source';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import type { Client } from '@temporalio/client';
import type { Redis } from 'ioredis';
import { ApiHarness, nowhere } from '../../test/api-harness.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';
import { REDIS } from '../infrastructure/tokens.js';

const items = [
  { embedder: 'all-MiniLM-L6-v2/int8/384', provider: 'built-in', model: 'all-MiniLM-L6-v2', dimensions: 384, isDefault: true },
  { embedder: 'ollama/nomic-embed-text/768', provider: 'ollama', model: 'nomic-embed-text', dimensions: 768, isDefault: false },
];
const other = items[1]!.embedder;

describe('embedders over HTTP', () => {
  let api: ApiHarness;
  let temporal: { namespace: string; client: Client; close: () => Promise<void> };
  let personaId: string;
  let path: string;

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
  }, 60_000);
  beforeEach(async () => {
    await api.app.get<Redis>(REDIS).set(embedderAnnouncementKey, JSON.stringify({ items }));
    personaId = (await api.createPersona()).personaId;
    path = `/api/admin/corpora/${personaId}/embedder`;
  });
  afterAll(async () => {
    await api.app.get<Redis>(REDIS).del(embedderAnnouncementKey);
    await api.stop();
    await temporal.close();
  });

  it.each([
    ['GET', '/api/admin/embedders'],
    ['GET', '/api/admin/corpora/ada/embedder'],
    ['POST', '/api/admin/corpora/ada/embedder'],
    ['POST', '/api/admin/corpora/ada/embedder/cancel'],
  ])('keeps %s %s for operators', async (method, address) => {
    expect(await api.client().send(method, address)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('lists what the workers announce', async () => {
    expect(await api.operator.get('/api/admin/embedders')).toMatchObject({ status: 200, body: { items } });
    await api.app.get<Redis>(REDIS).del(embedderAnnouncementKey);
    expect(await api.operator.get('/api/admin/embedders')).toMatchObject({ status: 200, body: { items: [] } });
    expect(await api.operator.post(path, { embedder: other })).toMatchObject({ status: 422, body: { code: 'embedder_not_configured' } });
  });

  it('refuses what is no embedder, or the one in use', async () => {
    expect(await api.operator.post(path, { embedder: '' })).toMatchObject({ status: 400 });
    expect(await api.operator.post(path, { embedder: 'openai/gone/8' })).toMatchObject({ status: 422, body: { code: 'embedder_not_configured' } });
    expect(await api.operator.post('/api/admin/corpora/nobody/embedder', { embedder: other })).toMatchObject({ status: 404 });
    const corpus = { corpusVersion: 1, documents: 1, passages: 1, embedder: other };
    await api.app.get(PersonaRepository).publishCorpus(personaId, { expectedCorpusVersion: 0, corpus });
    expect(await api.operator.post(path, { embedder: other })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('starts one switch at a time, and no ingestion beside it', async () => {
    const started = await api.operator.post<EmbedderSwitch>(path, { embedder: other });
    expect(started).toMatchObject({ status: 202, body: { personaId, to: other, status: 'running', stage: 'embedding' } });
    const description = await temporal.client.workflow.getHandle(started.body.workflowId).describe();
    expect(description).toMatchObject({ type: 'switchEmbedder', taskQueue: 'dramatis-ingestion', status: { name: 'RUNNING' } });
    const busy = { status: 409, body: { code: 'ingestion_in_progress' } };
    expect(await api.operator.post(path, { embedder: other })).toMatchObject(busy);
    const documents = [{ title: 'Notes', text: 'The engine weaves.' }];
    const { body: source } = await api.operator.post<Source>('/api/admin/sources', { personaId, name: 'Notes', documents });
    expect(await api.operator.post(`/api/admin/sources/${source.sourceId}/ingest`, {})).toMatchObject(busy);
    expect((await api.operator.get<CorpusEmbedder>(path)).body).toMatchObject({ personaId, embedder: null, lastSwitch: { switchId: started.body.switchId } });
  });

  it('cancels a switch, by its workflow or without, and bars nothing after', async () => {
    expect(await api.operator.post(`${path}/cancel`)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const { body } = await api.operator.post<EmbedderSwitch>(path, { embedder: other });
    expect(await api.operator.post(`${path}/cancel`)).toMatchObject({ status: 202, body: { status: 'running' } });
    await temporal.client.workflow.getHandle(body.workflowId).terminate('spec');
    expect(await api.operator.post(`${path}/cancel`)).toMatchObject({ status: 202, body: { status: 'failed' } });
    expect((await api.operator.post(path, { embedder: other })).status).toBe(202);
  });

  it('bars nothing after a start that the workflow service did not take', async () => {
    const offline = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: api.env.mongodbUri });
    try {
      expect(await offline.operator.post(path, { embedder: other })).toMatchObject({ status: 503, body: { code: 'workflow_service_unavailable' } });
    } finally {
      await offline.app.close();
    }
    expect((await api.operator.post(path, { embedder: other })).status).toBe(202);
  });
});
