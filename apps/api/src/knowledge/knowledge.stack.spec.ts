import type { AuditPage } from '@dramatis/contracts/audit';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { DocumentPage, Ingestion, IngestionEvent } from '@dramatis/contracts/ingestion';
import type { Corpus } from '@dramatis/contracts/knowledge';
import { maxUploadBytes, type Source, type UploadResult, type UploadResults } from '@dramatis/contracts/source';
import { DocumentRepository } from '@dramatis/database/knowledge/document-repository';
import { readProgress } from '@dramatis/database/knowledge/ingestion-progress';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { SourceRepository } from '@dramatis/database/knowledge/source-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { IngestionEventStream } from '@dramatis/turn-events/ingestion-event-stream';
import type { Client } from '@temporalio/client';
import type { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { io } from 'socket.io-client';
import { ApiHarness, nowhere, operatorToken } from '../../test/api-harness.js';
import { writeRevision } from '../../test/knowledge-fixture.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';
import { DATABASE, OBJECT_STORE, REDIS } from '../infrastructure/tokens.js';
import { UploadUpkeep } from './upload-upkeep.js';

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

  describe('uploads', () => {
    const upload = async (...files: [string, BlobPart][]) => {
      const form = new FormData();
      for (const [name, content] of files) form.append('files', new Blob([content]), name);
      const headers = { authorization: `Bearer ${operatorToken}` };
      const response = await fetch(`${api.baseUrl}/api/admin/uploads`, { method: 'POST', headers, body: form });
      return ((await response.json()) as UploadResults).items;
    };

    it('takes many files at once, and says of each bad one what is wrong', async () => {
      const results = await upload(['../../notes.md', '# Notes'], ['empty.txt', ''], ['film.mp4', 'x'], ['größe.PDF', '%PDF-1.7'], ['large.txt', new Uint8Array(maxUploadBytes + 1)]);
      expect(results).toMatchObject([
        { ok: true, fileName: 'notes.md', format: 'md', contentType: 'text/markdown', bytes: 7 },
        { ok: false, fileName: 'empty.txt', code: 'empty' },
        { ok: false, fileName: 'film.mp4', code: 'unsupported_format' },
        { ok: true, fileName: 'größe.PDF', format: 'pdf' },
        { ok: false, fileName: 'large.txt', code: 'too_large' },
      ]);
    });

    it('become a source, in which a file takes the place of its former', async () => {
      const uploadIds = (items: UploadResult[]) => items.flatMap((item) => (item.ok ? [item.uploadId] : []));
      const first = uploadIds(await upload(['a.txt', 'One'], ['b.txt', 'Two']));
      const { body, status } = await api.operator.post<Source>('/api/admin/sources', { kind: 'upload', personaId, name: 'Files', uploadIds: first });
      expect([status, body.documentCount]).toEqual([201, 2]);
      const path = `/api/admin/sources/${body.sourceId}`;
      const addUploadIds = uploadIds(await upload(['a.txt', 'Uno'], ['c.txt', 'Three']));
      expect((await api.operator.patch<Source>(path, { addUploadIds })).body).toMatchObject({ documentCount: 3 });
      const { documents } = await api.app.get(SourceRepository).getRecord(body.sourceId);
      expect(documents.map(({ fileName, bytes }) => [fileName, bytes])).toEqual([['a.txt', 3], ['b.txt', 3], ['c.txt', 5]]);
      expect(await api.operator.patch(path, { settings: { depth: 1 } })).toMatchObject({ status: 400 });
      expect(await api.operator.patch(path, { addUploadIds: [randomUUID()] })).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
      expect((await api.operator.delete(path)).status).toBe(204);
      expect((await api.operator.get(path)).status).toBe(404);
    });

    it('are removed with their objects when no source took them for a week, unless others have the same', async () => {
      const unique = randomUUID();
      const [waiting, shared, fresh] = (await upload(['a.txt', `a ${unique}`], ['b.txt', `b ${unique}`], ['c.txt', `c ${unique}`])) as Extract<UploadResult, { ok: true }>[];
      const [same] = (await upload(['d.txt', `b ${unique}`])) as Extract<UploadResult, { ok: true }>[];
      await api.operator.post('/api/admin/sources', { kind: 'upload', personaId, name: 'Shared', uploadIds: [same!.uploadId] });
      const uploads = api.app.get<Connection>(DATABASE).collection('uploads');
      const old = [waiting!, shared!, same!].map(({ uploadId }) => uploadId as never);
      await uploads.updateMany({ _id: { $in: old } }, { $set: { createdAt: new Date(Date.now() - 9 * 86_400_000) } });
      expect(await api.operator.post('/api/admin/sources', { kind: 'upload', personaId, name: 'Late', uploadIds: [waiting!.uploadId] })).toMatchObject({ status: 404, body: { code: 'upload_not_found' } });
      await api.app.get(UploadUpkeep, { strict: false }).collect();
      expect(await uploads.countDocuments({ _id: { $in: old } })).toBe(0);
      const has = ({ sha256 }: { sha256: string }) => api.app.get<ObjectStore>(OBJECT_STORE).has(`sha256/${sha256.slice(0, 2)}/${sha256}`);
      expect([await has(waiting!), await has(shared!), await has(fresh!)]).toEqual([false, true, true]);
    });

    it('refuses what is no multipart body', async () => {
      expect(await api.operator.post('/api/admin/uploads', {})).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    });
  });

  it('keeps sources of the web with their schedule, which Temporal has', async () => {
    const settings = { urls: ['https://example.org/'], include: ['/essays/**'] };
    const schedule = { kind: 'cron', cron: '0 6 * * 1', timeZone: 'Europe/London' };
    const { status, body } = await api.operator.post<Source>('/api/admin/sources', { kind: 'site', personaId, name: 'Essays', settings, schedule });
    expect([status, body.settings]).toEqual([201, { ...settings, depth: 3, maxPages: 500, hosts: [], exclude: [] }]);
    const path = `/api/admin/sources/${body.sourceId}`;
    const { body: read } = await api.operator.get<Source>(path);
    expect(new Date(read.nextRunAt!).getTime()).toBeGreaterThan(Date.now());
    const everyHour = { kind: 'interval', everyMinutes: 60 };
    const changed = await api.operator.patch<Source>(path, { settings: { depth: 1 }, schedule: everyHour });
    expect(changed.body).toMatchObject({ settings: { ...settings, depth: 1 }, schedule: everyHour });
    const handle = temporal.client.schedule.getHandle(`source/${body.sourceId}`);
    expect((await handle.describe()).spec.intervals).toMatchObject([{ every: 3_600_000 }]);
    // It starts the workflow of the source.
    await handle.trigger();
    const started = async () => (await handle.describe()).info.recentActions.length;
    for (let tries = 0; (await started()) === 0 && tries < 50; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await started()).toBe(1);
    expect((await api.operator.patch<Source>(path, { schedule: null })).body.nextRunAt).toBeNull();
    await expect(handle.describe()).rejects.toThrow();
  });

  it.each([
    [{ kind: 'page', settings: { urls: ['file:///etc/passwd'] } }, 'settings/urls/0'],
    [{ kind: 'page', settings: { urls: ['http://user:secret@example.org/'] } }, 'settings/urls/0'],
    [{ kind: 'page', settings: { urls: ['https://example.org/'], depth: 2 } }, 'settings'],
    [{ kind: 'site', settings: { urls: [] } }, 'settings/urls'],
    [{ kind: 'site', settings: { urls: ['https://example.org/'], maxPages: 1e9 } }, 'settings/maxPages'],
    [{ kind: 'feed', settings: { urls: ['https://example.org/'] }, schedule: { kind: 'interval', everyMinutes: 1 } }, 'schedule/everyMinutes'],
    [{ kind: 'feed', settings: { urls: ['https://example.org/'] }, schedule: { kind: 'cron', cron: 'soon' } }, 'schedule/cron'],
  ])('refuses the source %j', async (fields, path) => {
    const { status, body } = await api.operator.post<ProblemDocument>('/api/admin/sources', { personaId, name: 'N', ...fields });
    expect([status, body.issues?.map((issue) => issue.path)]).toEqual([400, [path]]);
  });

  it('accounts for the documents of a run, gives their originals back, and refuses a retry of nothing', async () => {
    const { sourceId } = await createSource();
    const { body } = await ingest(sourceId);
    const { documents } = api.app.get(IngestionRepository);
    const { key, sha256, bytes } = await api.app.get<ObjectStore>(OBJECT_STORE).put('<script>alert(1)</script>');
    const documentId = 'a'.repeat(32);
    await documents.add(body.ingestionId, sourceId, [{ entryId: documentId, ordinal: 0, title: 'A page/one', url: 'https://example.org/', contentType: 'text/html', objectKey: key, sha256, bytes }]);
    const path = `/api/admin/ingestions/${body.ingestionId}`;
    expect((await api.operator.get<DocumentPage>(`${path}/documents?state=pending`)).body).toMatchObject({ total: 1, items: [{ documentId, state: null }] });
    expect((await api.operator.get<DocumentPage>(`/api/admin/sources/${sourceId}/documents?text=PAGE`)).body.total).toBe(1);
    expect((await api.operator.get(`${path}/documents/${documentId}`)).body).toMatchObject({ timeline: [], original: { fileName: 'A page one.html', bytes } });
    const original = await api.operator.get<string>(`${path}/documents/${documentId}/original`);
    expect(original).toMatchObject({ status: 200, body: '<script>alert(1)</script>' });
    expect(Object.fromEntries(original.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; filename="A page one.html"/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    expect(await api.operator.get(`${path}/documents/${'b'.repeat(32)}`)).toMatchObject({ status: 404, body: { code: 'document_not_found' } });
    expect(await api.operator.post(`${path}/retry`)).toMatchObject({ status: 409, body: { code: 'ingestion_not_ended' } });
    expect((await api.operator.post<Ingestion>(`${path}/pause`)).body.paused).toBe(true);
    expect((await api.operator.get(`${path}/progress`)).body).toMatchObject({ ingestionId: body.ingestionId, counts: { discovered: 1 } });
    await api.app.get(IngestionRepository).finish(body.ingestionId, { status: 'completed' });
    expect(await api.operator.post(`${path}/retry`)).toMatchObject({ status: 409, body: { code: 'nothing_to_retry' } });
    expect(await api.operator.post(`${path}/resume`)).toMatchObject({ status: 409, body: { code: 'ingestion_ended' } });
    const { body: log } = await api.operator.get<AuditPage>(`/api/admin/audit?personaId=${personaId}&action=sources.ingest`);
    expect(log.items).toMatchObject([{ outcome: 'done', subject: sourceId, personaId }]);
  });

  it('tells operators on the socket how a run gets on, and nobody else', async () => {
    const { body } = await ingest((await createSource()).sourceId);
    const socket = io(api.baseUrl, { transports: ['websocket'], reconnection: false });
    try {
      const subscribe = (message: object) => socket.timeout(5_000).emitWithAck('ingestion:subscribe', { ingestionId: body.ingestionId, ...message }) as Promise<unknown>;
      expect(await subscribe({})).toMatchObject({ ok: false, problem: { code: 'unauthenticated' } });
      const events: IngestionEvent[] = [];
      const ended = new Promise<void>((resolve) => {
        socket.on('ingestion:event', (event: IngestionEvent) => {
          events.push(event);
          if (event.type === 'ended') resolve();
        });
      });
      expect(await subscribe({ token: operatorToken })).toEqual({ ok: true });
      const ingestions = api.app.get(IngestionRepository);
      const stream = new IngestionEventStream(api.app.get<Redis>(REDIS));
      await stream.append(body.ingestionId, { type: 'progress', progress: await readProgress(ingestions, body.ingestionId) });
      // The end is told even when its event is lost.
      await ingestions.finish(body.ingestionId, { status: 'cancelled' });
      await ended;
      expect(events).toMatchObject([{ id: 1, type: 'progress' }, { type: 'ended', ingestion: { status: 'cancelled' } }]);
    } finally {
      socket.disconnect();
    }
  }, 20_000);

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
    const text = 'The Engine weaves algebraic patterns.';
    const { revision, passages } = await writeRevision(api, { personaId, text });
    const passage = passages[0]!;
    const { status, body } = await api.client().get(`/api/passages/${passage.passageId}`);
    expect(status).toBe(200);
    expect(body).toEqual({ passage, document: { documentId: revision.documentId, title: 'Notes', text } });
    await api.app.get(DocumentRepository).delete([revision._id]);
    expect(await api.client().get(`/api/passages/${passage.passageId}`)).toMatchObject({ status: 404, body: { code: 'passage_not_found' } });
    const empty = await api.operator.get<Corpus>(`/api/admin/corpora/${personaId}`);
    expect(empty.body).toMatchObject({ personaId, corpusVersion: 0, documents: [], passages: 0 });
  });
});
