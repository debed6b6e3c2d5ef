import { randomUUID } from 'node:crypto';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import type { CorpusVersionRepository } from '@dramatis/database/corpus/corpus-version-repository';
import { recordPublishedVersions } from '@dramatis/database/corpus/record-published-versions';
import type { VersionContents } from '@dramatis/database/corpus/version-contents';
import { describeObject } from '@dramatis/object-store/port';
import type { collectCorpusGarbage } from '@dramatis/workflows/collect-corpus-garbage';
import type { publishCorpusVersion } from '@dramatis/workflows/publish-corpus-version';
import type { reproduceCorpus } from '@dramatis/workflows/reproduce-corpus';
import { type CorpusStack, startCorpusStack } from './corpus-stack.fixture.js';
import { type CorpusWriter, wordEmbedder } from './corpus.fixture.js';

let stack: CorpusStack;
let versions: CorpusVersionRepository;
let contents: VersionContents;
let writer: CorpusWriter;
let conversations: ConversationRepository;

beforeAll(async () => {
  stack = await startCorpusStack({ retainedVersions: 2 });
  ({ versions, contents, writer } = stack);
  conversations = new ConversationRepository(stack.database);
}, 120_000);

afterAll(() => stack.stop(), 60_000);

const newPersona = () => stack.newPersona();
const publish = (personaId: string, version: number, expectedVersion: number) =>
  stack.execute<typeof publishCorpusVersion>('publishCorpusVersion', { personaId, version, expectedVersion, note: `to ${version}` });
const collect = (personaId: string) => stack.execute<typeof collectCorpusGarbage>('collectCorpusGarbage', { personaId });

async function pinnedConversation(personaId: string, corpusVersion: number): Promise<string> {
  const conversationId = randomUUID();
  const fields = { personaId, personaName: 'Ada', title: null, mode: 'educator', format: 'free' } as const;
  await conversations.create(conversationId, { ...fields, ownerId: randomUUID() });
  await conversations.pin(conversationId, corpusVersion);
  return conversationId;
}

const titlesAt = async (personaId: string, corpusVersion: number): Promise<string[]> => {
  const [vector] = await wordEmbedder.embed(['the loom and the worms and the reefs']);
  const hits = await stack.passageIndex.search({ personaId, corpusVersion, query: 'loom worms reefs', vector: vector!, candidates: 20 });
  return [...new Set([...hits.byVector, ...hits.byWords].map(({ passage }) => passage.documentTitle))].sort();
};
const isKept = (text: string) => stack.objects.has(describeObject(Buffer.from(text)).key);
const failureOf = (error: unknown): string | undefined => (error as { cause?: { cause?: { type?: string } } }).cause?.cause?.type;

