import { randomUUID } from 'node:crypto';
import { openEnded, type Passage } from '@dramatis/contracts/knowledge';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { DocumentRepository, type DocumentRevision } from './document-repository.js';
import { IngestionRepository } from './ingestion-repository.js';
import { documentIdOf, passageIdOf, revisionIdOf } from './knowledge-ids.js';
import { PassageRepository } from './passage-repository.js';
import { SourceRepository } from './source-repository.js';

let connection: Connection;
let sources: SourceRepository;
let documents: DocumentRepository;
let passages: PassageRepository;
let ingestions: IngestionRepository;

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  sources = new SourceRepository(connection);
  documents = new DocumentRepository(connection);
  passages = new PassageRepository(connection);
  ingestions = new IngestionRepository(connection);
  await createIndexes(connection);
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const newId = () => `p-${randomUUID()}`;
const item = { title: 'Notes', contentType: 'text/plain' as const, objectKey: 'key', sha256: 'ab', bytes: 4 };

function revision(personaId: string, changes: Partial<DocumentRevision> = {}): DocumentRevision {
  const made = { documentId: 'd1', contentHash: 'c1', layoutHash: 'l1', validFrom: 1, chunker: 'c', embedder: 'e', ...changes };
  return {
    _id: revisionIdOf({ ...made, documentId: `${personaId}${made.documentId}` }),
    personaId,
    sourceId: 's1',
    ingestionId: 'i1',
    title: 'Notes',
    listedTitle: 'Notes',
    url: null,
    contentType: 'text/plain',
    fileName: null,
    objectKey: 'key',
    rawSha256: 'ab',
    text: 'One. Two.',
    sections: [{ headingPath: [], start: 0, end: 9 }],
    words: 2,
    enrichment: null,
    terms: [],
    signature: null,
    passages: 2,
    attributes: {},
    status: 'complete',
    validTo: openEnded,
    indexedAt: new Date(),
    ...made,
  };
}

function passage(personaId: string, id: string, changes: Partial<Passage> = {}): Passage {
  const place = { ordinal: 0, text: 'One.', tokens: 2, startOffset: 0, endOffset: 4, headingPath: ['A'] };
  return { passageId: id, personaId, documentId: 'd1', sourceId: 's1', documentTitle: 'Notes', ...place, validFrom: 1, validTo: openEnded, ...changes };
}

describe('SourceRepository', () => {
  it('keeps a source with its documents, lists it, and gives it others', async () => {
    const personaId = newId();
    const source = await sources.create({ personaId, name: 'Notes', documents: [item] });
    expect(await sources.get(source.sourceId)).toEqual(source);
    expect(await sources.list({ personaId })).toEqual({ items: [source], total: 1 });
    await sources.replaceDocuments(source.sourceId, [item, { ...item, title: 'More' }]);
    await sources.setLastIngestion(source.sourceId, 'i1');
    expect(await sources.get(source.sourceId)).toMatchObject({ documentCount: 2, lastIngestionId: 'i1' });
    await expect(sources.get('nobody')).rejects.toMatchObject({ code: 'source_not_found' });
    await expect(sources.replaceDocuments('nobody', [])).rejects.toMatchObject({ code: 'source_not_found' });
  });
});

