import type { AuditPage } from '@dramatis/contracts/audit';
import type { ApiKey, ApiKeyList, CreatedApiKey } from '@dramatis/contracts/identity/api-key';
import type { Me } from '@dramatis/contracts/identity/account';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import type { Connection } from 'mongoose';
import { randomBytes } from 'node:crypto';
import { type ApiClient, ApiHarness, nowhere } from '../../test/api-harness.js';
import { enter, makeAccount } from '../../test/people.js';
import { eventually } from '../../test/temporal-namespace.js';
import { DATABASE } from '../infrastructure/tokens.js';

describe('API keys', () => {
  let api: ApiHarness;
  let database: Connection;

  const somebody = async (role: 'user' | 'curator' | 'admin' = 'user'): Promise<{ accountId: string; client: ApiClient }> => {
    const { _id: accountId } = await makeAccount(api, role);
    return { accountId, client: await enter(api, { ownerId: accountId, accountId }) };
  };
  const make = async (client: ApiClient, fields: object = {}): Promise<CreatedApiKey> => {
    const { status, body } = await client.post<CreatedApiKey>('/api/auth/api-keys', { name: 'A program', scopes: ['converse'], ...fields });
    expect(status).toBe(201);
    return body;
  };
  const withKey = (key: string): ApiClient => api.client({ authorization: `Bearer ${key}` });
  const list = async (client: ApiClient): Promise<ApiKey[]> => (await client.get<ApiKeyList>('/api/auth/api-keys')).body.items;

  beforeAll(async () => {
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    database = api.app.get<Connection>(DATABASE);
    await makeAccount(api, 'admin');
  });
  afterAll(() => api.stop());

  it('act for the account, are shown once, and kept as hashes', async () => {
    const { client, accountId } = await somebody();
    const { key, apiKeyId } = await make(client);
    expect(key).toMatch(/^dra_[0-9a-f]{16}_[\w-]{43}$/);
    const program = withKey(key);
    expect((await program.get<Me>('/api/auth/me')).body).toMatchObject({ account: { accountId }, role: 'user', guest: false, sessionId: null });
    const { personaId } = await api.createPersona();
    const { conversationId } = await program.beginConversation(personaId);
    expect((await client.get(`/api/conversations/${conversationId}`)).status).toBe(200);
    expect(program.cookie).toBeNull();
    const secret = key.split('_')[2]!;
    expect(JSON.stringify(await list(client))).not.toContain(secret);
    expect(JSON.stringify(await database.collection('api_keys').find().toArray())).not.toContain(secret);
    await eventually(async () => expect((await list(client))[0]!.lastUsedAt).not.toBeNull());
    const { body } = await api.operator.get<AuditPage>(`/api/admin/audit?subject=${apiKeyId}`);
    expect(body.items).toMatchObject([{ action: 'apiKeys.create', outcome: 'done', detail: { scopes: 'converse' } }]);
  });

  it('are refused as a whole when they are not good, in place of going on as a guest', async () => {
    const { client } = await somebody();
    const { key, apiKeyId } = await make(client);
    const { key: another } = await make(client);
    const [, id] = key.split('_') as [string, string];
    const wrong = [`dra_${id}_${randomBytes(32).toString('base64url')}`, `dra_${id}_${another.slice(21)}`, key.slice(0, -1), 'dra_', `${key}x`, key.slice(1), 'a.b'];
    for (const bad of wrong) expect(await withKey(bad).post('/api/auth/guest')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect((await client.delete(`/api/auth/api-keys/${apiKeyId}`)).status).toBe(204);
    expect((await client.delete(`/api/auth/api-keys/${apiKeyId}`)).body.code).toBe('api_key_not_found');
    const revoked = withKey(key);
    expect((await revoked.get('/api/conversations')).status).toBe(401);
    // Also beside a cookie: who sends a key means it.
    expect((await client.send('GET', '/api/auth/me', undefined, { authorization: `Bearer ${key}` })).status).toBe(401);
  });

  it('end when they were to', async () => {
    const { client } = await somebody();
    const { key, apiKeyId } = await make(client, { expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect((await withKey(key).get('/api/auth/me')).status).toBe(200);
    await database.collection('api_keys').updateOne({ keyId: apiKeyId }, { $set: { expiresAt: new Date(Date.now() - 1) } });
    expect((await withKey(key).get('/api/auth/me')).status).toBe(401);
    expect((await client.post('/api/auth/api-keys', { name: 'x', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
  });

  it('may what their scopes and the account’s role allow at the time, and never administer', async () => {
    const { client, accountId } = await somebody('admin');
    const [reader, full] = [withKey((await make(client, { scopes: ['read'] })).key), withKey((await make(client, { scopes: ['curate', 'converse', 'curate'] })).key)];
    expect((await full.get<Me>('/api/auth/me')).body.role).toBe('curator');
    expect((await full.get('/api/admin/sources')).status).toBe(200);
    expect((await full.get('/api/admin/accounts')).status).toBe(403);
    expect((await reader.get('/api/admin/sources')).status).toBe(403);
    expect(await reader.post('/api/conversations', { personaId: 'ada' })).toMatchObject({ status: 403, body: { code: 'forbidden', detail: expect.stringContaining('scope converse') } });
    expect((await full.get('/api/auth/api-keys')).status).toBe(403);
    await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'user' });
    expect((await full.get('/api/admin/sources')).status).toBe(403);
    expect((await full.get('/api/conversations')).status).toBe(200);
    await api.app.get(AccountRepository, { strict: false }).govern(accountId, { disabled: true });
    expect((await full.get('/api/conversations')).status).toBe(401);
  });

  it('are twenty at most, also when many are made at once', async () => {
    const { client } = await somebody();
    const answers = await Promise.all(Array.from({ length: 25 }, () => client.post('/api/auth/api-keys', { name: 'x', scopes: ['read'] })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(20);
    expect(answers.filter(({ body }) => body.code === 'too_many_api_keys')).toHaveLength(5);
    const [{ apiKeyId }] = (await list(client)) as [ApiKey];
    await client.delete(`/api/auth/api-keys/${apiKeyId}`);
    await make(client);
    expect(await list(client)).toHaveLength(20);
  });

  it('are one’s own, and go with the account', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { apiKeyId, key } = await make(one.client);
    expect((await other.client.delete(`/api/auth/api-keys/${apiKeyId}`)).status).toBe(404);
    expect(await list(other.client)).toEqual([]);
    expect((await one.client.send('DELETE', '/api/auth/me', {})).status).toBe(204);
    expect((await withKey(key).get('/api/auth/me')).status).toBe(401);
    expect(await database.collection('api_keys').countDocuments({ accountId: one.accountId })).toBe(0);
  });
});
