import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { IngestedDocumentDetail } from '@dramatis/contracts/ingestion';
import type { Revision, RevisionPassages } from '@dramatis/contracts/revision';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import { randomUUID } from 'node:crypto';
import { ApiHarness, operatorToken } from '../../test/api-harness.js';
import { hexId, writeRevision } from '../../test/knowledge-fixture.js';
import { OBJECT_STORE } from '../infrastructure/tokens.js';

let api: ApiHarness;
let personaId: string;

beforeAll(async () => {
  api = await ApiHarness.start();
  personaId = (await api.createPersona()).personaId;
}, 60_000);
afterAll(() => api.stop());

describe('the reader of documents over HTTP', () => {
  it('gives what a document said and what was found out about it, whatever version sees it', async () => {
    const enrichment = {
      language: 'en',
      languageConfidence: 1,
      summary: ['Fog comes in June.'],
      keywords: [{ term: 'fog', score: 1 }],
      entities: [{ name: 'June', type: 'date', count: 1, mentions: [{ start: 13, end: 17 }] }],
      sentiment: { score: 0, label: 'neutral' as const },
      summarisedBy: null,
      questions: [],
      modelFailure: null,
    };
    const sections = [{ headingPath: ['Weather', 'Fog'], start: 0, end: 18 }];
    const { revision } = await writeRevision(api, { personaId, text: 'Fog comes in June.', enrichment, sections, attributes: { author: 'The keeper' }, validFrom: 3, validTo: 4 });
    const { status, body } = await api.operator.get<Revision>(`/api/admin/revisions/${revision._id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ revisionId: revision._id, text: 'Fog comes in June.', enrichment, attributes: { author: 'The keeper' }, validFrom: 3, validTo: 4 });
    expect(body.sections).toEqual([{ headingPath: ['Weather', 'Fog'], start: 0 }]);
    for (const key of ['_id', 'objectKey', 'signature', 'terms']) expect(body).not.toHaveProperty(key);
  });

  it('gives its passages in order, a page at a time', async () => {
    const text = ['One.', 'Two.', 'Three.', 'Four.'].join('\n\n');
    const { revision, passages } = await writeRevision(api, { personaId, text });
    const path = `/api/admin/revisions/${revision._id}/passages`;
    expect((await api.operator.get<RevisionPassages>(path)).body).toEqual({ items: passages, total: 4 });
    const { body } = await api.operator.get<RevisionPassages>(`${path}?fromOrdinal=1&limit=2`);
    expect([body.total, body.items.map((passage) => text.slice(passage.startOffset, passage.endOffset))]).toEqual([4, ['Two.', 'Three.']]);
    expect((await api.operator.get<RevisionPassages>(`${path}?fromOrdinal=9`)).body).toEqual({ items: [], total: 4 });
  });

  it('knows no revision that is not there, and nobody but operators', async () => {
    for (const path of [`/api/admin/revisions/${hexId()}`, `/api/admin/revisions/${hexId()}/passages`]) {
      expect(await api.operator.get(path)).toMatchObject({ status: 404, body: { code: 'revision_not_found' } });
      expect(await api.client().get(path)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  it.each([
    ['x', 'revisionId'],
    [`${'0'.repeat(32)}/passages?limit=0`, 'limit'],
    [`${'0'.repeat(32)}/passages?limit=501`, 'limit'],
    [`${'0'.repeat(32)}/passages?fromOrdinal=-1`, 'fromOrdinal'],
    [`${'0'.repeat(32)}/passages?offset=1`, ''],
  ])('refuses %s and says which part is wrong', async (rest, path) => {
    const { status, body } = await api.operator.get<ProblemDocument>(`/api/admin/revisions/${rest}`);
    expect([status, body.issues?.map((issue) => issue.path)]).toEqual([400, [path]]);
  });
});

describe('originals over HTTP', () => {
  /** A run that stored these bytes of one document. */
  async function stored(bytes: Uint8Array, fields: { title?: string; fileName?: string; contentType?: string } = {}): Promise<string> {
    const [sourceId, entryId] = [randomUUID(), hexId()];
    const ingestions = api.app.get(IngestionRepository);
    const { ingestionId } = await ingestions.start({ sourceId, personaId, sourceName: 'Papers' });
    const object = await api.app.get<ObjectStore>(OBJECT_STORE).put(bytes);
    const entry = { entryId, ordinal: 0, title: 'Notes', contentType: 'text/plain', ...fields, objectKey: object.key, sha256: object.sha256, bytes: object.bytes };
    await ingestions.documents.add(ingestionId, sourceId, [entry]);
    await ingestions.finish(ingestionId, { status: 'completed' });
    return `/api/admin/ingestions/${ingestionId}/documents/${entryId}`;
  }

  it('come back byte by byte, under a name that a file system takes', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) % 256);
    const path = await stored(bytes, { fileName: 'größe "1".pdf', contentType: 'application/pdf' });
    const { body: detail } = await api.operator.get<IngestedDocumentDetail>(path);
    expect(detail.original).toMatchObject({ fileName: 'größe "1".pdf', contentType: 'application/pdf', bytes: 300_000 });
    const response = await fetch(`${api.baseUrl}${path}/original`, { headers: { authorization: `Bearer ${operatorToken}` } });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '300000',
      'content-disposition': expect.stringContaining("filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22.pdf"),
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
  });

  it.each([
    ['text/html', 'application/octet-stream'],
    ['image/svg+xml', 'application/octet-stream'],
    ['application/xhtml+xml', 'application/octet-stream'],
    ['text/plain; charset=iso-8859-1', 'text/plain; charset=iso-8859-1'],
    ['text/plainly; x', 'application/octet-stream'],
    ['text/plain\r\nset-cookie: a=b', 'application/octet-stream'],
  ])('of type %j are sent as %s', async (contentType, sent) => {
    const { status, headers } = await api.operator.get(`${await stored(Buffer.from('<b>'), { contentType })}/original`);
    expect([status, headers.get('content-type'), headers.get('set-cookie')]).toEqual([200, sent, null]);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
  });

  it.each([
    ['../../etc/passwd', 'etc passwd.txt'],
    ['a\r\nset-cookie: b', 'a set-cookie b.txt'],
    ['\u202Efdp.exe', 'fdp.exe.txt'],
    ['...', 'document.txt'],
    [`${'x'.repeat(99)}😀`, `${'x'.repeat(99)}\uFFFD.txt`],
    ['Нептун — 海王星', 'Нептун — 海王星.txt'],
  ])('of a document titled %j have a plain name', async (title, name) => {
    const path = await stored(Buffer.from('x'), { title });
    const { body } = await api.operator.get<IngestedDocumentDetail>(path);
    expect(body.original?.fileName).toBe(name);
    expect(await api.operator.get(`${path}/original`)).toMatchObject({ status: 200 });
  });

  it('say so when nothing was stored, or it is gone', async () => {
    const bytes = Buffer.from(`gone ${hexId()}`);
    const path = await stored(bytes);
    const store = api.app.get<ObjectStore>(OBJECT_STORE);
    await store.delete((await store.put(bytes)).key);
    expect(await api.operator.get(`${path}/original`)).toMatchObject({ status: 404, body: { code: 'document_not_found', detail: expect.stringContaining('gone') } });
    const [sourceId, entryId] = [randomUUID(), hexId()];
    const ingestions = api.app.get(IngestionRepository);
    const { ingestionId } = await ingestions.start({ sourceId, personaId, sourceName: 'Papers' });
    await ingestions.documents.add(ingestionId, sourceId, [{ entryId, ordinal: 0, title: 'A page', url: 'https://example.org/' }]);
    await ingestions.finish(ingestionId, { status: 'failed' });
    const never = await api.operator.get(`/api/admin/ingestions/${ingestionId}/documents/${entryId}/original`);
    expect(never).toMatchObject({ status: 404, body: { code: 'document_not_found', detail: expect.stringContaining('Nothing was stored') } });
  });

  it('are for operators', async () => {
    const path = await stored(Buffer.from('x'));
    for (const rest of ['', '/original']) expect(await api.client().get(path + rest)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const unknown = `/api/admin/ingestions/${randomUUID()}/documents/${hexId()}/original`;
    expect(await api.operator.get(unknown)).toMatchObject({ status: 404, body: { code: 'ingestion_not_found' } });
    expect(await api.operator.get(`/api/admin/ingestions/x/documents/${hexId()}/original`)).toMatchObject({ status: 400 });
    expect(await api.operator.get(`/api/admin/ingestions/${randomUUID()}/documents/..%2F..%2Fkey/original`)).toMatchObject({ status: 400 });
  });
});