describe('IngestionRepository', () => {
  it('lets one run of a persona run, also when many ask at once', async () => {
    const personaId = newId();
    const starts = await Promise.allSettled(Array.from({ length: 8 }, () => ingestions.start({ personaId, sourceId: 's1' })));
    const started = starts.filter((start) => start.status === 'fulfilled');
    expect(started).toHaveLength(1);
    for (const start of starts) if (start.status === 'rejected') expect(start.reason).toMatchObject({ code: 'ingestion_in_progress' });

    const { ingestionId } = started[0]!.value;
    expect((await ingestions.findRunning(personaId))?._id).toBe(ingestionId);
    expect(await ingestions.finish(ingestionId, { status: 'completed', corpusVersion: 4 })).toBe(true);
    expect(await ingestions.finish(ingestionId, { status: 'failed', failure: 'late' })).toBe(false);
    expect(await ingestions.get(ingestionId)).toMatchObject({ status: 'completed', corpusVersion: 4, failure: null });
    expect(await ingestions.highestBuilt(personaId)).toBe(4);
    await expect(ingestions.start({ personaId, sourceId: 's1' })).resolves.toMatchObject({ status: 'running' });
  });

  it('counts a version that waits to be published, and no other', async () => {
    const personaId = newId();
    const { ingestionId } = await ingestions.start({ personaId, sourceId: 's1', publish: 'manual' });
    await ingestions.setBuilt(ingestionId, 7, { documents: 1, passages: 2 });
    await ingestions.finish(ingestionId, { status: 'completed' });
    expect(await ingestions.get(ingestionId)).toMatchObject({ builtVersion: 7, corpusVersion: null, stage: 'ended' });
    expect(await ingestions.highestBuilt(personaId)).toBe(7);
    await ingestions.markPublished(personaId, 7);
  });
});

