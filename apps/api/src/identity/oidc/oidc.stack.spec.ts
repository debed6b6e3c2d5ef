import type { AuditPage } from '@dramatis/contracts/audit';
import type { AccountPage } from '@dramatis/contracts/identity/administration';
import type { Me } from '@dramatis/contracts/identity/account';
import { AccountLinkRepository } from '@dramatis/database/accounts/account-link-repository';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { randomInt, randomUUID } from 'node:crypto';
import { ApiHarness, type ApiClient, nowhere } from '../../../test/api-harness.js';
import { Browser } from '../../../test/browser.js';
import { HostileIssuer } from '../../../test/hostile-issuer.js';
import { clientSecret, IdentityProvider, type Person } from '../../../test/identity-provider.js';
import { makeAccount, newEmail, signUp } from '../../../test/people.js';

describe('signing in with a provider', () => {
  let one: IdentityProvider;
  let two: IdentityProvider;
  let hostile: HostileIssuer;
  let api: ApiHarness;
  let accounts: AccountRepository;

  const person = (fields: Partial<Person> = {}): Person => ({ sub: randomUUID(), email: newEmail(), email_verified: true, name: 'Mary Somerville', ...fields });
  const loginPath = (provider: string, returnTo = '/conversations'): string => `${api.baseUrl}/api/auth/oidc/${provider}/login?returnTo=${encodeURIComponent(returnTo)}`;
  const isCallback = (address: string): boolean => address.includes('/callback?');
  /** Goes to the provider as this person and comes back up to the address of the callback. */
  const comeBack = (browser: Browser, somebody: Person, provider: 'one' | 'two' = 'one'): Promise<string> => {
    (provider === 'one' ? one : two).person = somebody;
    return browser.follow(loginPath(provider), isCallback);
  };
  const signIn = async (somebody: Person, provider: 'one' | 'two' = 'one', browser = new Browser()): Promise<{ browser: Browser; status: number; code?: string; me: Me }> => {
    const response = await browser.open(await comeBack(browser, somebody, provider));
    const code = response.status === 303 ? {} : ((await response.json()) as { code: string });
    return { browser, status: response.status, ...code, me: await meOf(browser) };
  };
  const meOf = async (browser: Browser): Promise<Me> => (await (await browser.open(`${api.baseUrl}/api/auth/me`)).json()) as Me;
  const problemAt = async (browser: Browser, address: string): Promise<{ status: number; code: string; detail: string }> => {
    const response = await browser.open(address);
    return { status: response.status, ...((await response.json()) as { code: string; detail: string }) };
  };
  const clientOf = (browser: Browser): ApiClient => Object.assign(api.client(), { cookie: browser.cookieHeader(api.baseUrl) });

  beforeAll(async () => {
    [one, two, hostile] = await Promise.all([IdentityProvider.listen(), IdentityProvider.listen(), HostileIssuer.start()]);
    api = await ApiHarness.start({
      TEMPORAL_ADDRESS: nowhere,
      DRAMATIS_OIDC_PROVIDERS: 'one,two,hostile,away',
      DRAMATIS_OIDC_ONE_ISSUER: one.issuer,
      DRAMATIS_OIDC_ONE_CLIENT_ID: 'dramatis',
      DRAMATIS_OIDC_ONE_CLIENT_SECRET: clientSecret,
      DRAMATIS_OIDC_ONE_LABEL: 'The University',
      DRAMATIS_OIDC_TWO_ISSUER: two.issuer,
      DRAMATIS_OIDC_TWO_CLIENT_ID: 'dramatis',
      DRAMATIS_OIDC_TWO_CLIENT_SECRET: clientSecret,
      DRAMATIS_OIDC_TWO_SCOPES: 'openid email profile groups',
      DRAMATIS_OIDC_TWO_ROLES: 'staff=curator,operators=admin',
      DRAMATIS_OIDC_HOSTILE_ISSUER: hostile.issuer,
      DRAMATIS_OIDC_HOSTILE_CLIENT_ID: 'dramatis',
      DRAMATIS_OIDC_AWAY_ISSUER: `http://${nowhere}`,
      DRAMATIS_OIDC_AWAY_CLIENT_ID: 'dramatis',
    });
    accounts = api.app.get(AccountRepository, { strict: false });
    for (const [provider, name] of [[one, 'one'], [two, 'two']] as const) {
      provider.open(['dramatis', 'another'].map((clientId) => ({ clientId, redirectUri: `${api.baseUrl}/api/auth/oidc/${name}/callback` })));
    }
  });
  afterAll(async () => {
    await api.stop();
    await Promise.all([one.close(), two.close(), hostile.close()]);
  });

  // First, while the installation is fresh: groups give nobody's role away that is the last.
  it('never takes the role from the last admin', async () => {
    const first = person({ groups: ['staff'] });
    expect((await signIn(first, 'two')).me).toMatchObject({ role: 'admin' });
    await makeAccount(api, 'admin');
    expect((await signIn(first, 'two')).me).toMatchObject({ role: 'curator' });
  });

  it('lists the providers', async () => {
    const { body } = await api.client().get<{ items: unknown[] }>('/api/auth/oidc');
    expect(body.items).toHaveLength(4);
    expect(body.items[0]).toEqual({ provider: 'one', label: 'The University', loginPath: '/api/auth/oidc/one/login' });
    expect(JSON.stringify(body)).not.toContain(clientSecret);
  });

  it('makes an account for somebody new, and finds it again by the subject, whatever the address is then', async () => {
    const somebody = person();
    const { status, browser, me } = await signIn(somebody);
    expect(status).toBe(303);
    expect(me.account).toMatchObject({ email: somebody.email, emailVerified: true, displayName: 'Mary Somerville', role: 'user', hasPassword: false });
    expect([...browser.cookies(api.baseUrl).keys()]).toEqual(['dramatis_session']);
    const again = await signIn({ ...somebody, email: newEmail(), email_verified: false });
    expect(again.me.account?.accountId).toBe(me.account!.accountId);
    const { body } = await api.operator.get<AuditPage>(`/api/admin/audit?security=true&subject=${me.account!.accountId}&action=sessions.signInWithProvider`);
    expect(body.items[0]).toMatchObject({ outcome: 'done', detail: { provider: 'one', role: 'user' } });
  });

  it('leads to where one wanted to be, on this site only', async () => {
    const browser = new Browser();
    one.person = person();
    const callback = await browser.follow(loginPath('one', '/conversations/7?turn=1#end'), isCallback);
    expect((await browser.open(callback)).headers.get('location')).toBe('/conversations/7?turn=1#end');
    for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      expect(await problemAt(new Browser(), loginPath('one', returnTo))).toMatchObject({ status: 400, code: 'invalid_request' });
    }
  });

  it('lets a guest keep what is theirs, also when the account was there before', async () => {
    const { personaId } = await api.createPersona();
    const somebody = person();
    const first = new Browser();
    const begin = async (browser: Browser): Promise<string> => {
      await browser.open(`${api.baseUrl}/api/auth/me`);
      const guest = api.client();
      const { conversationId } = await guest.beginConversation(personaId);
      const [name, value] = guest.cookie!.split('=') as [string, string];
      browser.cookies(api.baseUrl).set(name, value);
      return conversationId;
    };
    const conversations = [await begin(first)];
    const before = first.cookieHeader(api.baseUrl);
    await signIn(somebody, 'one', first);
    expect(first.cookieHeader(api.baseUrl)).not.toBe(before);
    const second = new Browser();
    conversations.push(await begin(second));
    await signIn(somebody, 'one', second);
    for (const conversationId of conversations) expect((await clientOf(second).get(`/api/conversations/${conversationId}`)).status).toBe(200);
    const stale = Object.assign(api.client(), { cookie: before });
    expect((await stale.get(`/api/conversations/${conversations[0]}`)).status).toBe(404);
  });

  describe('links to an account of the same address', () => {
    it('when both sides know that the address is theirs, with a second provider too', async () => {
      const { email, accountId } = await signUp(api.client());
      await accounts.confirmEmail(accountId, email);
      const [here, there] = [await signIn(person({ email: email.toUpperCase() })), await signIn(person({ email }), 'two')];
      expect([here, there].map(({ me }) => me.account?.accountId)).toEqual([accountId, accountId]);
      expect(await api.app.get(AccountLinkRepository, { strict: false }).of(accountId)).toHaveLength(2);
    });

    it('not when the provider does not know it', async () => {
      const { email, accountId } = await signUp(api.client());
      await accounts.confirmEmail(accountId, email);
      for (const unknown of [{ email_verified: false }, { email_verified: undefined }, { email: undefined }]) {
        expect(await signIn(person({ email, ...unknown }))).toMatchObject({ status: 403, code: 'email_not_verified', me: { account: null } });
      }
    });

    it('not when the account never confirmed it: somebody else may have made it, to wait for its owner', async () => {
      const { email, accountId } = await signUp(api.client());
      const somebody = person({ email });
      expect(await signIn(somebody)).toMatchObject({ status: 409, code: 'account_not_confirmed', me: { account: null } });
      await accounts.confirmEmail(accountId, email);
      expect((await signIn(somebody)).me.account?.accountId).toBe(accountId);
    });

    it('once, when two windows come back at once', async () => {
      const somebody = person();
      const browsers = [new Browser(), new Browser(), new Browser()];
      const callbacks: string[] = [];
      for (const browser of browsers) callbacks.push(await comeBack(browser, somebody));
      const answers = await Promise.all(browsers.map((browser, i) => browser.open(callbacks[i]!)));
      expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
      const people = await Promise.all(browsers.map(meOf));
      expect(new Set(people.map(({ account }) => account?.accountId)).size).toBe(1);
    });
  });

  it('makes another account for who comes back after the first was removed', async () => {
    const somebody = person();
    const { browser, me } = await signIn(somebody);
    expect((await clientOf(browser).send('DELETE', '/api/auth/me', {})).status).toBe(204);
    const again = await signIn(somebody);
    expect(again.me.account).toMatchObject({ email: somebody.email });
    expect(again.me.account!.accountId).not.toBe(me.account!.accountId);
  });

  it('gives the role of the groups at each sign-in, and keeps out who is disabled', async () => {
    const somebody = person({ groups: ['staff', 'readers'] });
    const { me } = await signIn(somebody, 'two');
    expect(me.role).toBe('curator');
    expect((await signIn({ ...somebody, groups: ['operators'] }, 'two')).me.role).toBe('admin');
    expect((await signIn({ ...somebody, groups: [] }, 'two')).me.role).toBe('user');
    await api.operator.patch(`/api/admin/accounts/${me.account!.accountId}`, { disabled: true });
    expect(await signIn(somebody, 'two')).toMatchObject({ status: 403, code: 'account_disabled', me: { account: null } });
    expect((await api.operator.get<AccountPage>(`/api/admin/accounts?search=${somebody.email}`)).body.items[0]).toMatchObject({ role: 'user', disabled: true });
  });

  describe('refuses', () => {
    const failed = { status: 401, code: 'sign_in_failed' };

    it('a state that it did not give', async () => {
      const browser = new Browser();
      const callback = new URL(await comeBack(browser, person()));
      callback.searchParams.set('state', 'forged');
      expect(await problemAt(browser, callback.href)).toMatchObject(failed);
      expect(await problemAt(browser, `${api.baseUrl}/api/auth/oidc/one/callback`)).toMatchObject(failed);
    });

    it('an answer that another browser was to get, and leaves it to that one', async () => {
      const browser = new Browser();
      const callback = await comeBack(browser, person());
      expect(await problemAt(new Browser(), callback)).toMatchObject(failed);
      expect((await browser.open(callback)).status).toBe(303);
    });

    it('the same answer a second time', async () => {
      const browser = new Browser();
      const callback = await comeBack(browser, person());
      const cookies = new Map(browser.cookies(api.baseUrl));
      expect((await browser.open(callback)).status).toBe(303);
      const replaying = new Browser();
      await replaying.open(`${api.baseUrl}/api/auth/me`);
      cookies.forEach((value, name) => replaying.cookies(api.baseUrl).set(name, value));
      expect(await problemAt(replaying, callback)).toMatchObject(failed);
    });

    it('a code of another client, another nonce or another way round PKCE', async () => {
      for (const [name, value] of [['client_id', 'another'], ['nonce', 'n'.repeat(43)], ['code_challenge', 'c'.repeat(43)]] as const) {
        const browser = new Browser();
        one.person = person();
        const there = new URL(await browser.follow(loginPath('one'), (address) => address.startsWith(one.issuer)));
        there.searchParams.set(name, value);
        const callback = await browser.follow(there.href, isCallback);
        expect([name, await problemAt(browser, callback)]).toMatchObject([name, failed]);
      }
    });

    it('an answer of another provider', async () => {
      const browser = new Browser();
      const callback = await comeBack(browser, person());
      expect(await problemAt(browser, callback.replace('/oidc/one/', '/oidc/two/'))).toMatchObject(failed);
      const mixedUp = new URL(await comeBack(browser, person()));
      mixedUp.searchParams.set('iss', two.issuer);
      expect(await problemAt(browser, mixedUp.href)).toMatchObject(failed);
    });

    it('who chose not to sign in, in words', async () => {
      const browser = new Browser();
      const callback = new URL(await comeBack(browser, person()));
      callback.searchParams.delete('code');
      callback.searchParams.set('error', 'access_denied');
      expect(await problemAt(browser, callback.href)).toMatchObject({ ...failed, detail: expect.stringContaining('chose not to') });
    });

    describe('an ID token', () => {
      const now = (): number => Math.floor(Date.now() / 1_000);
      const good = (nonce: string | null): Record<string, unknown> => ({ iss: hostile.issuer, aud: 'dramatis', sub: 's', nonce, iat: now(), exp: now() + 60, email: 'hostile@example.org', email_verified: true });
      const come = async (): Promise<Response> => {
        const browser = new Browser();
        return browser.open(await browser.follow(loginPath('hostile'), isCallback));
      };

      afterEach(() => {
        hostile.signedByStranger = false;
      });

      it.each([
        ['of another issuer', (): object => ({ iss: 'https://accounts.example' })],
        ['for another audience', (): object => ({ aud: 'another' })],
        ['for several audiences, by another party', (): object => ({ aud: ['dramatis', 'another'], azp: 'another' })],
        ['with another nonce', (): object => ({ nonce: 'another' })],
        ['without a nonce', (): object => ({ nonce: undefined })],
        ['that has expired', (): object => ({ exp: now() - 60 })],
        ['without a subject', (): object => ({ sub: undefined })],
      ])('%s', async (_what, wrong) => {
        hostile.claims = (nonce) => ({ ...good(nonce), ...wrong() });
        const response = await come();
        expect({ status: response.status, ...((await response.json()) as object) }).toMatchObject(failed);
      });

      it('of another key, while one of the right key is taken', async () => {
        hostile.claims = good;
        expect((await come()).status).toBe(303);
        hostile.signedByStranger = true;
        expect((await come()).status).toBe(401);
      });
    });
  });

  it('says when a provider is away, to people on the sign-in page, and asks again', async () => {
    expect(await problemAt(new Browser(), loginPath('away'))).toMatchObject({ status: 503, code: 'identity_provider_unavailable' });
    const page = await new Browser().open(loginPath('away'), { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' });
    expect(page.headers.get('location')).toBe('/account/sign-in?problem=identity_provider_unavailable');
    expect(await problemAt(new Browser(), loginPath('unknown'))).toMatchObject({ status: 404, code: 'identity_provider_not_found' });
  });

  it('counts attempts, and is closed while they cannot be counted', async () => {
    const counted = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, DRAMATIS_TRUSTED_PROXIES: '1', DRAMATIS_LIMIT_SIGN_INS: '1/1h', DRAMATIS_OIDC_PROVIDERS: 'one', DRAMATIS_OIDC_ONE_ISSUER: one.issuer, DRAMATIS_OIDC_ONE_CLIENT_ID: 'dramatis' });
    const closed = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere, REDIS_URL: `redis://${nowhere}`, DRAMATIS_OIDC_PROVIDERS: 'one', DRAMATIS_OIDC_ONE_ISSUER: one.issuer, DRAMATIS_OIDC_ONE_CLIENT_ID: 'dramatis' });
    try {
      const callback = '/api/auth/oidc/one/callback?state=guess';
      // An address of its own, since counters in Redis are shared.
      const somewhere = counted.client({ 'x-forwarded-for': `198.51.${randomInt(256)}.${randomInt(256)}` });
      const codes: string[] = [];
      for (let tried = 0; tried < 11; tried += 1) codes.push((await somewhere.get(callback)).body.code);
      expect(codes).toEqual([...Array.from({ length: 10 }, () => 'sign_in_failed'), 'rate_limited']);
      expect((await closed.client().get('/api/auth/oidc/one/login')).body.code).toBe('broker_unavailable');
    } finally {
      await counted.stop();
      await closed.stop();
    }
  });
});
