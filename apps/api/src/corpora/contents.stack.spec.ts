import type { CorpusComparison, DocumentDiff } from '@dramatis/contracts/corpus-version';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { Lineage, Reproduction } from '@dramatis/contracts/lineage';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { ReproductionRepository } from '@dramatis/database/corpus/reproduction-repository';
import { IngestionRepository } from '@dramatis/database/knowledge/ingestion-repository';
import type { Connection } from 'mongoose';
import { createHash, randomUUID } from 'node:crypto';
import { ApiHarness, nowhere } from '../../test/api-harness.js';
import { hexId, publishUpTo, writeRevision } from '../../test/knowledge-fixture.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';
import { DATABASE } from '../infrastructure/tokens.js';

let api: ApiHarness;
let temporal: Awaited<ReturnType<typeof createTemporalNamespace>>;
let personaId: string;

beforeAll(async () => {
  temporal = await createTemporalNamespace();
  api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
}, 60_000);

afterAll(async () => {
  await api.stop();
  await temporal.close();
});

beforeEach(async () => {
  personaId = (await api.createPersona()).personaId;
});

const at = (rest: string) => `/api/admin/corpora/${personaId}/${rest}`;

describe('comparing versions over HTTP', () => {
  const fog = 'The bell is rung by hand.\n\nFog comes in June.';
  let changedId: string;
  let unchangedId: string;

  beforeEach(async () => {
    await publishUpTo(api, personaId, 3);
    changedId = hexId();
    await writeRevision(api, { personaId, documentId: changedId, title: 'Fog', text: fog, validFrom: 1, validTo: 2 });
    await writeRevision(api, { personaId, documentId: changedId, title: 'Fogs', text: 'The bell is rung by steam.\n\nFog comes in June.', validFrom: 2 });
    await writeRevision(api, { personaId, title: 'Birds', text: 'Thrushes fly at night.', validFrom: 1, validTo: 3 });
    await writeRevision(api, { personaId, title: 'Lamp', text: 'It burns oil.', validFrom: 2 });
    unchangedId = (await writeRevision(api, { personaId, title: 'Boats', text: 'They land on Thursdays.', validFrom: 1 })).revision.documentId;
  });

  it('says what was added, removed and changed, document by document, passage by passage', async () => {
    const { status, body } = await api.operator.get<CorpusComparison>(at('compare?from=1&to=3'));
    expect(status).toBe(200);
    expect(body).toMatchObject({ documents: { added: 1, removed: 1, changed: 1, unchanged: 1 }, passages: { added: 2, removed: 2, unchanged: 2 }, total: 3 });
    expect(body.items.map(({ kind, title, formerTitle }) => [kind, title, formerTitle])).toEqual([
      ['changed', 'Fogs', 'Fog'],
      ['added', 'Lamp', null],
      ['removed', 'Birds', null],
    ]);
    expect(body.items[0]).toMatchObject({ documentId: changedId, passagesAdded: 1, passagesRemoved: 1, passagesUnchanged: 1 });
  });

  it('reads backwards, from nothing, and of a version with itself', async () => {
    expect((await api.operator.get<CorpusComparison>(at('compare?from=3&to=1'))).body.documents).toEqual({ added: 1, removed: 1, changed: 1, unchanged: 1 });
    expect((await api.operator.get<CorpusComparison>(at('compare?from=0&to=1'))).body.documents).toEqual({ added: 3, removed: 0, changed: 0, unchanged: 0 });
    expect((await api.operator.get<CorpusComparison>(at('compare?from=2&to=2'))).body).toMatchObject({ total: 0, documents: { unchanged: 4 } });
  });

  it('gives a page at a time, with the totals of all', async () => {
    const { body } = await api.operator.get<CorpusComparison>(at('compare?from=1&to=3&limit=1&offset=1'));
    expect(body).toMatchObject({ items: [{ title: 'Lamp' }], total: 3, limit: 1, offset: 1, documents: { removed: 1 } });
  });

  it('gives the documents of one kind, with the totals of all', async () => {
    const { body } = await api.operator.get<CorpusComparison>(at('compare?from=1&to=3&kind=removed'));
    expect(body).toMatchObject({ items: [{ kind: 'removed', title: 'Birds' }], total: 1, documents: { added: 1, removed: 1, changed: 1, unchanged: 1 }, passages: { added: 2 } });
    expect((await api.operator.get<CorpusComparison>(at('compare?from=0&to=1&kind=changed'))).body).toMatchObject({ items: [], total: 0, documents: { added: 3 } });
  });

  it('shows one document sentence by sentence', async () => {
    const { status, body } = await api.operator.get<DocumentDiff>(at(`compare/${changedId}?from=1&to=3`));
    expect(status).toBe(200);
    expect(body).toMatchObject({ documentId: changedId, title: 'Fogs', truncated: false });
    const said = (kind: string) => body.parts.filter((part) => part.kind === kind).map(({ text }) => text.trim());
    expect([said('removed'), said('added')]).toEqual([['The bell is rung by hand.'], ['The bell is rung by steam.']]);
    const added = await api.operator.get<DocumentDiff>(at(`compare/${changedId}?from=0&to=1`));
    expect(added.body.parts).toEqual([{ kind: 'added', text: fog }]);
    expect((await api.operator.get<DocumentDiff>(at(`compare/${unchangedId}?from=1&to=3`))).body.parts.map(({ kind }) => kind)).toEqual(['same']);
  });

  it.each([
    ['compare', ['from', 'to']],
    ['compare?from=1', ['to']],
    ['compare?from=-1&to=2', ['from']],
    ['compare?from=1&to=0', ['to']],
    ['compare?from=1&to=two', ['to']],
    ['compare?from=1&to=2&limit=0', ['limit']],
    ['compare?from=1&to=2&limit=201', ['limit']],
    ['compare?from=1&to=2&offset=-1', ['offset']],
    ['compare?from=1&to=2&kind=moved', ['kind']],
    ['compare?from=1&to=2&form=3', ['']],
  ])('refuses %s and says which part is wrong', async (query, paths) => {
    const { status, body } = await api.operator.get<ProblemDocument>(at(query));
    expect([status, body.code, body.issues?.map(({ path }) => path)]).toEqual([400, 'invalid_request', paths]);
  });

  it('knows neither versions nor documents that are not there, nor those of others', async () => {
    expect(await api.operator.get(at('compare?from=1&to=9'))).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
    expect(await api.operator.get('/api/admin/corpora/nobody-at-all/compare?from=0&to=1')).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
    expect(await api.operator.get(at(`compare/${hexId()}?from=1&to=2`))).toMatchObject({ status: 404, body: { code: 'document_not_found' } });
    const other = (await api.createPersona()).personaId;
    await publishUpTo(api, other, 1);
    expect(await api.operator.get(`/api/admin/corpora/${other}/compare/${unchangedId}?from=0&to=1`)).toMatchObject({ status: 404, body: { code: 'document_not_found' } });
  });

  it('refuses a version whose passages were removed', async () => {
    await api.app.get(CorpusVersionRepository).setCollected(personaId, [1], true);
    expect(await api.operator.get(at('compare?from=1&to=3'))).toMatchObject({ status: 409, body: { code: 'corpus_version_unavailable' } });
  });
});