describe('IngestionDocumentRepository', () => {
  const found = (ordinal: number, more = {}) => ({ entryId: `d${ordinal}`, ordinal, title: `Title ${ordinal}`, ...more });
  const begin = async (): Promise<string> => (await ingestions.start({ personaId: newId(), sourceId: 's1' })).ingestionId;

  it('accounts for documents, and repeats nothing', async () => {
    const ingestionId = await begin();
    const all = [found(0), found(1), found(2), found(3)];
    expect(await ingestions.documents.add(ingestionId, 's1', all)).toBe(4);
    await ingestions.documents.settle({ ingestionId, entryId: 'd0' }, { state: 'indexed', passages: 3 });
    await ingestions.documents.settleMany([{ ingestionId, entryId: 'd2', state: 'skipped', reason: 'empty' }]);
    expect(await ingestions.documents.add(ingestionId, 's1', all)).toBe(0);
    const counts = { discovered: 4, indexed: 1, skipped: 1, unchanged: 0, duplicate: 0, failed: 0, passages: 3 };
    expect(await ingestions.documents.counts(ingestionId)).toEqual(counts);
    const pending = await ingestions.documents.pending(ingestionId, { limit: 10 });
    expect(pending.map(({ entryId }) => entryId)).toEqual(['d1', 'd3']);
    expect(await ingestions.documents.pending(ingestionId, { limit: 10, except: ['d1', 'd3'] })).toEqual([]);
    expect(await ingestions.documents.settlePending(ingestionId, { state: 'skipped', reason: 'limit' })).toBe(2);
    expect((await ingestions.documents.tally(ingestionId, new Date(0))).ended).toBe(4);
    expect((await ingestions.documents.tally(ingestionId, new Date(Date.now() + 60_000))).ended).toBe(0);
  });

  it('knows an address once, whichever addresses lead to it', async () => {
    const ingestionId = await begin();
    const [a, b] = ['d0', 'd1'].map((entryId) => ({ ingestionId, entryId }));
    await ingestions.documents.add(ingestionId, 's1', [found(0, { url: 'http://a' }), found(1, { url: 'http://b' })]);
    const target = { documentId: 'd9', url: 'http://target' };
    for (let time = 0; time < 2; time += 1) expect(await ingestions.documents.resolveTo(a!, target)).toBeNull();
    expect(await ingestions.documents.resolveTo(b!, target)).toMatchObject({ entryId: 'd0', documentId: 'd9' });
    expect(await ingestions.documents.add(ingestionId, 's1', [found(9)])).toBe(0);
    expect(await ingestions.documents.counts(ingestionId)).toMatchObject({ discovered: 2 });
    expect(await ingestions.documents.findByDocument(ingestionId, 'd9')).toMatchObject({ entryId: 'd0', url: 'http://target' });
  });

  it('forgets what was found beyond the limit: the last, and nothing that has begun, ended or is needed', async () => {
    const ingestionId = await begin();
    await ingestions.documents.add(ingestionId, 's1', Array.from({ length: 9 }, (_, place) => found(place)));
    const [moved, other] = ['d0', 'd1'].map((entryId) => ({ ingestionId, entryId }));
    expect(await ingestions.documents.resolveTo(moved!, { documentId: 'd7', url: 'http://there' })).toMatchObject({ entryId: 'd7' });
    await ingestions.documents.settle(moved!, { state: 'duplicate', code: 'same_address', duplicateOf: { documentId: 'd7', title: 'Title 7' } });
    expect(await ingestions.documents.resolveTo(other!, { documentId: 'elsewhere', url: 'http://elsewhere' })).toBeNull();
    expect(await ingestions.documents.removeBeyond(ingestionId, { most: 9 })).toBe(0);
    expect(await ingestions.documents.removeBeyond(ingestionId, { most: 5, except: ['d8'] })).toBe(4);
    expect((await ingestions.documents.pending(ingestionId, { limit: 9 })).map(({ entryId }) => entryId)).toEqual(['d1', 'd2', 'd7', 'd8']);
    expect(await ingestions.documents.counts(ingestionId)).toMatchObject({ discovered: 5, duplicate: 1 });
    // What is on its way stays, though the limit be lower now.
    expect(await ingestions.documents.removeBeyond(ingestionId, { most: 1, except: ['d1', 'd2', 'd8'] })).toBe(0);
  });

  it('keeps what happened to a document, and finds it by state and text', async () => {
    const ingestionId = await begin();
    const ref = { ingestionId, entryId: 'd0' };
    await ingestions.documents.add(ingestionId, 's1', [found(0, { fileName: 'a.b(c).txt' }), found(1)]);
    await ingestions.documents.beginStep(ref, 'extract');
    expect(await ingestions.documents.inFlight(ingestionId, 5)).toMatchObject([{ documentId: 'd0' }]);
    // The step before has noted it: since when stays.
    const since = (await ingestions.documents.inFlight(ingestionId, 5))[0]!.since;
    await ingestions.documents.beginStep(ref, 'extract');
    expect(await ingestions.documents.inFlight(ingestionId, 5)).toMatchObject([{ since }]);
    const entry = (attempt: number) => ({ step: 'extract' as const, attempt, startedAt: 'x', endedAt: 'y', outcome: 'failed' as const, note: null });
    await ingestions.documents.record(ref, { timeline: [entry(1)] });
    await ingestions.documents.record(ref, { fields: { title: 'Found' }, timeline: [entry(2)] });
    await ingestions.documents.settle(ref, { state: 'failed', reason: 'broken', code: 'damaged' });
    const query = { limit: 10, offset: 0 };
    expect(await ingestions.documents.page([ingestionId], { ...query, state: 'failed' })).toMatchObject({ total: 1, items: [{ title: 'Found', attempts: 2, code: 'damaged' }] });
    expect((await ingestions.documents.page([ingestionId], { ...query, text: 'B(C)' })).total).toBe(1);
    expect((await ingestions.documents.page([ingestionId], { ...query, state: 'pending' })).total).toBe(1);
    const retry = await begin();
    await ingestions.documents.markRetried(ingestionId, ['d0'], retry);
    expect((await ingestions.documents.page([ingestionId, retry], query)).total).toBe(1);
    expect((await ingestions.documents.page([ingestionId], query)).total).toBe(2);
  });
});

