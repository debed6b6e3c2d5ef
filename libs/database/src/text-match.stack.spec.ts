import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectDatabase } from './connection.js';
import { containing, exactly } from './text-match.js';

let connection: Connection;
let texts: ReturnType<Connection['collection']>;

beforeAll(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  await connection.asPromise();
  texts = connection.collection('texts');
  await texts.createIndex({ title: 1 });
  await texts.createIndex({ tags: 1 });
  await texts.createIndex({ status: 1, name: 1 });
  const text = (title: string, tags: string[]) => ({ title, name: title, tags, plain: title, status: 'active' });
  await texts.insertMany([text('The Lamp (a)', ['Light', 'Oil']), text('The lens', ['Light']), text('Fog', ['Weather'])] as never);
});

afterAll(async () => {
  await connection.dropDatabase();
  await connection.close();
});

const count = (filter: object) => texts.countDocuments(filter);

/** The same whether and how the field is indexed: by itself, with many values, as a part of a compound index, not at all. */
describe.each([
  ['title', {}],
  ['name', { status: 'active' }],
  ['name', { status: { $in: ['active', 'draft'] } }],
  ['plain', {}],
])('texts of the field %s beside %j', (field, beside) => {
  it.each([
    [containing('LAMP'), 1],
    [containing('the l'), 2],
    [containing('(a)'), 1],
    [containing('.*'), 0],
    [exactly('the LENS'), 1],
    [exactly('The'), 0],
  ])('are found by %j', async (match, found) => {
    expect(await count({ ...beside, [field]: match })).toBe(found);
    expect(await count({ ...beside, $or: [{ [field]: match }, { title: 'nothing' }] })).toBe(found);
  });
});

it('finds one of many values', async () => {
  expect(await count({ tags: exactly('light') })).toBe(2);
  expect(await count({ tags: exactly('ligh') })).toBe(0);
  expect(await count({ status: 'active', tags: containing('EATHE') })).toBe(1);
});
