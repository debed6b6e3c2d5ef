import type { CorpusProfile, PersonaKnowledge } from '@dramatis/contracts/corpus-profile';
import type { CorpusWork } from '@dramatis/contracts/corpus-version';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { GraphPaths, KnowledgeGraph, Neighbourhood } from '@dramatis/contracts/knowledge-graph';
import { CorpusProfileRepository } from '@dramatis/database/corpus/corpus-profile-repository';
import { entityIdOf, KnowledgeGraphRepository } from '@dramatis/database/corpus/knowledge-graph-repository';
import { ApiHarness } from '../../test/api-harness.js';
import { hexId, publishUpTo, writeRevision } from '../../test/knowledge-fixture.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';

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

const idOf = (name: string) => entityIdOf(personaId, name);
const at = (rest = '') => `/api/admin/graph/${personaId}${rest}`;

/** A version with a profile, and a graph: Ada and Babbage belong closely together, Turin hangs on Babbage, and London on nothing. */
async function profile(version: number): Promise<{ support: string }> {
  const { passages } = await writeRevision(api, { personaId, title: 'Letters', text: `Ada wrote to Babbage. ${'More of it. '.repeat(40)}` });
  const support = passages[0]!.passageId;
  const entity = (name: string, type: string, mentions: number, degree: number) => ({ entityId: idOf(name), name, type, mentions, passages: 1, degree, passageIds: [support] });
  const edge = (a: string, b: string, weight: number, of: string[]) => {
    const [from, to] = [idOf(a), idOf(b)].sort() as [string, string];
    return { from, to, weight, passages: of.length || 1, support: of, statements: of.map((passageId) => ({ subject: idOf(a), verb: 'wrote', object: idOf(b), passageId })) };
  };
  await api.app.get(KnowledgeGraphRepository).put({
    personaId,
    version,
    entities: [entity('Ada (Lovelace)', 'person', 9, 1), entity('Babbage', 'person', 7, 2), entity('Turin', 'place', 3, 1), entity('London', 'place', 1, 0)],
    // The second passage has been collected meanwhile.
    edges: [edge('Ada (Lovelace)', 'Babbage', 0.9, [support, hexId()]), edge('Babbage', 'Turin', 0.5, [])],
  });
  await api.app.get(CorpusProfileRepository).put({
    personaId,
    version,
    documents: 1,
    passages: 1,
    words: 124,
    topics: [{ label: 'letters', terms: ['letter', 'wrote'], documents: 1 }],
    topicDocuments: [[hexId()]],
    entities: [{ name: 'Ada (Lovelace)', type: 'person', mentions: 9 }],
    summary: ['Ada wrote to Babbage.'],
    summarisedBy: null,
    modelFailure: null,
    starterQuestions: ['What did Ada write?'],
    languages: [{ language: 'en', documents: 1, share: 1 }],
    sentiment: null,
    entityCount: 4,
    relationCount: 2,
  });
  return { support };
}

describe('the graph of a corpus over HTTP', () => {
  const names = ({ entities }: KnowledgeGraph) => entities.map(({ name }) => name);
  const overview = async (query = '') => (await api.operator.get<KnowledgeGraph>(at(query))).body;

  it('has the most named first, and the edges between them', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    const graph = await overview();
    expect(graph).toMatchObject({ personaId, version: 1, computed: true, total: 4 });
    expect(names(graph)).toEqual(['Ada (Lovelace)', 'Babbage', 'Turin', 'London']);
    expect(graph.edges.map(({ weight }) => weight)).toEqual([0.9, 0.5]);
  });

  it('is searched by a part of the name in any case, by kind, and a page at a time', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    expect(names(await overview('?search=BAB'))).toEqual(['Babbage']);
    expect(names(await overview('?search=(love'))).toEqual(['Ada (Lovelace)']);
    expect(names(await overview('?search=.*'))).toEqual([]);
    expect(names(await overview('?type=place&search=on'))).toEqual(['London']);
    expect(await overview('?limit=1&offset=1')).toMatchObject({ entities: [{ name: 'Babbage' }], edges: [], total: 4 });
  });

  it('says when it is not computed yet, and shows that of another version', async () => {
    await publishUpTo(api, personaId, 2);
    await profile(1);
    expect(await overview()).toMatchObject({ version: 2, computed: false, entities: [], total: 0 });
    expect(await overview('?version=1')).toMatchObject({ version: 1, computed: true, total: 4 });
    expect(await api.operator.get(at(`/entities/${idOf('Babbage')}/neighbours`))).toMatchObject({ status: 409, body: { code: 'corpus_not_profiled' } });
  });

  it('leads from an entity to its neighbours, the closest first, with the passages that say so', async () => {
    await publishUpTo(api, personaId, 1);
    const { support } = await profile(1);
    const { status, body } = await api.operator.get<Neighbourhood>(at(`/entities/${idOf('Babbage')}/neighbours`));
    expect([status, body.entity.name, body.neighbours.map(({ entity }) => entity.name)]).toEqual([200, 'Babbage', ['Ada (Lovelace)', 'Turin']]);
    const { edge } = body.neighbours[0]!;
    expect(edge.support).toMatchObject([{ passageId: support, documentTitle: 'Letters', excerpt: expect.stringMatching(/^Ada wrote to Babbage\..{290,300}…$/) }]);
    expect(edge.statements[0]).toEqual({ subject: idOf('Ada (Lovelace)'), verb: 'wrote', object: idOf('Babbage'), passageId: support });
    expect((await api.operator.get<Neighbourhood>(at(`/entities/${idOf('Babbage')}/neighbours?limit=1`))).body.neighbours).toHaveLength(1);
  });

  it('finds ways between two, and none where there is none', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    const paths = async (from: string, to: string, more = '') => (await api.operator.get<GraphPaths>(at(`/paths?from=${idOf(from)}&to=${idOf(to)}${more}`))).body.paths;
    const [way, ...others] = await paths('Ada (Lovelace)', 'Turin');
    expect([way!.entities.map(({ name }) => name), way!.edges.length, others]).toEqual([['Ada (Lovelace)', 'Babbage', 'Turin'], 2, []]);
    expect(way!.distance).toBeCloseTo(-Math.log(0.9 * 0.5));
    expect(await paths('Ada (Lovelace)', 'Turin', '&maxEdges=1')).toEqual([]);
    expect(await paths('Ada (Lovelace)', 'London')).toEqual([]);
  });

  it('knows neither personas, versions nor entities that are not there', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    const nobody = '/api/admin/graph/nobody-at-all';
    for (const [path, code] of [
      [nobody, 'persona_not_found'],
      [`${nobody}?version=1`, 'persona_not_found'],
      [`${nobody}/entities/${hexId()}/neighbours?version=1`, 'persona_not_found'],
      [at('?version=7'), 'corpus_version_not_found'],
      [at(`/entities/${idOf('Babbage')}/neighbours?version=7`), 'corpus_version_not_found'],
      [at(`/entities/${hexId()}/neighbours`), 'entity_not_found'],
      [at(`/paths?from=${idOf('Babbage')}&to=${hexId()}`), 'entity_not_found'],
    ] as const) {
      expect([path, await api.operator.get(path)]).toMatchObject([path, { status: 404, body: { code } }]);
    }
  });

  it.each([
    ['?limit=0', 'limit'],
    ['?limit=201', 'limit'],
    ['?version=0', 'version'],
    ['?version=one', 'version'],
    [`?search=${'x'.repeat(101)}`, 'search'],
    ['?search[$ne]=x', ''],
    ['/paths', 'from'],
    [`/paths?from=Ada&to=${'0'.repeat(32)}`, 'from'],
    [`/paths?from=${'0'.repeat(32)}&to=${'1'.repeat(32)}&maxEdges=7`, 'maxEdges'],
    [`/paths?from=${'0'.repeat(32)}&to=${'0'.repeat(32)}`, 'to'],
    [`/entities/${'0'.repeat(32)}/neighbours?limit=101`, 'limit'],
    ['/entities/ada/neighbours', 'entityId'],
  ])('refuses %s and says which part is wrong', async (query, path) => {
    const { status, body } = await api.operator.get<ProblemDocument>(at(query));
    expect([status, body.code, body.issues?.[0]?.path]).toEqual([400, 'invalid_request', path]);
  });

  it.each(['', '/paths', `/entities/${'0'.repeat(32)}/neighbours`])('keeps %s for operators', async (path) => {
    expect(await api.client().get(at(path))).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
  });
});