describe('DocumentRepository', () => {
  it('lets the database decide which of two documents of a run is the duplicate', async () => {
    const personaId = newId();
    const [one, two] = [revision(personaId), revision(personaId, { documentId: 'd2' })];
    const outcomes = await Promise.all([documents.begin(one), documents.begin(two)]);
    expect(outcomes.filter(({ begun }) => begun)).toHaveLength(1);
    const winner = outcomes[0].begun ? one : two;
    expect(outcomes.find(({ begun }) => !begun)).toMatchObject({ duplicateOf: { _id: winner._id } });
    expect(await documents.begin(winner)).toEqual({ begun: true });
  });

  it('finds documents that may be near by what their signatures share', async () => {
    const personaId = newId();
    const signature = (...bands: string[]) => ({ minHashes: 'x', bands });
    await documents.begin(revision(personaId, { signature: signature('a', 'b') }));
    const near = (bands: string[], exceptDocumentId = 'other') => documents.findOpenByBands({ personaId, bands, exceptDocumentId });
    expect(await near(['b', 'c'])).toMatchObject([{ documentId: 'd1', signature: { bands: ['a', 'b'] } }]);
    expect([...(await near(['c'])), ...(await near(['b'], 'd1'))]).toEqual([]);
  });

  it('sees what each version sees', async () => {
    const personaId = newId();
    await documents.begin(revision(personaId, { validTo: 2 }));
    await documents.begin(revision(personaId, { contentHash: 'c2', validFrom: 2, title: 'Later' }));
    await documents.begin(revision(personaId, { contentHash: 'c3', validFrom: 3, status: 'writing' }));
    const titles = async (version: number) => (await documents.corpusAt(personaId, version)).documents.map(({ title }) => title);
    expect(await Promise.all([0, 1, 2, 3].map(titles))).toEqual([[], ['Notes'], ['Later'], ['Later']]);
    expect(await documents.changesOf(personaId, 2)).toEqual({ brought: 1, closed: 1 });
    expect(await documents.idsUnfinished(personaId, 3)).toHaveLength(1);
    expect(await documents.idsBroughtAfter(personaId, 1)).toHaveLength(2);
    expect(await documents.idsClosedAfter(personaId, 1)).toHaveLength(1);
    expect(await documents.idsClosedAfter(personaId, 2)).toHaveLength(0);
    expect((await documents.findOpen('d1'))?.validTo).toBe(openEnded);
  });
});

describe('PassageRepository', () => {
  it('writes, replaces, counts by version, closes and deletes', async () => {
    const personaId = newId();
    const [a, b] = [newId(), newId()];
    await passages.write('r1', [passage(personaId, a), passage(personaId, b, { ordinal: 1 })]);
    await passages.write('r1', [passage(personaId, a, { text: 'Uno.' })]);
    expect(await passages.get(a)).toEqual(passage(personaId, a, { text: 'Uno.' }));
    expect((await passages.findMany([a, b, 'nobody'])).map(({ passageId }) => passageId).sort()).toEqual([a, b].sort());
    expect((await passages.listOfRevision('r1', { fromOrdinal: 1, limit: 5 })).map(({ passageId }) => passageId)).toContain(b);
    expect(await passages.countAt(personaId, 1)).toBe(2);
    await passages.setValidTo([a], 2);
    expect([await passages.countAt(personaId, 1), await passages.countAt(personaId, 2)]).toEqual([2, 1]);
    expect(await passages.idsClosedAfter(personaId, 1)).toEqual([a]);
    await passages.delete([a]);
    await expect(passages.get(a)).rejects.toMatchObject({ code: 'passage_not_found' });
  });

  it('gives a passage in the document that it was cut from', async () => {
    const personaId = newId();
    const made = revision(personaId);
    await documents.begin(made);
    const id = passageIdOf(made._id, 0);
    await passages.write(made._id, [passage(personaId, id)]);
    const { passage: found, document } = await passages.getInDocument(id);
    expect(document).toEqual({ documentId: 'd1', title: 'Notes', text: 'One. Two.' });
    expect(document.text.slice(found.startOffset, found.endOffset)).toBe(found.text);
  });
});

describe('ids', () => {
  it('tell documents by source, title and occurrence, and revisions by all they were made from', () => {
    const ids = [documentIdOf('s', 't', 0), documentIdOf('s', 't', 1), documentIdOf('s2', 't', 0), documentIdOf('s', 't2', 0)];
    expect(new Set(ids).size).toBe(4);
    const made = { documentId: 'd', contentHash: 'c', layoutHash: 'l', validFrom: 1, chunker: 'k', embedder: 'e' };
    const others = Object.keys(made).map((key) => revisionIdOf({ ...made, [key]: key === 'validFrom' ? 2 : 'x' }));
    expect(new Set([revisionIdOf(made), ...others]).size).toBe(7);
    expect(revisionIdOf({ ...made })).toBe(revisionIdOf(made));
  });
});
