import type { Ingestion } from '@dramatis/contracts/ingestion';
import type { Corpus, Passage } from '@dramatis/contracts/knowledge';
import type { Source } from '@dramatis/contracts/source';
import { openEnded } from '@dramatis/contracts/knowledge';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { PassageRepository } from '@dramatis/database/knowledge/passage-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { ApiHarness, nowhere } from '../../test/api-harness.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';
import { OBJECT_STORE } from '../infrastructure/tokens.js';

const markdown = { title: 'Notes', contentType: 'text/markdown', text: '# Notes\n\nThe Engine weaves algebraic patterns — « für alle ».' } as const;

describe('knowledge over HTTP', () => {
  let api: ApiHarness;
  let temporal: { namespace: string; client: Client; close: () => Promise<void> };
  let personaId: string;

  const createSource = async (): Promise<Source> => {
    const { body } = await api.operator.post<Source>('/api/admin/sources', { personaId, name: 'Letters', documents: [markdown] });
    return body;
  };
  const ingest = (sourceId: string): ReturnType<typeof api.operator.post<{ ingestionId: string; workflowId: string }>> =>
    api.operator.post(`/api/admin/sources/${sourceId}/ingest`, {});

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
  }, 60_000);
  beforeEach(async () => {
    personaId = (await api.createPersona()).personaId;
  });
  afterAll(async () => {
    await api.stop();
    await temporal.close();
  });

  it.each([
    ['GET', '/api/admin/sources'],
    ['POST', '/api/admin/sources'],
    ['POST', `/api/admin/sources/${randomUUID()}/ingest`],
    ['GET', `/api/admin/ingestions/${randomUUID()}`],
    ['POST', `/api/admin/ingestions/${randomUUID()}/cancel`],
    ['GET', '/api/admin/corpora/ada'],
  ])('keeps %s %s for operators', async (method, path) => {
    expect(await api.client().send(method, path)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it.each([
    ['GET', '/api/admin/sources?personaId=Not+A+Slug', undefined],
    ['POST', '/api/admin/sources', undefined],
    ['POST', '/api/admin/sources', { personaId: 'x', name: 'N', documents: [] }],
    ['POST', '/api/admin/sources', { personaId: 'x', name: 'N', documents: [{ title: 'T', text: { $ne: 1 } }] }],
    ['POST', '/api/admin/sources', { personaId: 'x', name: 'N', documents: [{ title: 'T', text: 'x'.repeat(200_001) }] }],
    ['POST', '/api/admin/sources', { personaId: 'x', name: 'N', documents: [{ title: 'T', text: 'x', contentType: 'text/html' }] }],
    ['POST', '/api/admin/sources/x/ingest', {}],
    ['GET', '/api/admin/ingestions/x', undefined],
    ['POST', '/api/admin/ingestions/x/cancel', undefined],
    ['GET', '/api/admin/corpora/Ada', undefined],
    ['GET', '/api/passages/x', undefined],
  ])('refuses %s %s with bad input', async (method, path, body) => {
    expect(await api.operator.send(method, path, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it.each([
    ['POST', `/api/admin/sources/${randomUUID()}/ingest`, 'source_not_found'],
    ['GET', `/api/admin/ingestions/${randomUUID()}`, 'ingestion_not_found'],
    ['POST', `/api/admin/ingestions/${randomUUID()}/cancel`, 'ingestion_not_found'],
    ['GET', '/api/admin/corpora/nobody', 'persona_not_found'],
    ['GET', `/api/passages/${'0'.repeat(32)}`, 'passage_not_found'],
  ])('has nothing for %s %s', async (method, path, code) => {
    expect(await api.operator.send(method, path)).toMatchObject({ status: 404, body: { code } });
  });

  it('keeps the texts of a source as they came', async () => {
    const documents = [markdown, { title: 'Large', text: 'x'.repeat(200_000) }, { title: 'Larger', text: 'y'.repeat(199_999) }];
    const { status, body } = await api.operator.post<Source>('/api/admin/sources', { personaId, name: 'Letters', documents });
    expect(status).toBe(201);
    expect(body).toMatchObject({ personaId, name: 'Letters', kind: 'text', documentCount: 3, lastIngestionId: null });
    const { documents: items } = await api.app.get(SourceRepository).getRecord(body.sourceId);
    const [first] = items;
    expect(first).toMatchObject({ title: 'Notes', contentType: 'text/markdown', bytes: Buffer.byteLength(markdown.text) });
    expect(Buffer.from(await api.app.get<ObjectStore>(OBJECT_STORE).get(first!.objectKey)).toString('utf8')).toBe(markdown.text);
    const { body: list } = await api.operator.get<{ items: Source[] }>(`/api/admin/sources?personaId=${personaId}`);
    expect(list.items).toEqual([body]);
    const nobody = await api.operator.post('/api/admin/sources', { personaId: 'nobody-at-all', name: 'N', documents: [markdown] });
    expect(nobody).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
  });

  it('starts one ingestion of a persona at a time', async () => {
    const { sourceId } = await createSource();
    const { status, body } = await ingest(sourceId);
    expect(status).toBe(202);
    const description = await temporal.client.workflow.getHandle(body.workflowId).describe();
    expect(description).toMatchObject({ type: 'ingestion', taskQueue: 'dramatis-ingestion', status: { name: 'RUNNING' } });
    expect(await description.staticSummary()).toBe('Letters for Ada Lovelace');
    expect(await ingest((await createSource()).sourceId)).toMatchObject({ status: 409, body: { code: 'ingestion_in_progress' } });
    const { body: running } = await api.operator.get<Ingestion>(`/api/admin/ingestions/${body.ingestionId}`);
    expect(running).toMatchObject({ status: 'running', sourceId, personaId, corpusVersion: null });
    expect(await api.app.get(SourceRepository).get(sourceId)).toMatchObject({ lastIngestionId: body.ingestionId });
  });

  it('cancels an ingestion, by its workflow or without', async () => {
    const { sourceId } = await createSource();
    const { body } = await ingest(sourceId);
    const path = `/api/admin/ingestions/${body.ingestionId}`;
    expect(await api.operator.post<Ingestion>(`${path}/cancel`)).toMatchObject({ status: 202, body: { status: 'running' } });
    await temporal.client.workflow.getHandle(body.workflowId).terminate('spec');
    for (let time = 0; time < 2; time += 1) {
      expect(await api.operator.post<Ingestion>(`${path}/cancel`)).toMatchObject({ status: 202, body: { status: 'cancelled' } });
    }
    const second = await ingest(sourceId);
    await api.app.get(IngestionRepository).finish(second.body.ingestionId, { status: 'completed', corpusVersion: 1 });
    expect(await api.operator.post(`/api/admin/ingestions/${second.body.ingestionId}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
  });

  it('lets no ingestion whose workflow is gone bar the next', async () => {
    const { sourceId } = await createSource();
    const first = await ingest(sourceId);
    await temporal.client.workflow.getHandle(first.body.workflowId).terminate('spec');
    expect((await ingest(sourceId)).status).toBe(202);
    expect(await api.operator.get(`/api/admin/ingestions/${first.body.ingestionId}`)).toMatchObject({ body: { status: 'failed' } });
  });

  it('bars nothing after a start that the workflow service did not take', async () => {
    const { sourceId } = await createSource();
    const offline = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, MONGODB_URI: api.env.mongodbUri });
    try {
      const refused = await offline.operator.post(`/api/admin/sources/${sourceId}/ingest`, {});
      expect(refused).toMatchObject({ status: 503, body: { code: 'workflow_service_unavailable' } });
    } finally {
      await offline.app.close();
    }
    expect((await ingest(sourceId)).status).toBe(202);
  });

  it('shows a corpus to operators and a cited passage to everybody', async () => {
    const sourceId = randomUUID();
    const text = 'The Engine weaves algebraic patterns.';
    const passage: Passage = {
      passageId: randomUUID().replaceAll('-', ''),
      personaId,
      documentId: 'document',
      sourceId,
      documentTitle: 'Notes',
      headingPath: ['Notes'],
      ordinal: 0,
      text,
      tokens: 7,
      startOffset: 0,
      endOffset: text.length,
      validFrom: 1,
      validTo: openEnded,
    };
    const revisionId = randomUUID();
    await api.app.get(PassageRepository).write(revisionId, [passage]);
    expect(await api.client().get(`/api/passages/${passage.passageId}`)).toMatchObject({ status: 404 });
    await api.app.get(DocumentRepository).begin({
      _id: revisionId,
      documentId: 'document',
      personaId,
      sourceId,
      ingestionId: randomUUID(),
      title: 'Notes',
      listedTitle: 'Notes',
      url: null,
      fileName: null,
      sections: [],
      enrichment: null,
      terms: [],
      signature: null,
      contentType: 'text/markdown',
      objectKey: 'key',
      rawSha256: '0'.repeat(64),
      contentHash: '0'.repeat(64),
      layoutHash: '0'.repeat(64),
      text,
      words: 5,
      passages: 1,
      attributes: {},
      chunker: 'c1',
      embedder: 'e1',
      status: 'complete',
      validFrom: 1,
      validTo: openEnded,
      indexedAt: new Date(),
    });
    const { status, body } = await api.client().get(`/api/passages/${passage.passageId}`);
    expect(status).toBe(200);
    expect(body).toEqual({ passage, document: { documentId: 'document', title: 'Notes', text } });
    const empty = await api.operator.get<Corpus>(`/api/admin/corpora/${personaId}`);
    expect(empty.body).toMatchObject({ personaId, corpusVersion: 0, documents: [], passages: 0 });
  });
});