describe('the profile of a version over HTTP', () => {
  const path = (version: number | string) => `/api/admin/corpora/${personaId}/versions/${version}/profile`;

  it('says what the version is about', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    const { status, body } = await api.operator.get<CorpusProfile>(path(1));
    expect([status, body]).toMatchObject([200, { version: 1, topics: [{ label: 'letters' }], languages: [{ language: 'en' }], entityCount: 4, computedAt: expect.any(String) }]);
    expect(body).not.toHaveProperty('topicDocuments');
  });

  it('is computed on demand, in a workflow', async () => {
    await publishUpTo(api, personaId, 1);
    expect(await api.operator.get(path(1))).toMatchObject({ status: 409, body: { code: 'corpus_not_profiled' } });
    const { status, body } = await api.operator.post<CorpusWork>(path(1));
    expect([status, body]).toMatchObject([202, { personaId, version: 1 }]);
    expect((await temporal.client.workflow.getHandle(body.workflowId).describe()).type).toBe('settleCorpusVersion');
  });

  it('refuses what is no version and what is not there', async () => {
    for (const version of ['x', '0', '1.5', '99999999']) expect(await api.operator.get(path(version))).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    for (const method of ['GET', 'POST']) {
      expect(await api.operator.send(method, path(4))).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
      expect(await api.operator.send(method, '/api/admin/corpora/nobody-at-all/versions/1/profile')).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
      expect(await api.client().send(method, path(4))).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });
});

describe('what a persona knows, for everybody', () => {
  const knowledge = () => api.client().get<PersonaKnowledge>(`/api/personas/${personaId}/knowledge`);

  it('is what the profile of the published version says, without what only operators need', async () => {
    await publishUpTo(api, personaId, 1);
    await profile(1);
    const { status, body } = await knowledge();
    expect([status, body]).toMatchObject([200, { personaId, version: 1, topics: [{ label: 'letters' }], summary: ['Ada wrote to Babbage.'], starterQuestions: ['What did Ada write?'] }]);
    for (const key of ['languages', 'sentiment', 'entityCount', 'topicDocuments']) expect(body).not.toHaveProperty(key);
  });

  it('is empty before the first version, and counts only while a profile is being computed', async () => {
    expect((await knowledge()).body).toMatchObject({ version: 0, documents: 0, topics: [], computedAt: null });
    await publishUpTo(api, personaId, 2);
    await profile(1);
    expect((await knowledge()).body).toMatchObject({ version: 2, documents: 1, topics: [], summary: [], computedAt: null });
  });

  it('tells nothing of drafts, which operators see', async () => {
    personaId = (await api.createPersona({ status: 'draft' })).personaId;
    expect(await knowledge()).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
    expect(await api.operator.get(`/api/personas/${personaId}/knowledge`)).toMatchObject({ status: 200 });
    expect(await api.client().get('/api/personas/nobody-at-all/knowledge')).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
    expect(await api.client().get('/api/personas/No Slug/knowledge')).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });
});
