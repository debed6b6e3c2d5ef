import { randomUUID } from 'node:crypto';
import type { Connection } from 'mongoose';
import { connectDatabase } from '../connection.js';
import { type AccountRecord, AccountRepository } from './account-repository.js';

let connection: Connection;
let accounts: AccountRepository;

const create = (): Promise<AccountRecord> =>
  accounts.create({ email: `${randomUUID()}@example.org`, displayName: 'Ada', locale: null, passwordHash: null });
const admins = async (): Promise<string[]> => (await accounts.page({ role: 'admin', disabled: false, limit: 100, offset: 0 })).items.map(({ _id }) => _id);

beforeEach(async () => {
  const uri = new URL(process.env['MONGODB_URI']!);
  uri.pathname = `/spec-${randomUUID().slice(0, 8)}`;
  connection = connectDatabase({ uri: uri.href });
  await connection.asPromise();
  // No indexes but those that the repository sees to itself: of a fresh database nobody knows yet who comes first.
  accounts = new AccountRepository(connection);
});
afterEach(async () => {
  await connection.dropDatabase();
  await connection.close();
});

it('one stays, of many admins who are all struck off at once in different ways', async () => {
  const people = await Promise.all(Array.from({ length: 8 }, create));
  for (const { _id } of people) await accounts.govern(_id, { role: 'admin' });
  const outcomes = await Promise.allSettled(
    people.map(({ _id }, index) => accounts.govern(_id, index % 2 === 0 ? { role: 'user' } : { disabled: true })),
  );
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(refused[0]!.reason).toMatchObject({ code: 'last_admin' });
  expect(await admins()).toHaveLength(1);
});

it('one stays, while others come and go', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, create));
  const changes = people.flatMap(({ _id }) => (['admin', 'user', 'admin', 'user'] as const).map((role) => accounts.govern(_id, { role })));
  await Promise.allSettled(changes);
  expect((await admins()).length).toBeGreaterThan(0);
});

it('the claim of the first is finished at the next sign-in, when its process died on the way', async () => {
  const { _id } = await create();
  await connection.collection('accounts').updateOne({ _id: _id as never }, { $set: { role: 'user' } });
  await connection.collection('installation').updateOne({}, { $set: { pending: _id } });
  const { _id: second } = await create();
  expect(await accounts.administrators.finishFirst(second)).toBe(false);
  expect(await accounts.administrators.finishFirst(_id)).toBe(true);
  expect(await admins()).toEqual([_id]);
});

it('the only account may go, and the next is the first again; one among others may not', async () => {
  const first = await create();
  expect(await accounts.administrators.releaseOnly(first._id)).toBe(true);
  await accounts.delete(first._id);
  const second = await create();
  expect(second.role).toBe('admin');
  await create();
  expect(await accounts.administrators.releaseOnly(second._id)).toBe(false);
  await expect(accounts.administrators.remove(second._id)).rejects.toMatchObject({ code: 'last_admin' });
});
