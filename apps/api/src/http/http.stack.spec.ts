import type { ConversationPage, ConversationWithTurns } from '@dramatis/contracts/conversation';
import type { PersonaPage } from '@dramatis/contracts/persona';
import { randomUUID } from 'node:crypto';
import { ApiHarness, type ApiClient } from '../../test/api-harness.js';

const listed = 'https://app.example';

describe('the API as HTTP', () => {
  let api: ApiHarness;
  let guest: ApiClient;
  let personaId: string;

  beforeAll(async () => {
    api = await ApiHarness.start({ DRAMATIS_PUBLIC_ORIGINS: listed });
    guest = api.client();
    personaId = (await api.createPersona()).personaId;
  });
  afterAll(() => api.stop());

  describe('methods', () => {
    it.each([
      ['PUT', '/api/personas', 'GET, HEAD, POST'],
      ['DELETE', '/api/conversations', 'GET, HEAD, POST'],
      ['GET', '/api/auth/guest', 'POST'],
      ['POST', `/api/turns/${randomUUID()}`, 'GET, HEAD'],
    ])('answers %s %s with those that there are', async (method, path, allow) => {
      const { status, headers, body } = await guest.send(method, path);
      expect({ status, code: body.code, allow: headers.get('allow') }).toEqual({ status: 405, code: 'method_not_allowed', allow });
      expect(headers.get('content-type')).toContain('application/problem+json');
    });

    it('answers HEAD as GET, without the body', async () => {
      const { status, body, headers } = await guest.send('HEAD', `/api/personas/${personaId}`);
      expect({ status, body }).toEqual({ status: 200, body: '' });
      expect(headers.get('etag')).toBeTruthy();
    });
  });

  describe('versions', () => {
    it('have the same routes, and tell which one it is', async () => {
      const plain = await guest.get(`/api/personas/${personaId}`);
      const versioned = await guest.get(`/api/v1/personas/${personaId}`);
      expect(versioned).toMatchObject({ status: 200, body: plain.body });
      expect(versioned.headers.get('api-version')).toBe('v1');
      expect((await guest.get('/api/v1/personas?limit=1')).status).toBe(200);
    });

    it.each(['/api/v2/personas', '/api/v1x/personas', '/api/v1/v1/personas'])('has nothing at %s', async (path) => {
      expect(await guest.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    });
  });

  describe('caching', () => {
    const validated = (path: string, etag: string | null, client = guest) => client.send(`GET`, path, undefined, { 'if-none-match': etag ?? '' });

    it('lets browsers keep personas, and tells them when nothing has changed', async () => {
      const first = await guest.get(`/api/personas/${personaId}`);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      const same = await validated(`/api/personas/${personaId}`, first.headers.get('etag'));
      expect({ status: same.status, body: same.body }).toEqual({ status: 304, body: '' });
      await api.operator.patch(`/api/personas/${personaId}`, { tagline: randomUUID() });
      expect((await validated(`/api/personas/${personaId}`, first.headers.get('etag'))).status).toBe(200);
    });

    it('gives lists of drafts another tag to those who may see them', async () => {
      await api.createPersona({ status: 'draft' });
      const path = '/api/personas?limit=100';
      expect((await validated(path, (await api.operator.get(path)).headers.get('etag'))).status).toBe(200);
    });

    it('has conversations kept nowhere, but tells programs when nothing has changed', async () => {
      const { conversationId } = await guest.beginConversation(personaId);
      const path = `/api/conversations/${conversationId}`;
      const first = await guest.get<ConversationWithTurns>(path);
      expect(first.headers.get('cache-control')).toBe('no-store');
      expect((await validated(path, first.headers.get('etag'))).status).toBe(304);
      await guest.patch(path, { title: 'Engines' });
      expect((await validated(path, first.headers.get('etag'))).status).toBe(200);
      expect((await validated(path, first.headers.get('etag'), api.client())).status).toBe(404);
    });

    it.each(['/api/service-info', '/api/auth/me/usage', '/API/Auth/me', '/api/nothing'])('keeps %s nowhere', async (path) => {
      expect((await guest.get(path)).headers.get('cache-control')).toBe('no-store');
    });
  });

  describe('fields of lists', () => {
    it('are those that were asked for', async () => {
      const { body } = await guest.get<PersonaPage>('/api/personas?fields=personaId,name&limit=1');
      expect(Object.keys(body.items[0]!).sort()).toEqual(['name', 'personaId']);
      expect(body).toMatchObject({ limit: 1, total: expect.any(Number) });
      await guest.beginConversation(personaId);
      expect((await guest.get<ConversationPage>('/api/conversations?fields=title')).body.items[0]).toEqual({ title: null });
    });

    it.each(['secret', 'name,secret', 'name,__proto__', 'constructor', '', ',', 'items'])('are refused where there is none called so: %p', async (fields) => {
      const { status, body } = await guest.get(`/api/personas?fields=${fields}`);
      expect({ status, code: body.code, path: body.issues?.[0]?.path }).toEqual({ status: 400, code: 'invalid_request', path: 'fields' });
    });

    it('are refused when repeated, and where they cannot be chosen', async () => {
      expect((await guest.get('/api/personas?fields=name&fields=status')).status).toBe(400);
      expect((await guest.get(`/api/conversations/${randomUUID()}?fields=title`)).status).toBe(400);
    });
  });

  it('takes texts that look the same for the same', async () => {
    const { conversationId } = await guest.beginConversation(personaId);
    const title = (text: string) => guest.patch<{ title: string }>(`/api/conversations/${conversationId}`, { title: text });
    expect((await title('Cafe\u0301')).body.title).toBe('Caf\u00e9');
    const { personaId: named } = await api.createPersona({ name: 'Ame\u0301lie', description: randomUUID() });
    for (const search of ['Ame\u0301lie', 'Am\u00e9lie']) {
      const { body } = await guest.get<PersonaPage>(`/api/personas?fields=personaId&search=${encodeURIComponent(search)}`);
      expect(body.items).toContainEqual({ personaId: named });
    }
  });

  describe('pages of other origins', () => {
    const preflight = (origin: string) =>
      guest.send('OPTIONS', '/api/conversations', undefined, { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' });

    it('may call with the session when they are listed', async () => {
      const { status, headers } = await preflight(listed);
      expect(status).toBe(204);
      expect(headers.get('access-control-allow-origin')).toBe(listed);
      expect(headers.get('access-control-allow-credentials')).toBe('true');
      const call = await guest.send('POST', '/api/conversations', { personaId }, { origin: listed, 'sec-fetch-site': 'cross-site' });
      expect(call.status).toBe(201);
      expect(call.headers.get('access-control-allow-origin')).toBe(listed);
      expect(call.headers.get('access-control-expose-headers')).toContain('RateLimit');
      expect(call.headers.get('vary')).toContain('Origin');
    });

    it.each(['https://evil.example', 'null', 'https://app.example.evil.example', 'http://app.example'])('may not read or write from %s', async (origin) => {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull();
      const read = await guest.send('GET', '/api/conversations', undefined, { origin });
      expect(read.headers.get('access-control-allow-origin')).toBeNull();
      expect(await guest.send('POST', '/api/conversations', { personaId }, { origin })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    });

    it('may not write where the browser says that it is another site, without an origin', async () => {
      const write = (site: string) => guest.send('POST', '/api/conversations', { personaId }, { 'sec-fetch-site': site });
      expect(await write('cross-site')).toMatchObject({ status: 403 });
      expect(await write('same-site')).toMatchObject({ status: 403 });
      expect(await write('same-origin')).toMatchObject({ status: 201 });
      expect(await write('none')).toMatchObject({ status: 201 });
    });
  });

  it('sends a policy without inline scripts or styles, and with a nonce of each answer', async () => {
    const policies = await Promise.all([guest.get('/api/personas'), guest.get('/api/personas')]).then((answers) =>
      answers.map(({ headers }) => headers.get('content-security-policy') ?? ''),
    );
    for (const policy of policies) {
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("script-src 'self';");
      expect(policy).toMatch(/style-src 'self' 'nonce-[A-Za-z0-9+/]{22}=='/);
    }
    expect(policies[0]).not.toBe(policies[1]);
    const { headers } = await guest.get('/health/live');
    expect(Object.fromEntries(['permissions-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'x-content-type-options', 'referrer-policy', 'x-frame-options'].map((name) => [name, headers.get(name)]))).toEqual({
      'permissions-policy': expect.stringContaining('camera=()'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'x-frame-options': 'DENY',
    });
    const documentation = await guest.get('/api/docs');
    expect(documentation.headers.get('content-security-policy')).toContain("style-src 'self' 'unsafe-inline'");
  });
});
