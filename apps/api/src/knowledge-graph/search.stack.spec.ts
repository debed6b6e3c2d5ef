import type { ExplainedSearch } from '@dramatis/activities/playground/playground-activities';
import type { AuditPage } from '@dramatis/contracts/audit';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import { taskQueues } from '@dramatis/contracts/ids';
import type { PlaygroundResult, PlaygroundSearch } from '@dramatis/contracts/search-playground';
import { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { ApplicationFailure } from '@temporalio/common';
import { randomUUID } from 'node:crypto';
import { ApiHarness, nowhere } from '../../test/api-harness.js';
import { hexId, publishUpTo, writeRevision } from '../../test/knowledge-fixture.js';
import { startSpecWorker } from '../../test/spec-worker.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';

let api: ApiHarness;
let temporal: Awaited<ReturnType<typeof createTemporalNamespace>>;
let worker: Awaited<ReturnType<typeof startSpecWorker>>;
let personaId: string;
/** What the worker was asked, and what it answers. */
let asked: (PlaygroundSearch & { version: number })[];
let answer: () => Pick<ExplainedSearch, 'hits'>;

beforeAll(async () => {
  temporal = await createTemporalNamespace();
  api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
  worker = await startSpecWorker({
    namespace: temporal.namespace,
    taskQueue: taskQueues.turns,
    activities: {
      explainSearch: (search: PlaygroundSearch & { version: number }): ExplainedSearch => {
        asked.push(search);
        const settings = { candidates: 50, topK: 8, tokenBudget: 2_000, groundingFloor: 0.2, passageFloor: 0.1 };
        const timings = { embedMs: 1, searchMs: 2, indexMs: 1, rankMs: 0, totalMs: 3 };
        return { personaId: search.personaId, version: search.version, query: search.query, embedder: 'e', grounded: true, settings, timings, ...answer() };
      },
    },
  });
}, 120_000);

afterAll(async () => {
  await worker.stop();
  await api.stop();
  await temporal.close();
}, 60_000);

beforeEach(async () => {
  personaId = (await api.createPersona()).personaId;
  asked = [];
  answer = () => ({ hits: [] });
});

const search = <T = ProblemDocument>(body: object) => api.operator.post<T>('/api/admin/search', { personaId, query: 'fog', ...body });
const hit = (passageId: string, rank: number) =>
  ({ passageId, lexical: { rank, score: 2 }, vector: null, fused: { rank, score: 0.5 }, relevance: 0.5, promptRank: rank, cut: null }) as const;

describe('the search playground over HTTP', () => {
  it('gives what a turn would find, with the texts, without those that are gone meanwhile', async () => {
    await publishUpTo(api, personaId, 2);
    const { passages } = await writeRevision(api, { personaId, title: 'Fog', text: 'The bell is rung.\n\nFog comes in June.' });
    answer = () => ({ hits: [hit(passages[1]!.passageId, 1), hit(hexId(), 2), hit(passages[0]!.passageId, 3)] });
    const { status, body } = await search<PlaygroundResult>({});
    expect([status, body.version, body.hits.map(({ text, fused }) => [text, fused.rank])]).toEqual([200, 2, [['Fog comes in June.', 1], ['The bell is rung.', 3]]]);
    expect(body.hits[0]).toMatchObject({ documentTitle: 'Fog', ordinal: 1, lexical: { rank: 1, score: 2 }, vector: null, promptRank: 1, cut: null });
  });

  it('searches the version, filters and numbers that are asked for', async () => {
    await publishUpTo(api, personaId, 2);
    const wanted = { version: 1, entities: ['Ada'], topics: ['letters'], sourceId: randomUUID(), candidates: 100, topK: 50 };
    expect(await search({ ...wanted, query: '  the fog ' })).toMatchObject({ status: 200, body: { version: 1, query: 'the fog' } });
    expect(asked).toEqual([{ personaId, query: 'the fog', ...wanted }]);
  });

  it('says what the search could not do', async () => {
    await publishUpTo(api, personaId, 1);
    answer = () => {
      throw ApplicationFailure.nonRetryable('The graph of version 1 is not computed.', 'corpus_not_profiled');
    };
    expect(await search({ entities: ['Ada'] })).toMatchObject({ status: 409, body: { code: 'corpus_not_profiled', detail: 'The graph of version 1 is not computed.' } });
    answer = () => {
      throw ApplicationFailure.create({ type: 'search_unavailable', message: 'Elasticsearch is out of reach.' });
    };
    expect(await search({})).toMatchObject({ status: 503, body: { code: 'search_unavailable' } });
  });

  it('knows neither personas nor versions that are not there', async () => {
    expect(await search({})).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found', detail: expect.stringContaining('ingest a source') } });
    await publishUpTo(api, personaId, 2);
    expect(await search({ version: 3 })).toMatchObject({ status: 404, body: { code: 'corpus_version_not_found' } });
    expect(await search({ personaId: 'nobody-at-all' })).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
    await api.app.get(CorpusVersionRepository).setCollected(personaId, [1], true);
    expect(await search({ version: 1 })).toMatchObject({ status: 409, body: { code: 'corpus_version_unavailable' } });
    expect(asked).toEqual([]);
  });

  it.each([
    [{ query: '   ' }, 'query'],
    [{ query: 'x'.repeat(2_001) }, 'query'],
    [{ query: { $ne: 1 } }, 'query'],
    [{ personaId: 'No Slug' }, 'personaId'],
    [{ version: 0 }, 'version'],
    [{ version: '1' }, 'version'],
    [{ topK: 51 }, 'topK'],
    [{ candidates: 0 }, 'candidates'],
    [{ entities: Array.from({ length: 11 }, () => 'Ada') }, 'entities'],
    [{ entities: [' '] }, 'entities/0'],
    [{ sourceId: 'x' }, 'sourceId'],
    [{ k: 3 }, ''],
  ])('refuses %j and says which part is wrong', async (body, path) => {
    const { status, body: problem } = await search(body);
    expect([status, problem.code, problem.issues?.map((issue) => issue.path)]).toEqual([400, 'invalid_request', [path]]);
    expect(asked).toEqual([]);
  });

  it('is for operators, and leaves nothing in their log', async () => {
    await publishUpTo(api, personaId, 1);
    expect(await api.client().post('/api/admin/search', { personaId, query: 'fog' })).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    await search({});
    const { body } = await api.operator.get<AuditPage>(`/api/admin/audit?personaId=${personaId}`);
    expect(body.items.map(({ action }) => action)).toEqual(['personas.create']);
  });

  it('says when the workflow service is out of reach', async () => {
    const cut = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    try {
      const { personaId: alone } = await cut.createPersona();
      await publishUpTo(cut, alone, 1);
      expect(await cut.operator.post('/api/admin/search', { personaId: alone, query: 'fog' })).toMatchObject({ status: 503, body: { code: 'workflow_service_unavailable' } });
    } finally {
      await cut.stop();
    }
  }, 60_000);
});
