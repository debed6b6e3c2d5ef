import { randomUUID } from 'node:crypto';
import type { FormatId } from '@dramatis/contracts/format';
import type { ModeId } from '@dramatis/contracts/mode';
import { createPersona } from '@dramatis/contracts/persona';
import { Redis } from 'ioredis';
import type { Connection } from 'mongoose';
import { connectDatabase, createIndexes } from '../connection.js';
import { PersonaCache } from './persona-cache.js';
import { PersonaRepository } from './persona-repository.js';

let connection: Connection;
let redis: Redis;
let personas: PersonaRepository;
/** A second process: the same database and cache, a repository of its own. */
let elsewhere: PersonaRepository;

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  redis = new Redis(process.env['REDIS_URL']!);
  personas = new PersonaRepository(connection, new PersonaCache(redis));
  elsewhere = new PersonaRepository(connection, new PersonaCache(redis));
  await createIndexes(connection);
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
  redis.disconnect();
});

const input = (changes: object = {}) =>
  createPersona.parse({ personaId: `p-${randomUUID()}`, name: 'Ada', description: 'A mathematician.', status: 'active', ...changes });

describe('PersonaRepository', () => {
  it('creates, and refuses a second of the same id', async () => {
    const wanted = input();
    const persona = await personas.create(wanted);
    expect(persona).toMatchObject({ name: 'Ada', version: 1, corpus: { corpusVersion: 0 } });
    await expect(personas.create(wanted)).rejects.toMatchObject({ code: 'persona_exists' });
    expect(await personas.get(persona.personaId)).toEqual(persona);
  });

  it('makes an id of the name when none is given', async () => {
    const { personaId } = await personas.create(input({ personaId: undefined, name: `Émilie du Châtelet ${randomUUID()}` }));
    expect(personaId).toMatch(/^emilie-du-cha/);
  });

  it('keeps every version as it was', async () => {
    const { personaId } = await personas.create(input());
    await personas.update(personaId, { name: 'Augusta Ada' });
    await personas.update(personaId, { status: 'archived' });
    const versions = await personas.versions(personaId);
    expect(versions.map(({ version, name, status }) => [version, name, status])).toEqual([
      [3, 'Augusta Ada', 'archived'],
      [2, 'Augusta Ada', 'active'],
      [1, 'Ada', 'active'],
    ]);
    expect((await personas.getVersion(personaId, 1)).name).toBe('Ada');
  });

  it('shows a change to other processes at once, though they had cached it', async () => {
    const { personaId } = await personas.create(input());
    await elsewhere.get(personaId);
    await personas.update(personaId, { name: 'Changed' });
    expect((await elsewhere.get(personaId)).name).toBe('Changed');
    await personas.delete(personaId);
    await expect(elsewhere.get(personaId)).rejects.toMatchObject({ code: 'persona_not_found' });
    await expect(elsewhere.getVersion(personaId, 1)).rejects.toMatchObject({ code: 'persona_not_found' });
  });

  it('loses no update of two that meet, and refuses one made on an old version', async () => {
    const { personaId } = await personas.create(input());
    await Promise.all([personas.update(personaId, { name: 'One' }), elsewhere.update(personaId, { tagline: 'Two' })]);
    expect(await personas.get(personaId)).toMatchObject({ name: 'One', tagline: 'Two', version: 3 });
    await expect(personas.update(personaId, { name: 'Late', ifVersion: 1 })).rejects.toMatchObject({ code: 'persona_changed' });
    expect(await personas.versions(personaId)).toHaveLength(3);
  });

  it('publishes a corpus only over the version that it was built on', async () => {
    const { personaId } = await personas.create(input());
    const corpus = { corpusVersion: 1, documents: 2, passages: 9 };
    expect(await personas.publishCorpus(personaId, { expectedCorpusVersion: 0, corpus })).toBe(true);
    expect(await personas.publishCorpus(personaId, { expectedCorpusVersion: 0, corpus })).toBe(false);
    expect(await elsewhere.get(personaId)).toMatchObject({ version: 1, corpus });
  });

  it('finds by words, domain and status, and takes pattern characters literally', async () => {
    const domain = `domain-${randomUUID()}`;
    await personas.create(input({ name: 'Zeno (a)', knowledgeDomains: [domain] }));
    await personas.create(input({ name: 'Anna', knowledgeDomains: [domain], status: 'draft' }));
    const list = (query: object) => personas.list({ limit: 10, offset: 0, domain, statuses: ['active'], ...query });
    expect((await list({})).items.map(({ name }) => name)).toEqual(['Zeno (a)']);
    expect((await list({ statuses: ['active', 'draft'] })).total).toBe(2);
    expect((await list({ search: '(A) zen' })).total).toBe(1);
    expect((await list({ search: '.*' })).total).toBe(0);
  });

  it('finds by mode and format, those of the installation among them', async () => {
    const domain = `domain-${randomUUID()}`;
    const offer = (name: string, modes: ModeId[], formats: FormatId[]) =>
      personas.create(input({ name, knowledgeDomains: [domain], defaultInteractionModes: modes, supportedResponseFormats: formats }));
    await offer('Zeno', ['debater', 'custom.advocate'], ['qa']);
    await offer('Anna', ['debater'], ['qa', 'essay']);
    const names = async (query: object) => (await personas.list({ limit: 10, offset: 0, domain, statuses: ['active'], ...query })).items.map(({ name }) => name);
    expect(await names({ mode: 'debater' })).toEqual(['Anna', 'Zeno']);
    expect(await names({ mode: 'custom.advocate', format: 'qa' })).toEqual(['Zeno']);
    expect(await names({ mode: 'debater', format: 'essay' })).toEqual(['Anna']);
    expect(await names({ mode: 'custom.advocate', format: 'essay' })).toEqual([]);
  });

  it('has nothing of a persona of the same id whose deletion was interrupted', async () => {
    const wanted = input();
    const { personaId } = await personas.create({ ...wanted, name: 'Former' });
    await personas.update(personaId, { name: 'Former, later' });
    await personas.getVersion(personaId, 1);
    // The process died after the first of its writes.
    await connection.collection('personas').deleteOne({ _id: personaId as never });
    await personas.create(wanted);
    expect((await personas.versions(personaId)).map(({ version, name }) => [version, name])).toEqual([[1, 'Ada']]);
    expect([(await elsewhere.getVersion(personaId, 1)).name, (await elsewhere.get(personaId)).name]).toEqual(['Ada', 'Ada']);
  });

  it('goes on from the database when the cache is away', async () => {
    const errors: Error[] = [];
    const away = new Redis({ port: 1, lazyConnect: true, retryStrategy: () => null, enableOfflineQueue: false });
    const withoutCache = new PersonaRepository(connection, new PersonaCache(away, (error) => errors.push(error)));
    const { personaId } = await withoutCache.create(input());
    expect((await withoutCache.get(personaId)).personaId).toBe(personaId);
    expect(errors.length).toBeGreaterThan(0);
  });
});
