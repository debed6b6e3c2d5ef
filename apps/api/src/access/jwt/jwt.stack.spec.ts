import type { AuditPage } from '@dramatis/contracts/audit';
import type { Me } from '@dramatis/contracts/identity/account';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { JWTPayload } from 'jose';
import { io, type Socket } from 'socket.io-client';
import { type ApiClient, ApiHarness, nowhere } from '../../../test/api-harness.js';
import { IdentityProvider } from '../../../test/identity-provider.js';
import { makeAccount, newEmail } from '../../../test/people.js';
import { TokenIssuer } from '../../../test/token-issuer.js';

describe('tokens of a configured issuer', () => {
  let issuer: TokenIssuer;
  let api: ApiHarness;
  let accounts: AccountRepository;

  const person = (fields: JWTPayload = {}): JWTPayload => ({ sub: randomUUID(), email: newEmail(), email_verified: true, name: 'Mary Somerville', scope: 'read converse curate', ...fields });
  const withToken = (token: string): ApiClient => api.client({ authorization: `Bearer ${token}` });
  const as = async (claims: JWTPayload): Promise<ApiClient> => withToken(await issuer.sign(claims));
  const meOf = async (claims: JWTPayload): Promise<Me> => (await (await as(claims)).get<Me>('/api/auth/me')).body;
  const secondsAgo = (seconds: number): number => Math.floor(Date.now() / 1_000) - seconds;

  beforeAll(async () => {
    issuer = await TokenIssuer.start();
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_JWT_ISSUER: issuer.issuer, DRAMATIS_JWT_AUDIENCE: issuer.audience, DRAMATIS_JWT_ROLES: 'staff=curator,operators=admin' });
    accounts = api.app.get(AccountRepository, { strict: false });
    await makeAccount(api, 'admin');
  });
  afterAll(async () => {
    await api.stop();
    await issuer.close();
  });

  it('act for the account of their subject, which the first of them makes', async () => {
    const somebody = person();
    const me = await meOf(somebody);
    expect(me).toMatchObject({ account: { email: somebody['email'], emailVerified: true, hasPassword: false }, role: 'user', guest: false, sessionId: null });
    const again = await as({ ...somebody, email: undefined });
    expect((await again.get<Me>('/api/auth/me')).body.account?.accountId).toBe(me.account!.accountId);
    const { personaId } = await api.createPersona();
    await again.beginConversation(personaId);
    expect(again.cookie).toBeNull();
    const { body } = await api.operator.get<AuditPage>(`/api/admin/audit?security=true&subject=${me.account!.accountId}`);
    expect(body.items).toMatchObject([{ action: 'accounts.enterByToken', detail: { issuer: issuer.issuer } }]);
  });

  it('make one account, when many come at once', async () => {
    const somebody = person();
    const people = await Promise.all(Array.from({ length: 5 }, () => meOf(somebody)));
    expect(new Set(people.map(({ account }) => account?.accountId)).size).toBe(1);
  });

  it('take over an account of the same address only when both sides know whose it is', async () => {
    const account = await makeAccount(api);
    const somebody = person({ email: account.email });
    expect(await (await as({ ...somebody, email_verified: false })).get('/api/auth/me')).toMatchObject({ status: 403, body: { code: 'email_not_verified' } });
    expect(await (await as({ ...somebody, email: undefined })).get('/api/auth/me')).toMatchObject({ status: 403, body: { code: 'email_not_verified' } });
    expect(await (await as(somebody)).get('/api/auth/me')).toMatchObject({ status: 409, body: { code: 'account_not_confirmed' } });
    await accounts.confirmEmail(account._id, account.email);
    expect((await meOf(somebody)).account?.accountId).toBe(account._id);
  });

  it('are refused as a whole when they are not good, in place of going on as a guest, and without a word of their own', async () => {
    const good = await issuer.sign(person());
    for (const bad of [`${good.slice(0, -4)}AAAA`, await issuer.sign({ ...person(), aud: 'another' }), await issuer.sign({ ...person(), exp: secondsAgo(60) })]) {
      const refused = await withToken(bad).post('/api/auth/guest');
      expect(refused).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(refused.headers.get('www-authenticate')).toContain('Bearer');
      expect(JSON.stringify(refused.body)).not.toContain(bad.slice(0, 20));
    }
    const elsewhere = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    try {
      expect(await elsewhere.client({ authorization: `Bearer ${good}` }).get('/api/auth/me')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    } finally {
      await elsewhere.stop();
    }
  });

  it('that are longer than a request may be reach nothing, and the next request is answered', async () => {
    expect((await withToken(await issuer.sign({ ...person(), padding: 'x'.repeat(8_000) })).get('/api/auth/me')).status).toBe(401);
    const { hostname, port } = new URL(api.baseUrl);
    const socket = connect(Number(port), hostname);
    socket.write(`GET /api/auth/me HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${'eyJ'.repeat(20_000)}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 431 [^]*application\/problem\+json/);
    expect((await api.client().get('/api/service')).status).toBe(200);
  });

  it('may what their scopes allow, and never administer', async () => {
    const somebody = person({ groups: ['operators'] });
    const full = await as(somebody);
    expect((await full.get<Me>('/api/auth/me')).body.role).toBe('curator');
    expect((await full.get('/api/admin/sources')).status).toBe(200);
    expect((await full.get('/api/admin/accounts')).status).toBe(403);
    expect((await full.get('/api/auth/api-keys')).status).toBe(403);
    const reader = await as({ ...somebody, scope: 'read' });
    expect((await reader.get('/api/admin/sources')).status).toBe(403);
    expect((await reader.post('/api/conversations', { personaId: 'ada' })).status).toBe(403);
    const silent = await as({ ...somebody, scope: 'openid profile' });
    expect((await silent.get('/api/admin/sources')).status).toBe(403);
    expect((await silent.post('/api/conversations', { personaId: 'nobody-there' })).status).toBe(404);
  });

  it('give the role of their groups once, and none that a newer one took', async () => {
    const somebody = person({ groups: ['staff'] });
    const old = await issuer.sign({ ...somebody, iat: secondsAgo(50) });
    const { accountId } = (await withToken(old).get<Me>('/api/auth/me')).body.account!;
    expect((await accounts.get(accountId)).role).toBe('curator');
    // Taken away here: the same token does not give it back.
    await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'user' });
    expect((await withToken(old).get<Me>('/api/auth/me')).body.role).toBe('user');
    expect((await meOf({ ...somebody, iat: secondsAgo(40) })).role).toBe('curator');
    expect((await meOf({ ...somebody, iat: secondsAgo(30), groups: [] })).role).toBe('user');
    expect((await withToken(old).get<Me>('/api/auth/me')).body.role).toBe('user');
    expect((await accounts.get(accountId)).role).toBe('user');
    // One without the group stays without, whatever the account is.
    const without = await issuer.sign({ ...somebody, iat: secondsAgo(30), groups: [] });
    expect((await meOf({ ...somebody, iat: secondsAgo(20) })).role).toBe('curator');
    expect((await withToken(without).get<Me>('/api/auth/me')).body.role).toBe('user');
  });

  it('end with their account, and while their issuer is away nobody is to blame', async () => {
    const somebody = person();
    const { account } = await meOf(somebody);
    await accounts.govern(account!.accountId, { disabled: true });
    expect(await (await as(somebody)).get('/api/conversations')).toMatchObject({ status: 403, body: { code: 'account_disabled' } });
    const away = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_JWT_ISSUER: `http://${nowhere}`, DRAMATIS_JWT_AUDIENCE: 'x' });
    try {
      const answer = await away.client({ authorization: `Bearer ${await issuer.sign(person())}` }).get('/api/conversations');
      expect(answer).toMatchObject({ status: 503, body: { code: 'identity_provider_unavailable' } });
      expect(answer.headers.get('retry-after')).toBe('2');
    } finally {
      await away.stop();
    }
  });

  describe('over sockets', () => {
    const sockets: Socket[] = [];
    const open = async (token: string): Promise<Socket> => {
      const socket = io(api.baseUrl, { transports: ['websocket'], reconnection: false, forceNew: true, auth: { token } });
      sockets.push(socket);
      await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
      return socket;
    };
    const closed = async (socket: Socket): Promise<string> => ((await once(socket as never, 'disconnect')) as [string])[0];

    afterEach(() => sockets.splice(0).forEach((socket) => socket.disconnect()));

    it('say who one is, until they expire, the role is taken away or the account is closed', async () => {
      await expect(open(`${(await issuer.sign(person())).slice(0, -4)}AAAA`)).rejects.toMatchObject({ data: { code: 'unauthenticated' } });
      const [curator, removed, staying] = [person({ groups: ['staff'] }), person(), person()];
      const [{ account: first }, { account: second }] = [await meOf(curator), await meOf(removed)];
      const ask = (socket: Socket): Promise<{ problem?: { code: string } }> => socket.timeout(5_000).emitWithAck('ingestion:subscribe', { ingestionId: randomUUID() });
      const open1 = await open(await issuer.sign(curator));
      expect((await ask(open1)).problem?.code).toBe('ingestion_not_found');
      const stays = await open(await issuer.sign(staying));
      expect((await ask(stays)).problem?.code).toBe('forbidden');
      const ends = [open1, await open(await issuer.sign(removed)), await open(await issuer.sign({ ...staying, exp: secondsAgo(-1) }))].map(closed);
      await api.operator.patch(`/api/admin/accounts/${first!.accountId}`, { role: 'user' });
      await accounts.govern(second!.accountId, { disabled: true });
      expect(await Promise.all(ends)).toEqual(['transport close', 'transport close', 'transport close']);
      expect(stays.connected).toBe(true);
    });
  });

  it('of a real provider, for this API, are the person’s who signs in there too', async () => {
    const provider = await IdentityProvider.listen();
    provider.open([{ clientId: 'program', redirectUri: 'http://127.0.0.1/back' }], { audience: 'https://dramatis.example' });
    const real = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_JWT_ISSUER: provider.issuer, DRAMATIS_JWT_AUDIENCE: 'https://dramatis.example' });
    try {
      provider.person = { sub: randomUUID(), email: newEmail(), email_verified: true };
      const { accessToken, idToken } = await provider.tokensFor('program', 'http://127.0.0.1/back');
      const { body } = await real.client({ authorization: `Bearer ${accessToken}` }).get<Me>('/api/auth/me');
      expect(body.account).toMatchObject({ email: provider.person.email });
      expect(await real.app.get(AccountLinkRepository, { strict: false }).of(body.account!.accountId)).toMatchObject([{ issuer: provider.issuer, subject: provider.person.sub }]);
      // What says who somebody is, is not for getting in.
      expect((await real.client({ authorization: `Bearer ${idToken}` }).get('/api/auth/me')).status).toBe(401);
    } finally {
      await real.stop();
      await provider.close();
    }
  });
});
