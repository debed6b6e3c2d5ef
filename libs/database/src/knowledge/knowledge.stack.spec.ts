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
    contentType: 'text/plain',
    objectKey: 'key',
    rawSha256: 'ab',
    text: 'One. Two.',
    words: 2,
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
    expect(await sources.list({ personaId })).toEqual([source]);
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
    expect(await ingestions.highestPublished(personaId)).toBe(4);
    await expect(ingestions.start({ personaId, sourceId: 's1' })).resolves.toMatchObject({ status: 'running' });
  });

  it('accounts for documents, and repeats nothing', async () => {
    const { ingestionId } = await ingestions.start({ personaId: newId(), sourceId: 's1' });
    const found = [0, 1, 2].map((ordinal) => ({ ...item, ordinal, documentId: `d${ordinal}`, state: null, reason: null }));
    await ingestions.addDocuments(ingestionId, found);
    await ingestions.settleDocument(ingestionId, 'd0', { state: 'indexed', passages: 3 });
    await ingestions.settleDocument(ingestionId, 'd2', { state: 'skipped', reason: 'empty' });
    await ingestions.addDocuments(ingestionId, found);
    expect(await ingestions.get(ingestionId)).toMatchObject({
      counts: { discovered: 3, indexed: 1, skipped: 1, unchanged: 0, passages: 3 },
      documents: [{ documentId: 'd0', state: 'indexed' }, { documentId: 'd2', state: 'skipped', reason: 'empty' }],
    });
    const pending = await ingestions.pendingDocuments(ingestionId, { afterOrdinal: -1, limit: 10 });
    expect(pending.map(({ documentId }) => documentId)).toEqual(['d1']);
    expect(await ingestions.pendingDocuments(ingestionId, { afterOrdinal: 1, limit: 10 })).toEqual([]);
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
