import { pageAt } from '@dramatis/activities/ingestion/discover-documents';
import { badDocuments } from '@dramatis/testing/documents/bad-documents';
import { type Almanac, publishAlmanac } from '@dramatis/testing/site/almanac';
import { hazards, publishHazards } from '@dramatis/testing/site/hazards';
import { htmlPage } from '@dramatis/testing/site/html-page';
import { startTestSite, type TestSite } from '@dramatis/testing/site/test-site';
import { extractionFailureOutcomes } from '@dramatis/contracts/extraction-failure-codes';
import { IngestionHarness } from './ingestion.fixture.js';

let site: TestSite;
let almanac: Almanac;
let harness: IngestionHarness;

beforeAll(async () => {
  site = await startTestSite();
  almanac = publishAlmanac(site);
  publishHazards(site);
  harness = await IngestionHarness.start({ trustedHosts: [site.host] });
}, 120_000);

afterAll(async () => {
  await harness?.stop();
  await site?.stop();
}, 60_000);

describe('a site', () => {
  it('is crawled once with all its addresses accounted for, and touched only where it changed the next time', async () => {
    const personaId = await harness.newPersona();
    const sourceId = await harness.webSource(personaId, 'site', { urls: [almanac.home], depth: 10 });
    const first = await harness.ingest(personaId, sourceId);
    const articles = almanac.articles.length;
    expect(first).toMatchObject({ status: 'completed', builtVersion: 1, corpusVersion: 1, counts: { indexed: articles + 2, failed: 0 } });
    const byUrl = new Map((await harness.documentsOf(first)).map((document) => [document.url, document]));
    expect(byUrl.get(almanac.disallowed)).toMatchObject({ state: 'skipped', code: 'robots_disallowed' });
    expect(byUrl.get(almanac.noindex)).toMatchObject({ state: 'skipped', code: 'noindex' });
    expect(byUrl.get(almanac.copy)).toMatchObject({ state: 'duplicate', code: 'same_address' });
    expect(byUrl.get(almanac.articles[0]!)).toMatchObject({ state: 'indexed', revisionId: expect.any(String), title: expect.not.stringContaining('http') });
    expect(harness.events.some(({ ingestionId, event }) => ingestionId === first.ingestionId && event.type === 'ended')).toBe(true);

    almanac.change(0, 2);
    const asked = site.requestsFor(new URL(almanac.articles[1]!).pathname).length;
    const second = await harness.ingest(personaId, sourceId);
    expect(second).toMatchObject({ corpusVersion: 2, counts: { indexed: 1, unchanged: articles + 1, failed: 0 } });
    expect(site.requestsFor(new URL(almanac.articles[1]!).pathname).slice(asked).map(({ status }) => status)).toEqual([304]);
    const revision = await harness.documents.findOpen((await harness.documentsOf(second)).find(({ state }) => state === 'indexed')!.documentId);
    expect(revision).toMatchObject({ validFrom: 2, url: almanac.articles[0] });
    almanac.change(0, 1);
  });

  it('takes as many pages as it may, the first in order, though pages that were fetched at once have found more', async () => {
    const personaId = await harness.newPersona();
    const trees = ['ash', 'birch', 'cedar', 'dogwood', 'elm', 'fir', 'gorse', 'hazel'];
    const paths = trees.map((tree) => `/wood/${tree}`);
    site.set('/wood', htmlPage({ title: 'The wood', paragraphs: ['Eight trees stand in the wood, and a path leads to each of them.'], links: paths.map((href) => ({ href, text: href })) }));
    trees.forEach((tree, index) => site.set(paths[index]!, htmlPage({ title: tree, paragraphs: [`How the ${tree} came to the isle, and who planted it.`] })));
    const sourceId = await harness.webSource(personaId, 'site', { urls: [`${site.url}/wood`], include: ['/wood/**'], maxPages: 5 });
    expect((await harness.ingest(personaId, sourceId)).counts).toMatchObject({ discovered: 5, failed: 0 });

    site.forgetRequests();
    const { ingestionId, workflowId } = await harness.ingestions.start({ personaId, sourceId });
    await harness.ingestions.documents.add(ingestionId, sourceId, paths.map((path, index) => pageAt(sourceId, site.url + path, index, 1)));
    await harness.client.workflow.execute('ingestion', { workflowId, taskQueue: harness.name, args: [{ ingestionId }] });
    expect((await harness.ingestions.get(ingestionId)).counts).toMatchObject({ discovered: 5, failed: 0 });
    expect(['/wood', ...paths].map((path) => site.requestsFor(path).length)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('keeps what was there when a page that leads to it is away', async () => {
    const personaId = await harness.newPersona();
    site.set('/hub', htmlPage({ title: 'Hub', paragraphs: ['Where the ways part, a sign tells of the leaf.'], links: [{ href: '/leaf', text: 'Leaf' }] }));
    site.set('/leaf', htmlPage({ title: 'Leaf', paragraphs: ['A leaf that only the hub knows of, and nobody else at all.'] }));
    site.set('/root', htmlPage({ title: 'Root', paragraphs: ['The root leads to the hub and is always there.'], links: [{ href: '/hub', text: 'Hub' }] }));
    const sourceId = await harness.webSource(personaId, 'site', { urls: [`${site.url}/root`], include: ['/hub', '/leaf'] });
    expect(await harness.ingest(personaId, sourceId)).toMatchObject({ counts: { indexed: 3 } });
    site.set('/hub', { status: 404 });
    site.remove('/leaf');
    site.set('/hub', { status: 500 });
    const failed = await harness.ingest(personaId, sourceId);
    expect(failed.counts).toMatchObject({ unchanged: 1, failed: 1 });
    expect(await harness.sources.get(sourceId)).toMatchObject({ documentCount: 2 });
    expect((await harness.documents.corpusAt(personaId, failed.corpusVersion!)).documents.map(({ title }) => title)).toEqual(['Hub', 'Leaf', 'Root']);

    // When it is back, a retry looks at what failed and at nothing else.
    site.set('/hub', htmlPage({ title: 'Hub', paragraphs: ['Where the ways part, a new sign tells of nothing.'] }));
    const retry = await harness.ingest(personaId, sourceId, { trigger: 'retry', retryOf: failed.ingestionId });
    expect(retry).toMatchObject({ status: 'completed', retryOf: failed.ingestionId, counts: { discovered: 1, indexed: 1 } });
    const runs = await harness.ingestions.lastOfSource(sourceId);
    const all = await harness.ingestions.documents.page(runs.map(({ _id }) => _id), { limit: 10, offset: 0 });
    expect(all.items.map(({ title, state }) => [title, state]).sort()).toEqual([['Hub', 'indexed'], ['Root', 'unchanged']]);
    // Now all is known, and the leaf is gone for good.
    expect((await harness.ingest(personaId, sourceId)).counts).toMatchObject({ discovered: 2, unchanged: 2 });
    expect((await harness.documents.corpusAt(personaId, (await harness.personas.corpusOf(personaId)).corpusVersion)).documents).toHaveLength(2);
  }, 60_000);
});

describe('sitemaps, feeds and pages', () => {
  it.each([
    ['sitemap', () => almanac.sitemapIndex],
    ['feed', () => almanac.atom],
  ] as const)('brings in what a %s names', async (kind, url) => {
    const personaId = await harness.newPersona();
    const result = await harness.ingest(personaId, await harness.webSource(personaId, kind, { urls: [url()] }));
    expect(result).toMatchObject({ status: 'completed', counts: { discovered: almanac.articles.length, indexed: almanac.articles.length } });
  });

  it('says of each broken page what is wrong, and brings in the others', async () => {
    const personaId = await harness.newPersona();
    const { gone, redirectMetadata, redirectCircle, picture, redirectChain, binaryText, empty, latin1 } = hazards;
    const urls = [gone, redirectMetadata, redirectCircle, picture, redirectChain, binaryText, empty, latin1].map((path) => site.url + path);
    const result = await harness.ingest(personaId, await harness.webSource(personaId, 'page', { urls }));
    expect(result).toMatchObject({ status: 'completed', counts: { discovered: 8, indexed: 2 } });
    const states = Object.fromEntries((await harness.documentsOf(result)).map(({ url, state, code }) => [url!.slice(site.url.length), [state, code]]));
    expect(states).toMatchObject({
      [gone]: ['skipped', 'http_status'],
      [redirectMetadata]: ['failed', 'address_refused'],
      [redirectCircle]: ['failed', 'too_many_redirects'],
      [picture]: ['skipped', 'content_type_refused'],
      [binaryText]: ['skipped', 'binary'],
      [empty]: ['skipped', 'empty'],
      '/redirect/end': ['indexed', null],
      [latin1]: ['indexed', null],
    });
  });
});

describe('files', () => {
  it('end each in a state with a reason, however bad they are', async () => {
    const personaId = await harness.newPersona();
    const bad = Object.entries(badDocuments).map(([name, { fileName, contentType = 'application/octet-stream', make }]) => ({ fileName: `${name}-${fileName}`, contentType, bytes: make() }));
    const good = { fileName: 'good.md', contentType: 'text/markdown', bytes: Buffer.from('# Good\n\nWhat can be read is read, whatever lies beside it.') };
    const result = await harness.ingest(personaId, await harness.uploadSource(personaId, [...bad, good]));
    expect(result).toMatchObject({ status: 'completed', counts: { indexed: 1, discovered: bad.length + 1 } });
    const documents = await harness.documentsOf(result);
    for (const [name, { code }] of Object.entries(badDocuments)) {
      const document = documents.find(({ fileName }) => fileName!.startsWith(`${name}-`));
      // Some of them are the same bytes as another.
      if (document?.state === 'duplicate') continue;
      expect(document).toMatchObject({ state: extractionFailureOutcomes[code], code, reason: expect.stringMatching(/\w{3,}/) });
    }
  }, 120_000);

  it('are a document once, however alike their copies are', async () => {
    const personaId = await harness.newPersona();
    const words = Array.from({ length: 300 }, (_, n) => `The keeper of light ${n} wrote in log ${n * 7} of fog.`).join(' ');
    const file = (fileName: string, text: string) => ({ fileName, contentType: 'text/plain', bytes: Buffer.from(text) });
    const sourceId = await harness.uploadSource(personaId, [file('one.txt', words)]);
    await harness.ingest(personaId, sourceId);
    const near = await harness.ingest(personaId, await harness.uploadSource(personaId, [file('two.txt', `${words} A line more.`)]));
    expect(near).toMatchObject({ builtVersion: null, counts: { duplicate: 1 } });
    expect((await harness.documentsOf(near))[0]).toMatchObject({ code: 'near_duplicate', reason: expect.stringContaining('one') });
  });
});

describe('versions and removal', () => {
  const file = (n: number) => ({ fileName: `${n}.txt`, contentType: 'text/plain', bytes: Buffer.from(`Text number ${n} tells of ${'abcdefghij'[n]}ther things, and of harbour ${n * 31}.`) });

  it('leaves a version waiting, builds on it, and publishes it with the next', async () => {
    const personaId = await harness.newPersona();
    const waiting = await harness.ingest(personaId, await harness.uploadSource(personaId, [file(1)]), { publish: 'manual' });
    expect(waiting).toMatchObject({ status: 'completed', builtVersion: 1, corpusVersion: null });
    expect((await harness.personas.corpusOf(personaId)).corpusVersion).toBe(0);
    const next = await harness.ingest(personaId, await harness.uploadSource(personaId, [file(2)]));
    expect(next).toMatchObject({ builtVersion: 2, corpusVersion: 2 });
    expect(await harness.personas.corpusOf(personaId)).toMatchObject({ corpusVersion: 2, documents: 2 });
    expect(await harness.ingestions.get(waiting.ingestionId)).toMatchObject({ corpusVersion: 2 });
  });

  it('takes a deleted source out with a version of its own, and all of a deleted persona', async () => {
    const personaId = await harness.newPersona();
    const [kept, removed] = [await harness.uploadSource(personaId, [file(3)]), await harness.uploadSource(personaId, [file(4), file(5)])];
    await harness.ingest(personaId, kept);
    await harness.ingest(personaId, removed);
    await harness.sources.update(removed, { removed: true });
    expect(await harness.ingest(personaId, removed)).toMatchObject({ status: 'completed', corpusVersion: 3, counts: { discovered: 0 } });
    expect(await harness.personas.corpusOf(personaId)).toMatchObject({ corpusVersion: 3, documents: 1 });
    expect(await harness.sources.findHead(removed)).toBeNull();

    const removal = { workflowId: `removal/${personaId}`, taskQueue: harness.name, args: [{ personaId }] };
    expect(await harness.client.workflow.execute('removePersonaKnowledge', removal)).toEqual({ passages: 3 });
    await harness.passageIndex.refresh();
    expect([await harness.passageIndex.count(personaId, 2), await harness.passages.countAt(personaId, 2)]).toEqual([0, 0]);
    expect(await harness.sources.list({ personaId })).toMatchObject({ total: 0 });
  });
});