describe('publishing a version', () => {
  it('checks what was built, moves the persona, and says when and why', async () => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: 'The loom weaves flowers.' } });
    expect(await versions.get(personaId, 1)).toMatchObject({ status: 'built', documents: 1, passages: 1, publishedAt: null });
    expect(await publish(personaId, 1, 0)).toEqual({ corpusVersion: 1 });
    expect(await versions.get(personaId, 1)).toMatchObject({ status: 'published', note: 'to 1', publishedAt: expect.any(String) });
    expect((await stack.personas.get(personaId)).corpus).toMatchObject({ corpusVersion: 1, documents: 1, passages: 1 });
  });

  it('refuses what the index does not have, and leaves what is published', async () => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: 'The loom weaves silk.' } });
    await publish(personaId, 1, 0);
    await writer.build(personaId, 2, { bring: { Worms: 'The worms bury pavements.' } });
    const [worms] = await contents.passagesOf((await contents.revisionOf(writer.documentId(personaId, 'Worms'), 2))!._id);
    await stack.passageIndex.deletePassages([worms!.passageId]);
    const error: unknown = await publish(personaId, 2, 1).catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toBe('corpus_check_failed');
    expect(await versions.publishedVersion(personaId)).toBe(1);
  });

  it('does not overwrite a publication that came between', async () => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: 'The loom weaves wool.' } });
    await writer.build(personaId, 2, { bring: { Reefs: 'The reefs grow.' } });
    await publish(personaId, 2, 0);
    const error: unknown = await publish(personaId, 1, 0).catch((thrown: unknown) => thrown);
    expect(failureOf(error)).toBe('conflict');
    expect(await versions.publishedVersion(personaId)).toBe(2);
  });

  it('never lets a reader see a mix, however often it goes back and forth', async () => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: 'The loom weaves linen.', Worms: 'The worms work in the soil.' } });
    await writer.build(personaId, 2, { bring: { Loom: 'The loom weaves cotton.', Reefs: 'The reefs rise slowly.' }, close: ['Worms'] });
    await publish(personaId, 1, 0);
    const seen: Record<number, Set<string>> = { 1: new Set(), 2: new Set() };
    let moving = true;
    const read = async (): Promise<void> => {
      while (moving) {
        const { corpusVersion } = (await stack.personas.get(personaId)).corpus;
        seen[corpusVersion]!.add((await titlesAt(personaId, corpusVersion)).join());
      }
    };
    const readers = [read(), read(), read()];
    for (let i = 0; i < 6; i += 1) await publish(personaId, i % 2 === 0 ? 2 : 1, i % 2 === 0 ? 1 : 2);
    moving = false;
    await Promise.all(readers);
    expect(seen).toEqual({ 1: new Set(['Loom,Worms']), 2: new Set(['Loom,Reefs']) });
  }, 60_000);
});

describe('collecting garbage', () => {
  it('removes what no retained or pinned version sees, and nothing else', async () => {
    const personaId = await newPersona();
    const old = randomUUID();
    await writer.build(personaId, 1, { bring: { Loom: `The loom weaves ${old} one.`, Worms: `The worms eat ${old}.` } });
    await writer.build(personaId, 2, { bring: { Loom: `The loom weaves ${old} two.` } });
    await writer.build(personaId, 3, { bring: { Loom: `The loom weaves ${old} three.`, Reefs: `The reefs of ${old}.` } });
    await writer.build(personaId, 4, { bring: { Loom: `The loom weaves ${old} four.` }, close: ['Worms'] });
    await writer.build(personaId, 5, { bring: { Loom: `The loom weaves ${old} five.` } });
    const pin = await pinnedConversation(personaId, 1);
    await publish(personaId, 5, 0);

    // Every publication collects too, whoever comes first.
    await collect(personaId);
    expect((await versions.list(personaId, { limit: 10, offset: 0 })).items.map(({ version, status }) => [version, status])).toEqual([
      [5, 'published'],
      [4, 'built'],
      [3, 'collected'],
      [2, 'collected'],
      [1, 'built'],
    ]);
    expect(await titlesAt(personaId, 1)).toEqual(['Loom', 'Worms']);
    expect(await titlesAt(personaId, 5)).toEqual(['Loom', 'Reefs']);
    await stack.passageIndex.refresh();
    for (const version of [1, 4, 5]) expect(await stack.passages.countAt(personaId, version)).toBe(await stack.passageIndex.count(personaId, version));
    expect([await isKept(`The loom weaves ${old} one.`), await isKept(`The loom weaves ${old} two.`), await isKept(`The loom weaves ${old} three.`)]).toEqual([true, false, false]);
    await expect(versions.requireAvailable(personaId, 3)).rejects.toMatchObject({ code: 'corpus_version_unavailable' });
    expect(failureOf(await publish(personaId, 3, 5).catch((thrown: unknown) => thrown))).toBe('corpus_version_unavailable');

    await conversations.pin(pin, null);
    await collect(personaId);
    expect(await versions.get(personaId, 1)).toMatchObject({ status: 'collected' });
    expect([await isKept(`The worms eat ${old}.`), await isKept(`The loom weaves ${old} five.`)]).toEqual([false, true]);
    expect(await titlesAt(personaId, 5)).toEqual(['Loom', 'Reefs']);
  }, 60_000);

  it('keeps raw objects that something else refers to', async () => {
    const [personaId, other] = [await newPersona(), await newPersona()];
    const shared = `The loom of ${randomUUID()}.`;
    await writer.build(personaId, 1, { bring: { Loom: shared } });
    await writer.build(other, 1, { bring: { Loom: shared } });
    for (const version of [2, 3]) await writer.build(personaId, version, { bring: { Loom: `Version ${version} of ${shared}` } });
    await publish(personaId, 3, 0);
    await collect(personaId);
    expect(await versions.get(personaId, 1)).toMatchObject({ status: 'collected' });
    expect(await isKept(shared)).toBe(true);
  });
});

