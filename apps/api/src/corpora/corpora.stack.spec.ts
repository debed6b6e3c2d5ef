import type { AuditPage } from '@dramatis/contracts/audit';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { CorpusVersion, CorpusVersionPage } from '@dramatis/contracts/corpus-version';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { PersonaRepository } from '@dramatis/database/personas/persona-repository';
import { ApplicationFailure } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import { ApiHarness } from '../../test/api-harness.js';
import { buildVersion, publishUpTo } from '../../test/knowledge-fixture.js';
import { startSpecWorker } from '../../test/spec-worker.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';

let api: ApiHarness;
let temporal: Awaited<ReturnType<typeof createTemporalNamespace>>;
let worker: Awaited<ReturnType<typeof startSpecWorker>>;
let versions: CorpusVersionRepository;
let personas: PersonaRepository;
let personaId: string;
/** What the check of the next publication says. */
let checkFails: string | null = null;

beforeAll(async () => {
  temporal = await createTemporalNamespace();
  api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace, DRAMATIS_RETAINED_VERSIONS: '3' });
  versions = api.app.get(CorpusVersionRepository);
  personas = api.app.get(PersonaRepository);
  worker = await startSpecWorker({
    namespace: temporal.namespace,
    taskQueue: taskQueues.corpora,
    activities: {
      checkVersion: () => {
        if (checkFails !== null) throw ApplicationFailure.nonRetryable(checkFails, 'corpus_check_failed');
        return { documents: 1, passages: 1 };
      },
      moveCorpus: async ({ version, expectedVersion }: { version: number; expectedVersion: number }) => {
        await move(expectedVersion, version);
        await versions.markPublished(personaId, version);
        return { corpusVersion: version };
      },
      profileVersion: () => ({ topics: 0, entities: 0, relations: 0 }),
      planCollection: () => ({ retained: [], collected: [] }),
      listUnseenRevisions: () => ({ revisionIds: [], objectKeys: [] }),
    },
  });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await api.stop();
  await temporal.close();
}, 60_000);

beforeEach(async () => {
  checkFails = null;
  personaId = (await api.createPersona()).personaId;
});

const move = (from: number, to: number) =>
  personas.publishCorpus(personaId, { expectedCorpusVersion: from, corpus: { corpusVersion: to, documents: 1, passages: 1 } });

const publishedUpTo = (version: number) => publishUpTo(api, personaId, version);
const build = (version: number) => buildVersion(api, personaId, version);
const path = (rest: string) => `/api/admin/corpora/${personaId}/${rest}`;

