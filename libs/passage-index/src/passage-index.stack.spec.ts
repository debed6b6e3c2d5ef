import { randomUUID } from 'node:crypto';
import { type Passage, openEnded } from '@dramatis/contracts/knowledge';
import { createSearchClient } from './client.js';
import { PassageIndex } from './passage-index.js';
import { graphSettings, passageIndexDefinition } from './passage-mapping.js';

const client = createSearchClient({ url: process.env['ELASTICSEARCH_URL']!, requestTimeoutMs: 30_000 });
const alias = `spec-passages-${randomUUID().slice(0, 8)}`;
const embedder = { id: 'directions', dimensions: 3 };
const index = new PassageIndex(client, { alias, embedder, searchTimeoutMs: 20_000 });

function passage(id: string, changes: Partial<Passage> = {}): Passage {
  return {
    passageId: id,
    personaId: 'ada',
    documentId: 'notes',
    sourceId: 'source',
    documentTitle: 'Notes on the engine',
    headingPath: ['Cards'],
    ordinal: 0,
    text: 'The looms wove patterns.',
    tokens: 6,
    startOffset: 0,
    endOffset: 24,
    validFrom: 1,
    validTo: openEnded,
    ...changes,
  };
}

const east = Float32Array.of(1, 0, 0);
const north = Float32Array.of(0, 1, 0);
const search = (changes: object = {}) => index.search({ personaId: 'ada', corpusVersion: 1, query: 'loom', vector: east, candidates: 10, ...changes });
const ids = (hits: { passage: Passage }[]) => hits.map(({ passage: { passageId } }) => passageId);

beforeAll(async () => {
  await Promise.all([index.ensure(), index.ensure()]);
  const items = [
    { passage: passage('east'), vector: east },
    { passage: passage('north', { text: 'Bernoulli computed numbers.', ordinal: 1 }), vector: north },
    { passage: passage('later', { validFrom: 2 }), vector: east },
    { passage: passage('gone', { validTo: 1, validFrom: 0 }), vector: east },
    { passage: passage('other', { personaId: 'charles' }), vector: east },
  ];
  expect(await index.bulkWrite(items)).toEqual({ written: 5, failures: [] });
  await index.refresh();
  await index.warmUp();
});

afterAll(async () => {
  await client.indices.delete({ index: `${alias}-1` });
  await client.close();
});