describe('a corpus that was published before versions had records', () => {
  const unrecorded = async (): Promise<string> => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: `The loom of ${randomUUID()}.`, Worms: 'The worms were there first.' } });
    await publish(personaId, 1, 0);
    await stack.database.collection('corpus_versions').deleteMany({ personaId });
    return personaId;
  };

  it('keeps all that its readers see when garbage is collected', async () => {
    const personaId = await unrecorded();
    await collect(personaId);
    expect(await titlesAt(personaId, 1)).toEqual(['Loom', 'Worms']);
    expect(await stack.passages.countAt(personaId, 1)).toBe(2);
  });

  it('is put on record once, and can be returned to', async () => {
    const personaId = await unrecorded();
    expect(await recordPublishedVersions(stack.database)).toBeGreaterThan(0);
    const recorded = await versions.get(personaId, 1);
    expect(recorded).toMatchObject({ status: 'published', baseVersion: 0, documents: 2, passages: 2, brought: 2, closed: 0, embedder: wordEmbedder.id });
    await versions.setNote(personaId, 1, 'The first.');
    expect(await recordPublishedVersions(stack.database)).toBe(0);
    await writer.build(personaId, 2, { bring: { Loom: 'The loom is new.' }, close: ['Worms'] });
    await publish(personaId, 2, 1);
    await collect(personaId);
    expect(await versions.get(personaId, 1)).toMatchObject({ status: 'retired', note: 'The first.' });
    expect(await titlesAt(personaId, 1)).toEqual(['Loom', 'Worms']);
    expect(await publish(personaId, 1, 2)).toEqual({ corpusVersion: 1 });
  });
});

describe('the line of versions', () => {
  it('goes on from what was built last, and leaves aside what lies beyond a rollback', async () => {
    const personaId = await newPersona();
    for (const version of [1, 2, 3]) await writer.build(personaId, version, { bring: { Loom: `The loom of version ${version}, ${randomUUID()}.` } });
    expect(await versions.baseOf(personaId, 0)).toBe(3);
    await publish(personaId, 2, 0);
    expect(await versions.baseOf(personaId, 2)).toBe(3);
    const pin = await pinnedConversation(personaId, 3);
    // Version 2 was published and is left behind: what was built on it does not count.
    await publish(personaId, 1, 2);
    expect(await versions.baseOf(personaId, 1)).toBe(1);
    await versions.discardAfter(personaId, 1);
    expect((await versions.list(personaId, { limit: 10, offset: 0 })).items.map(({ status }) => status)).toEqual(['discarded', 'discarded', 'published']);
    expect(await versions.highest(personaId)).toBe(3);
    await expect(versions.requireAvailable(personaId, 3)).rejects.toMatchObject({ code: 'corpus_version_unavailable' });
    expect((await versions.versionsInUse(personaId)).includes(3)).toBe(false);
    await expect(conversations.pin(pin, null)).resolves.toBeUndefined();
  });
});

