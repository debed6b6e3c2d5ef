import { setTimeout as delay } from 'node:timers/promises';
import type { DocumentPage, Ingestion } from '@dramatis/contracts/ingestion';
import type { Corpus } from '@dramatis/contracts/knowledge';
import type { RevisionPassages } from '@dramatis/contracts/revision';
import type { Turn } from '@dramatis/contracts/turn';
import { aCorpus, aPersona } from '@dramatis/testing/builders/persona';
import { eventually } from '@dramatis/testing/eventually';
import type { Stack } from '../../tools/stack/stack.mjs';
import { Chance } from '../support/chance.js';
import { aLibrary, badFile, libraryCounts, secretOf, secretQuestion } from '../support/library.js';
import { startOwnServers } from '../support/own-servers.js';
import { OwnScene, question } from '../support/scene.js';

/** When something is taken away: after so many documents of the run, and so many milliseconds. */
interface Point {
  documents: number;
  ms: number;
}
const chance = new Chance();
const draw = (from: number, to: number): Point => ({ documents: from + chance.below(to - from), ms: chance.below(400) });
const say = ({ documents, ms }: Point): string => `${documents} documents and ${ms} ms`;

describe(`an ingestion from which something is taken away (seed ${chance.seed})`, () => {
  let stack: Stack;
  let scene: OwnScene;
  let personaId: string;
  let versionsSeen: () => Promise<number[]> = async () => [];
  /** One for each library, also when a test is tried again. */
  const names = ['Ilmarin', 'Ossian', 'Quirrel', 'Tamsin', 'Wulfric', 'Zennor'];

  beforeAll(async () => {
    stack = await startOwnServers('ingestion-servers');
    scene = await OwnScene.set('ingestion', { servers: stack.env, withoutProviders: true });
    ({ personaId } = await scene.operator.createPersonaWithCorpus(aPersona(), aCorpus()));
  });
  afterAll(async () => {
    await scene?.strike();
    await stack?.stop();
  });

  afterEach(async () => {
    await versionsSeen();
    const stopped = Object.values(stack.servers).filter((server) => server.pid === undefined);
    await Promise.all(stopped.map((server) => server.start()));
  });

  const publishedVersion = async (): Promise<number> => (await scene.operator.persona(personaId)).corpus.corpusVersion;

  async function begin(files: File[]): Promise<string> {
    const { items } = await scene.operator.upload(files);
    const uploadIds = items.map((item) => (item.ok ? item.uploadId : `${item.fileName} was not taken: ${item.code}`));
    const { sourceId } = await scene.operator.createSource({ kind: 'upload', personaId, name: 'Library', uploadIds });
    return (await scene.operator.startIngestion(sourceId)).ingestionId;
  }

  const ended = ({ counts: { indexed, unchanged, duplicate, skipped, failed } }: Ingestion): number => indexed + unchanged + duplicate + skipped + failed;

  async function reach(ingestionId: string, { documents, ms }: Point): Promise<void> {
    const enough = async () => ended(await scene.operator.ingestion(ingestionId)) >= documents;
    await eventually(`${documents} documents of ${ingestionId}`, enough, { everyMs: 20, timeoutMs: 180_000 });
    await delay(ms);
  }

  /** Notes every version that the persona has published, in the order in which they are seen, until the test ends. */
  function watchVersions(): void {
    const seen: number[] = [];
    let watching = true;
    const watch = async (): Promise<number[]> => {
      while (watching) {
        const version = await publishedVersion().catch(() => undefined);
        if (version !== undefined && version !== seen.at(-1)) seen.push(version);
        await delay(100);
      }
      return seen;
    };
    const watched = watch();
    versionsSeen = () => {
      watching = false;
      return watched;
    };
  }

  /** Completed by itself, each document once with an end and a reason, the same passages everywhere, and answers from them. */
  async function expectWhole(ingestionId: string, name: string, published: number): Promise<void> {
    const ingestion = await scene.operator.ingestionEnded(ingestionId);
    expect(ingestion).toMatchObject({ status: 'completed', failure: null, corpusVersion: published, counts: libraryCounts });
    expect(ended(ingestion)).toBe(ingestion.counts.discovered);

    const { items } = await scene.operator.http.expect<DocumentPage>('GET', `/api/admin/ingestions/${ingestionId}/documents?limit=200`);
    expect(new Set(items.map(({ documentId }) => documentId)).size).toBe(libraryCounts.discovered);
    expect(items.filter(({ state, reason, code }) => state !== 'indexed' && !(reason && code))).toEqual([]);
    const indexed = items.filter(({ state }) => state === 'indexed');
    const ofRun = (await Promise.all(indexed.map(({ revisionId }) => passagesOf(revisionId!)))).flat();
    expect(ingestion.counts.passages).toBe(ofRun.length);

    const corpus = await scene.operator.http.expect<Corpus>('GET', `/api/admin/corpora/${personaId}`);
    const inIndex = await passagesInIndex();
    expect(corpus).toMatchObject({ corpusVersion: published, passages: inIndex.length });
    expect(new Set(inIndex).size).toBe(inIndex.length);
    expect(inIndex).toEqual(expect.arrayContaining(ofRun));
    const turn = await ask(secretQuestion(name));
    expect(turn).toMatchObject({ status: 'completed', provenance: { corpusVersion: published, grounded: true } });
    expect(turn.citations.map(({ text }) => text).join()).toContain(secretOf(name));
  }

  async function passagesOf(revisionId: string): Promise<string[]> {
    const { items, total } = await scene.operator.http.expect<RevisionPassages>('GET', `/api/admin/revisions/${revisionId}/passages?limit=500`);
    expect(items).toHaveLength(total);
    return items.map(({ passageId }) => passageId);
  }

  /** Asked of Elasticsearch itself, in whatever version, so that leftovers would be seen: the runs only add. */
  async function passagesInIndex(): Promise<string[]> {
    const index = `${stack.env.ELASTICSEARCH_URL}/${scene.product.passagesIndex}`;
    await fetch(`${index}/_refresh`, { method: 'POST' });
    const body = JSON.stringify({ query: { term: { personaId } }, size: 10_000, _source: false });
    const response = await fetch(`${index}/_search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { hits } = (await response.json()) as { hits: { hits: { _id: string }[] } };
    return hits.hits.map(({ _id }) => _id);
  }

  async function ask(text: string): Promise<Turn> {
    const guest = scene.guest();
    const { conversationId } = await guest.converse(personaId, { format: 'free' });
    return (await guest.askAndRead(conversationId, { text })).turn;
  }

  const points = [draw(0, 7), draw(7, 14)];
  it(`worker, killed after ${points.map(say).join(', ')}: the run goes on and ends whole`, async () => {
    const name = names.shift()!;
    const former = await publishedVersion();
    watchVersions();
    const ingestionId = await begin(aLibrary(name));
    for (const point of points) {
      await reach(ingestionId, point);
      await scene.product.worker.kill();
      await scene.product.worker.start();
    }
    await expectWhole(ingestionId, name, former + 1);
    expect(await versionsSeen()).toEqual([former, former + 1]);
  });

  for (const [server, label] of [['elasticsearch', 'Elasticsearch'], ['mongodb', 'MongoDB']] as const) {
    const point = draw(0, 12);
    it(`${label}, away after ${say(point)}: the run waits, goes on and ends whole`, async () => {
      const name = names.shift()!;
      const former = await publishedVersion();
      watchVersions();
      const ingestionId = await begin(aLibrary(name));
      await reach(ingestionId, point);
      await stack.servers[server].stop();
      await delay(2_000);
      await stack.servers[server].start();
      await expectWhole(ingestionId, name, former + 1);
      expect(await versionsSeen()).toEqual([former, former + 1]);
    });
  }

  it('a run that fails says why, and what was published answers on', async () => {
    const published = await publishedVersion();
    const ingestionId = await begin([badFile('truncated PDF'), badFile('truncated docx')]);
    const ingestion = await scene.operator.ingestionEnded(ingestionId);
    expect(ingestion).toMatchObject({ status: 'failed', corpusVersion: null, failure: expect.stringContaining('could be brought in'), counts: { indexed: 0 } });
    const turn = await ask(question);
    expect(turn).toMatchObject({ status: 'completed', provenance: { corpusVersion: published, grounded: true } });
  });
});