describe('versions over HTTP', () => {
  it.each([
    ['GET', 'versions'],
    ['POST', 'publish'],
    ['POST', 'rollback'],
    ['POST', 'collect'],
    ['GET', 'compare?from=0&to=1'],
  ])('keeps %s %s for operators', async (method, rest) => {
    expect(await api.client().send(method, path(rest))).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });

  it('lists them newest first, with what became of each', async () => {
    await publishedUpTo(2);
    await build(3);
    const { status, body } = await api.operator.get<CorpusVersionPage>(path('versions?limit=2'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ total: 3, publishedVersion: 2, retained: 3 });
    expect(body.items.map(({ version, status: state }) => [version, state])).toEqual([[3, 'built'], [2, 'published']]);
    expect(await api.operator.get(path('versions/1'))).toMatchObject({ status: 200, body: { status: 'retired' } });
    expect(await api.operator.get(path('versions/9'))).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
    expect(await api.operator.patch(path('versions/1'), { note: 'The first.' })).toMatchObject({ status: 200, body: { note: 'The first.' } });
  });

  it('publishes what waits, and says why it cannot', async () => {
    await publishedUpTo(1);
    await build(2);
    checkFails = 'The database has 3 passages of version 2, the index 2.';
    expect(await api.operator.post(path('publish'), { version: 2 })).toMatchObject({ status: 409, body: { code: 'corpus_check_failed', detail: checkFails } });
    checkFails = null;
    expect(await api.operator.post<CorpusVersion>(path('publish'), { version: 2 })).toMatchObject({ status: 200, body: { version: 2, status: 'published' } });
    expect((await personas.get(personaId)).corpus.corpusVersion).toBe(2);
    expect(await api.operator.post(path('publish'), { version: 2 })).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await api.operator.post(path('publish'), { version: 7 })).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
  });

  it('rolls back at once, and not to what is gone', async () => {
    await publishedUpTo(3);
    await versions.setCollected(personaId, [1], true);
    expect(await api.operator.post(path('rollback'), { version: 1 })).toMatchObject({ status: 409, body: { code: 'corpus_version_unavailable' } });
    const { status, body } = await api.operator.post<CorpusVersion>(path('rollback'), { version: 2, note: 'The letters were wrong.' });
    expect([status, body]).toMatchObject([200, { version: 2, status: 'published', note: 'The letters were wrong.' }]);
    expect((await personas.get(personaId)).corpus).toMatchObject({ corpusVersion: 2, documents: 1 });
    expect(await api.operator.post(path('rollback'), { version: 3 })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('moves nothing while an ingestion builds on what is published', async () => {
    await publishedUpTo(2);
    await api.app.get(IngestionRepository).start({ sourceId: randomUUID(), personaId });
    for (const rest of ['publish', 'rollback']) {
      expect(await api.operator.post(path(rest), { version: 1 })).toMatchObject({ status: 409, body: { code: 'ingestion_in_progress' } });
    }
    expect((await personas.get(personaId)).corpus.corpusVersion).toBe(2);
  });
});

describe('a pinned conversation', () => {
  it('keeps its version when another is published, until it is let go', async () => {
    await publishedUpTo(2);
    const guest = api.client({ authorization: `Bearer ${api.env.operatorToken}` });
    const { conversationId } = await guest.beginConversation(personaId);
    const at = `/api/conversations/${conversationId}`;
    expect(await guest.patch<Conversation>(at, { corpusVersion: 1 })).toMatchObject({ status: 200, body: { corpusVersion: 1 } });
    expect(await guest.patch(at, { corpusVersion: 9 })).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
    expect(await api.operator.get(path('versions/1'))).toMatchObject({ body: { pinnedConversations: 1 } });
    const turns = api.app.get(TurnRepository);
    const { turnId } = await guest.startTurn(conversationId);
    expect(await turns.find(turnId)).toMatchObject({ corpusVersion: 1 });

    const { conversationId: other } = await guest.beginConversation(personaId);
    const { turnId: unpinned } = await guest.startTurn(other);
    expect(await turns.find(unpinned)).toMatchObject({ corpusVersion: 2 });
    expect(await guest.patch(at, { corpusVersion: null })).toMatchObject({ status: 200, body: { corpusVersion: null } });
  });

  it('is for operators', async () => {
    await publishedUpTo(1);
    const guest = api.client();
    const { conversationId } = await guest.beginConversation(personaId);
    expect(await guest.patch(`/api/conversations/${conversationId}`, { corpusVersion: 1 })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

describe('the audit log', () => {
  const entries = async (query = '') => (await api.operator.get<AuditPage>(`/api/admin/audit?personaId=${personaId}${query}`)).body;

  it('says who did what, what was refused and why, newest first', async () => {
    await publishedUpTo(2);
    await api.operator.post(path('rollback'), { version: 1, note: 'Back.' });
    await api.operator.post(path('rollback'), { version: 9 });
    const { items } = await entries();
    expect(items.map(({ action, outcome, code }) => [action, outcome, code])).toEqual([
      ['corpusVersions.rollBack', 'refused', 'corpus_version_not_found'],
      ['corpusVersions.rollBack', 'done', null],
      ['personas.create', 'done', null],
    ]);
    expect(items[1]).toMatchObject({ actor: { kind: 'operator' }, personaId, detail: { version: 1, note: 'Back.' }, requestId: expect.any(String) });
  });

  it('is filtered and paged', async () => {
    await publishedUpTo(1);
    await api.operator.post(path('rollback'), { version: 5 });
    await api.operator.patch(`/api/personas/${personaId}`, { name: 'Augusta Ada', stylisticInstructions: 'Secret manners.' });
    expect(await entries('&action=personas')).toMatchObject({ total: 2 });
    const { body: ofAll } = await api.operator.get<AuditPage>('/api/admin/audit?action=corpusVersions&limit=1');
    expect(ofAll.items).toMatchObject([{ action: 'corpusVersions.rollBack', personaId }]);
    expect(await entries('&action=personas.update')).toMatchObject({ total: 1, items: [{ detail: { name: 'Augusta Ada' } }] });
    expect(await entries('&outcome=refused&limit=1')).toMatchObject({ total: 1, limit: 1 });
    expect(await entries(`&from=${new Date(Date.now() + 60_000).toISOString()}`)).toMatchObject({ total: 0 });
    expect(JSON.stringify(await entries())).not.toContain('Secret manners');
  });

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['offset=-1', 'offset'],
    ['from=yesterday', 'from'],
    ['outcome=perhaps', 'outcome'],
    ['personaId=No+Slug', 'personaId'],
    [`action=${'x'.repeat(101)}`, 'action'],
    ['action[$regex]=.*', ''],
  ])('refuses %s and says which part is wrong', async (query, at) => {
    const { status, body } = await api.operator.get<ProblemDocument>(`/api/admin/audit?${query}`);
    expect([status, body.code, body.issues?.map((issue) => issue.path)]).toEqual([400, 'invalid_request', [at]]);
  });

  it('has nothing of reading, guests and conversations', async () => {
    const operator = api.client({ authorization: `Bearer ${api.env.operatorToken}` });
    await operator.get(path('versions'));
    await operator.beginConversation(personaId);
    await api.client().post('/api/personas', { personaId });
    expect((await entries()).items.map(({ action }) => action)).toEqual(['personas.create']);
    expect(await api.client().get('/api/admin/audit')).toMatchObject({ status: 401 });
  });
});
