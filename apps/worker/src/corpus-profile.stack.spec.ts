import type { collectCorpusGarbage } from '@dramatis/workflows/collect-corpus-garbage';
import type { searchPlayground } from '@dramatis/workflows/search-playground';
import type { settleCorpusVersion } from '@dramatis/workflows/settle-corpus-version';
import { type CorpusStack, startCorpusStack } from './corpus-stack.fixture.js';

let stack: CorpusStack;
let personaId: string;

const texts = {
  'The voyage of the Beagle':
    'Charles Darwin sailed with Captain FitzRoy on the Beagle in 1831. Captain FitzRoy commanded the Beagle with great care. Charles Darwin collected finches in the Galapagos Islands, and wrote to John Henslow about them.',
  'Friends in Cambridge':
    'John Henslow taught Charles Darwin botany at Cambridge. Charles Darwin admired John Henslow, and walked with him every evening. Cambridge was a happy place for Charles Darwin.',
  'Earthworms at Down':
    'Charles Darwin watched earthworms at Down House for forty years. The earthworms bury stones slowly. Emma Darwin played the piano to the earthworms at Down House.',
};

beforeAll(async () => {
  stack = await startCorpusStack({ retainedVersions: 1 });
  personaId = await stack.newPersona();
  await stack.writer.build(personaId, 1, { bring: texts });
  await stack.personas.publishCorpus(personaId, { expectedCorpusVersion: 0, corpus: { corpusVersion: 1, documents: 3, passages: 3, embedder: 'words-64' } });
  await stack.execute<typeof settleCorpusVersion>('settleCorpusVersion', { personaId, version: 1 });
}, 120_000);

afterAll(() => stack.stop(), 60_000);

describe('the profile of a version', () => {
  it('says what the corpus is about', async () => {
    const profile = (await stack.profiles.find(personaId, 1))!;
    expect(profile).toMatchObject({ documents: 3, passages: 3, languages: [{ language: 'en', documents: 3, share: 1 }] });
    expect(profile.entities[0]).toMatchObject({ name: 'Charles Darwin', type: 'person' });
    expect(profile.topics.length).toBeGreaterThan(0);
    expect(profile.topics.reduce((sum, { documents }) => sum + documents, 0)).toBe(3);
    const said = Object.values(texts).join(' ');
    for (const sentence of profile.summary) expect(said).toContain(sentence);
    expect(profile.starterQuestions.join(' ')).toContain('Henslow');
    const { positive, neutral, negative } = profile.sentiment!;
    expect(positive + neutral + negative).toBeCloseTo(1);
    expect(await stack.versions.get(personaId, 1)).toMatchObject({ profiled: true });
  });
});

describe('the graph of a version', () => {
  const entities = async (query: { type?: string; search?: string } = {}) => (await stack.graphs.entities(personaId, 1, { limit: 50, offset: 0, ...query })).items;
  const entity = async (name: string) => (await entities()).find((one) => one.name === name)!;

  it('has what the corpus names, most named first, by type and name', async () => {
    const all = await entities();
    expect(all[0]).toMatchObject({ name: 'Charles Darwin', type: 'person', passages: 3 });
    expect((await entities({ type: 'person' })).every(({ type }) => type === 'person')).toBe(true);
    expect((await entities({ search: 'HENS' })).map(({ name }) => name)).toEqual(['John Henslow']);
  });

  it('ties those that passages name together, and keeps what the passages state', async () => {
    const [darwin, henslow] = [await entity('Charles Darwin'), await entity('John Henslow')];
    const [edge] = await stack.graphs.edgesBetween(personaId, 1, [darwin.entityId, henslow.entityId]);
    expect(edge).toMatchObject({ passages: 2 });
    expect(edge!.weight).toBeGreaterThan(0);
    expect(edge!.statements).toContainEqual(expect.objectContaining({ subject: darwin.entityId, verb: 'admired', object: henslow.entityId }));
    const support = await stack.passages.findMany(edge!.support);
    for (const { text } of support) expect(text).toContain('Henslow');
  });

  it('goes with its version', async () => {
    await stack.writer.build(personaId, 2, { close: ['Earthworms at Down'] });
    await stack.personas.publishCorpus(personaId, { expectedCorpusVersion: 1, corpus: { corpusVersion: 2, documents: 2, passages: 2, embedder: 'words-64' } });
    await stack.execute<typeof settleCorpusVersion>('settleCorpusVersion', { personaId, version: 2 });
    await stack.execute<typeof collectCorpusGarbage>('collectCorpusGarbage', { personaId });
    expect([await stack.profiles.find(personaId, 1), (await entities()).length]).toEqual([null, 0]);
    const left = await stack.graphs.entities(personaId, 2, { limit: 50, offset: 0 });
    expect(left.items.map(({ name }) => name)).not.toContain('Down House');
    expect(left.items.map(({ name }) => name)).toContain('John Henslow');
  });
});

describe('the search playground', () => {
  const search = (query: string, narrowed: object = {}) => stack.execute<typeof searchPlayground>('searchPlayground', { personaId, version: 2, query, ...narrowed });
  const titlesOf = async (ids: string[]) => (await stack.passages.findMany(ids)).map(({ documentTitle }) => documentTitle).sort();

  it('shows each ranking, how they fuse, and what became of each candidate', async () => {
    const found = await search('Who taught Darwin botany at Cambridge?', { topK: 1 });
    const [best, second] = found.hits;
    expect(best).toMatchObject({ lexical: { rank: 1 }, vector: { rank: 1 }, fused: { rank: 1, score: expect.any(Number) }, promptRank: 1, cut: null });
    expect(best!.vector!.score).toBeGreaterThan(second!.vector!.score);
    expect(second).toMatchObject({ promptRank: null });
    expect(['beyond_top_k', 'below_floor']).toContain(second!.cut);
    expect(found.grounded).toBe(true);
    expect(found.timings.totalMs).toBeGreaterThanOrEqual(found.timings.embedMs + found.timings.searchMs);
  });

  it('says when nothing is near enough', async () => {
    const found = await search('pizza toppings');
    expect(found.grounded).toBe(false);
    expect(new Set(found.hits.map(({ cut }) => cut))).toEqual(new Set(['no_match']));
  });

  it('narrows to what names an entity, to a topic and to a source', async () => {
    const named = await search('Darwin', { entities: ['captain fitzroy'] });
    expect(await titlesOf(named.hits.map(({ passageId }) => passageId))).toEqual(['The voyage of the Beagle']);
    expect((await search('Darwin', { entities: ['Nobody'] })).hits).toEqual([]);
    const { topics } = (await stack.profiles.find(personaId, 2))!;
    const onTopic = await search('Darwin', { topics: [topics[0]!.label] });
    expect(onTopic.hits).toHaveLength(topics[0]!.documents);
    expect((await search('Darwin', { sourceId: stack.writer.sourceId })).hits).toHaveLength(2);
    expect((await search('Darwin', { sourceId: '00000000-0000-4000-8000-000000000000' })).hits).toEqual([]);
  });
});