describe('reproducing a version over HTTP', () => {
  it('starts the work at once, and is read while it runs and after', async () => {
    await publishUpTo(api, personaId, 1);
    const { status, body } = await api.operator.post<Reproduction>(at('reproduce'), { version: 1 });
    expect([status, body]).toMatchObject([202, { personaId, version: 1, status: 'running', differences: [], endedAt: null }]);
    expect((await temporal.client.workflow.getHandle(body.workflowId).describe()).type).toBe('reproduceCorpus');
    const reproductions = api.app.get(ReproductionRepository);
    const difference = { kind: 'raw_missing', documentId: hexId(), title: 'Fog', passageId: null, recorded: null, rebuilt: null, reason: 'The raw object is gone.' } as const;
    await reproductions.keep(body.reproductionId, hexId(), [difference]);
    const documents = { total: 1, identical: 0, different: 1 };
    await reproductions.finish(body.reproductionId, { status: 'different', documents, passages: documents, differenceCount: 3, rebuiltHash: null, recordedHash: null });
    const read = await api.operator.get<Reproduction>(at(`reproductions/${body.reproductionId}`));
    expect(read).toMatchObject({ status: 200, body: { status: 'different', documents, differences: [difference], differencesLeftOut: 2, endedAt: expect.any(String) } });
  });

  it('refuses what is no version, and what cannot be made again', async () => {
    await publishUpTo(api, personaId, 2);
    await api.app.get(CorpusVersionRepository).setCollected(personaId, [1], true);
    for (const body of [undefined, {}, { version: 0 }, { version: '1' }, { version: 1, force: true }]) {
      expect(await api.operator.post(at('reproduce'), body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    }
    expect(await api.operator.post(at('reproduce'), { version: 1 })).toMatchObject({ status: 409, body: { code: 'corpus_version_unavailable' } });
    expect(await api.operator.post(at('reproduce'), { version: 3 })).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
    expect(await api.operator.post('/api/admin/corpora/nobody-at-all/reproduce', { version: 1 })).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
    expect(await api.operator.get(at('reproductions/x'))).toMatchObject({ status: 400 });
    expect(await api.operator.get(at(`reproductions/${randomUUID()}`))).toMatchObject({ status: 404, body: { code: 'reproduction_not_found' } });
  });

  it('tells one persona nothing of another', async () => {
    const { _id } = await api.app.get(ReproductionRepository).start((await api.createPersona()).personaId, 1);
    expect(await api.operator.get(at(`reproductions/${_id}`))).toMatchObject({ status: 404, body: { code: 'reproduction_not_found' } });
  });
});

describe('the lineage of a passage over HTTP', () => {
  it('leads to revision, raw object, source, run and versions', async () => {
    const documents = [{ title: 'Fog', text: 'Fog comes in June.' }];
    const { body: source } = await api.operator.post<{ sourceId: string }>('/api/admin/sources', { personaId, name: 'Papers', documents });
    const { body: run } = await api.operator.post<{ ingestionId: string; workflowId: string }>(`/api/admin/sources/${source.sourceId}/ingest`, {});
    await api.app.get(IngestionRepository).finish(run.ingestionId, { status: 'completed' });
    await publishUpTo(api, personaId, 3);
    const ids = { sourceId: source.sourceId, ingestionId: run.ingestionId };
    const { revision, passages } = await writeRevision(api, { personaId, ...ids, title: 'Fog', text: 'Fog comes in June.', validFrom: 2, validTo: 3 });
    const { status, body } = await api.operator.get<Lineage>(`/api/admin/passages/${passages[0]!.passageId}/lineage`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      passage: { personaId, ordinal: 0, startOffset: 0, endOffset: 18, validFrom: 2, validTo: 3, sha256: createHash('sha256').update('Fog comes in June.').digest('hex') },
      revision: { revisionId: revision._id, documentId: revision.documentId, title: 'Fog', contentHash: revision.contentHash },
      tools: [{ step: 'cut', version: 'c1' }, { step: 'embed', version: 'e1' }],
      raw: { objectKey: 'key', url: null },
      source: { sourceId: source.sourceId, name: 'Papers', kind: 'text' },
      ingestion: { ingestionId: run.ingestionId, workflowId: run.workflowId, status: 'completed' },
      versions: { publishedVersion: 3, seenByPublished: false, seenBy: [2] },
    });
  });

  it('ends where a source and its run are gone, and says so', async () => {
    const { passages } = await writeRevision(api, { personaId, text: 'Fog comes in June.' });
    const { body } = await api.operator.get<Lineage>(`/api/admin/passages/${passages[0]!.passageId}/lineage`);
    expect(body).toMatchObject({ source: null, ingestion: null, passage: { validTo: null }, raw: { bytes: null }, versions: { seenBy: [] } });
  });

  it('knows no passage that is not there', async () => {
    expect(await api.operator.get(`/api/admin/passages/${hexId()}/lineage`)).toMatchObject({ status: 404, body: { code: 'passage_not_found' } });
    expect(await api.operator.get('/api/admin/passages/x/lineage')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});

it.each([
  ['GET', 'corpora/ada/compare/a?from=1&to=2'],
  ['POST', 'corpora/ada/reproduce'],
  ['GET', `corpora/ada/reproductions/${randomUUID()}`],
  ['GET', `passages/${hexId()}/lineage`],
])('keeps %s %s for operators, also from wrong tokens', async (method, path) => {
  for (const client of [api.client(), api.client({ authorization: 'Bearer of-bad-news' })]) {
    expect(await client.send(method, `/api/admin/${path}`)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  }
});

it('leaves nothing running when the workflow service is out of reach', async () => {
  const cut = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
  try {
    const { personaId: alone } = await cut.createPersona();
    await publishUpTo(cut, alone, 1);
    expect(await cut.operator.post(`/api/admin/corpora/${alone}/reproduce`, { version: 1 })).toMatchObject({ status: 503, body: { code: 'workflow_service_unavailable' } });
    const records = cut.app.get<Connection>(DATABASE).collection('reproductions');
    expect(await records.findOne({ personaId: alone })).toMatchObject({ status: 'failed', failure: expect.stringContaining('workflow service') });
  } finally {
    await cut.stop();
  }
}, 60_000);