describe('comparing versions', () => {
  it('names documents and passages that came, went and changed', async () => {
    const personaId = await newPersona();
    await writer.build(personaId, 1, { bring: { Loom: 'The loom is old.', Worms: 'The worms stay.', Reefs: 'The reefs go.' } });
    await writer.build(personaId, 2, { bring: { Loom: 'The loom is new.', Cards: 'The cards come.' }, close: ['Reefs'] });
    const page = { limit: 10, offset: 0 };
    const forth = await contents.compare(personaId, { from: 1, to: 2 }, page);
    expect(forth).toMatchObject({
      documents: { added: 1, removed: 1, changed: 1, unchanged: 1 },
      passages: { added: 2, removed: 2, unchanged: 1 },
      total: 3,
    });
    expect(forth.items.map(({ kind, title, passagesAdded, passagesRemoved }) => [kind, title, passagesAdded, passagesRemoved])).toEqual([
      ['changed', 'Loom', 1, 1],
      ['added', 'Cards', 1, 0],
      ['removed', 'Reefs', 0, 1],
    ]);
    const back = await contents.compare(personaId, { from: 2, to: 1 }, page);
    expect(back).toMatchObject({ documents: { added: 1, removed: 1, changed: 1, unchanged: 1 } });
    expect((await contents.compare(personaId, { from: 0, to: 1 }, { limit: 1, offset: 1 })).items).toHaveLength(1);
    expect(await contents.compare(personaId, { from: 2, to: 2 }, page)).toMatchObject({ total: 0, documents: { unchanged: 3 } });
  });
});

describe('reproducing a version', () => {
  const reproduce = async (personaId: string, version: number) => {
    const { _id: reproductionId } = await stack.reproductions.start(personaId, version);
    await stack.execute<typeof reproduceCorpus>('reproduceCorpus', { reproductionId, personaId, version });
    return stack.reproductions.get(personaId, reproductionId);
  };

  it('makes a past version again from its raw objects, bit for bit, and finds what was tampered with or lost', async () => {
    const personaId = await newPersona();
    const lost = `The reefs of ${randomUUID()} are lost.`;
    await writer.build(personaId, 1, { bring: { Loom: 'The loom is old. It weaves flowers.', Worms: 'The worms stay.', Reefs: lost } });
    await writer.build(personaId, 2, { bring: { Loom: 'The loom is new.' }, close: ['Reefs'] });
    const before = await reproduce(personaId, 1);
    expect(before).toMatchObject({ status: 'identical', documents: { total: 3, identical: 3 }, passages: { total: 3, identical: 3 }, differences: [] });
    expect(before.rebuiltHash).toBe(before.recordedHash);

    const revision = (await contents.revisionOf(writer.documentId(personaId, 'Loom'), 1))!;
    const [loom] = await contents.passagesOf(revision._id);
    await stack.passages.write(revision._id, [{ ...loom!, text: 'The loom is old. It weaves weeds.' }]);
    await stack.objects.delete(describeObject(Buffer.from(lost)).key);
    const after = await reproduce(personaId, 1);
    expect(after).toMatchObject({ status: 'different', documents: { total: 3, identical: 1, different: 2 }, passages: { total: 3, identical: 1, different: 2 } });
    expect(after.differences.map(({ title, kind }) => [title, kind]).sort()).toEqual([['Loom', 'passage_differs'], ['Reefs', 'raw_missing']]);
    expect(after.rebuiltHash).not.toBe(after.recordedHash);
    expect((await reproduce(personaId, 2)).status).toBe('identical');
  });

  it('says that it failed, and why', async () => {
    const personaId = await newPersona();
    const { _id: reproductionId } = await stack.reproductions.start(personaId, 7);
    await expect(stack.execute<typeof reproduceCorpus>('reproduceCorpus', { reproductionId, personaId, version: 7 })).rejects.toThrow();
    expect(await stack.reproductions.get(personaId, reproductionId)).toMatchObject({ status: 'failed', failure: expect.stringContaining('no version 7') });
  });
});