describe('PassageIndex', () => {
  it('sees one version of one persona, by vector and by words', async () => {
    const hits = await search();
    expect(ids(hits.byVector)).toEqual(['east', 'north']);
    expect(ids(hits.byWords)).toEqual(['east']);
    expect(hits.byVector[0]!.similarity).toBeCloseTo(1, 2);
    expect(hits.byVector[1]!.similarity).toBeCloseTo(0, 2);
    expect(hits.byVector[0]!.passage).toEqual(passage('east'));
    expect(ids((await search({ corpusVersion: 2 })).byVector).sort()).toEqual(['east', 'later', 'north']);
    expect(ids((await search({ corpusVersion: 0 })).byVector)).toEqual(['gone']);
    expect(ids((await search({ personaId: 'nobody' })).byWords)).toEqual([]);
  });

  it('finds other forms of a word, and words of titles and headings', async () => {
    expect(ids((await search({ query: 'computing' })).byWords)).toEqual(['north']);
    expect(ids((await search({ query: 'engines' })).byWords).sort()).toEqual(['east', 'north']);
    expect(ids((await search({ query: 'card' })).byWords).sort()).toEqual(['east', 'north']);
  });

  it('says how near the nearest sentence is, where sentences are kept, and keeps them when a passage is closed', async () => {
    const known = passage('told', { personaId: 'teller' });
    await index.bulkWrite([{ passage: known, vector: north, sentences: [north, Float32Array.of(0.8, 0.6, 0)] }]);
    await index.bulkWrite([{ passage: passage('untold', { personaId: 'teller' }), vector: north }]);
    await index.closePassages(['told'], 4);
    await index.refresh();
    const { byVector, byWords } = await search({ personaId: 'teller' });
    for (const hits of [byVector, byWords]) {
      expect(hits.find(({ passage: { passageId } }) => passageId === 'told')!.sentenceSimilarity).toBeCloseTo(0.8, 2);
      expect(hits.find(({ passage: { passageId } }) => passageId === 'untold')!.sentenceSimilarity).toBeNull();
    }
    expect(Object.keys(byVector[0]!.passage).sort()).toEqual(Object.keys(known).sort());
  });

  it('brings an index of before up to date', async () => {
    const { settings, mappings } = passageIndexDefinition(embedder);
    const { sentences: _later, ...properties } = mappings!.properties!;
    const old = `${alias}-old`;
    await client.indices.create({ index: `${old}-1`, settings: settings!, mappings: { ...mappings, properties }, aliases: { [old]: { is_write_index: true } } });
    const former = new PassageIndex(client, { alias: old, embedder });
    const items = [{ passage: passage('east'), vector: east, sentences: [east] }];
    expect((await former.bulkWrite(items)).failures).toHaveLength(1);
    await former.ensure();
    expect((await former.bulkWrite(items)).failures).toEqual([]);
    const { [`${old}-1`]: now } = await client.indices.getSettings({ index: old, flat_settings: true });
    expect(now!.settings).toMatchObject(graphSettings);
    await client.indices.delete({ index: `${old}-1` });
  });

  it('takes any text as a question', async () => {
    for (const query of ['', '???', '"unclosed AND (', 'a'.repeat(8_000), 'the of and', '😀', 'word '.repeat(1_600)]) {
      await expect(search({ query })).resolves.toMatchObject({ byVector: expect.any(Array) });
    }
  });

  it('counts what a version sees', async () => {
    expect(await index.count('ada', 1)).toBe(2);
    expect(await index.count('ada', 2)).toBe(3);
    expect(await index.count('nobody', 1)).toBe(0);
  });

  it('writes again under the same id without a second copy', async () => {
    await index.bulkWrite([{ passage: passage('east'), vector: east }]);
    await index.refresh();
    expect(await index.count('ada', 1)).toBe(2);
  });

  it('closes passages for later versions only, and keeps their vectors', async () => {
    await index.bulkWrite([{ passage: passage('closing', { personaId: 'closer' }), vector: north }]);
    expect(await index.closePassages(['closing'], 4)).toEqual({ failures: [] });
    await index.refresh();
    const before = await search({ personaId: 'closer', corpusVersion: 3, vector: north });
    expect(ids(before.byVector)).toEqual(['closing']);
    expect(before.byVector[0]!.similarity).toBeCloseTo(1, 2);
    expect(await index.count('closer', 4)).toBe(0);
    expect((await index.closePassages(['missing'], 4)).failures).toEqual([{ passageId: 'missing', status: 404, reason: expect.any(String) }]);
  });

  it('deletes, also what is not there', async () => {
    await index.bulkWrite([{ passage: passage('doomed', { personaId: 'doomed' }), vector: east }]);
    expect(await index.deletePassages(['doomed', 'missing'])).toEqual({ failures: [] });
    await index.refresh();
    expect(await index.count('doomed', 1)).toBe(0);
  });

  it('reports what it refuses, and writes the rest', async () => {
    const outcome = await index.bulkWrite([
      { passage: passage('bad', { personaId: 'partial' }), vector: Float32Array.of(1, 0) },
      { passage: passage('good', { personaId: 'partial' }), vector: east },
    ]);
    expect(outcome.written).toBe(1);
    expect(outcome.failures).toEqual([{ passageId: 'bad', status: 400, reason: expect.stringContaining('dimension') }]);
  });

  it("refuses another embedder's vectors, in writing and in asking", async () => {
    const other = new PassageIndex(client, { alias, embedder: { id: 'another', dimensions: 3 } });
    const mismatch = { name: 'EmbedderMismatchError', code: 'embedder_mismatch', indexed: 'directions', given: 'another' };
    await expect(other.ensure()).rejects.toMatchObject(mismatch);
    await expect(other.bulkWrite([{ passage: passage('x'), vector: east }])).rejects.toMatchObject(mismatch);
    await expect(other.search({ personaId: 'ada', corpusVersion: 1, query: 'loom', vector: east, candidates: 5 })).rejects.toMatchObject(mismatch);
  });

  it('says that search is unavailable when nothing listens, or there is no index, without repeating the question', async () => {
    const away = createSearchClient({ url: 'http://127.0.0.1:9' });
    for (const lost of [new PassageIndex(away, { alias, embedder }), new PassageIndex(client, { alias: 'spec-no-such-index', embedder })]) {
      const error = await lost.search({ personaId: 'ada', corpusVersion: 1, query: 'a secret', vector: east, candidates: 5 }).catch((e: unknown) => e);
      expect(error).toMatchObject({ name: 'DomainError', code: 'search_unavailable' });
      expect(JSON.stringify((error as Error).cause, Object.getOwnPropertyNames((error as Error).cause))).not.toContain('secret');
    }
    await away.close();
  });

  it('stops waiting when asked to', async () => {
    const search = index.search({ personaId: 'ada', corpusVersion: 1, query: 'loom', vector: east, candidates: 5 }, { signal: AbortSignal.abort() });
    await expect(search).rejects.toThrow(/abort/i);
  });
});
