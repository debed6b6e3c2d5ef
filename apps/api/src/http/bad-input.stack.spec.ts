import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { ApiHarness, operatorToken, type ApiClient } from '../../test/api-harness.js';

const turn = { requestId: randomUUID(), text: 'Hello?' };
const id = randomUUID();

describe('bad input over HTTP', () => {
  let api: ApiHarness;
  let guest: ApiClient;
  let conversationId: string;
  let personaId: string;

  beforeAll(async () => {
    api = await ApiHarness.start();
    guest = api.client();
    personaId = (await api.createPersona()).personaId;
    conversationId = (await guest.beginConversation(personaId)).conversationId;
  });
  afterEach(async () => {
    expect((await api.client().get('/health/live')).status).toBe(200);
  });
  afterAll(() => api.stop());

  it.each([
    ['POST', '/api/conversations', { personaId: { $ne: '' } }],
    ['POST', '/api/conversations', { personaId: 'x', $where: 'sleep(1000)' }],
    ['POST', '/api/conversations', { personaId: 'x'.repeat(65) }],
    ['POST', '/api/conversations', []],
    ['POST', '/api/conversations', undefined],
    ['PATCH', `/api/conversations/${id}`, {}],
    ['PATCH', `/api/conversations/${id}`, { title: { $gt: '' } }],
    ['GET', '/api/conversations/not-a-uuid', undefined],
    ['GET', `/api/conversations/${id}?limit=1000`, undefined],
    ['GET', `/api/conversations/${id}?before=yesterday`, undefined],
    ['GET', '/api/conversations?limit[$ne]=1', undefined],
    ['GET', '/api/conversations?limit=1&limit=2', undefined],
    ['DELETE', '/api/conversations/%24ne', undefined],
    ['POST', '/api/conversations/x/turns', turn],
    ['POST', `/api/conversations/${id}/turns`, undefined],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, requestId: 'seven' }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, text: { $ne: null } }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, text: 'x'.repeat(8_001) }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, text: ' \n ' }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, mode: 'oracle' }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, format: ['essay'] }],
    ['POST', `/api/conversations/${id}/turns`, { ...turn, ownerId: id }],
    ['GET', '/api/turns/1', undefined],
    ['POST', '/api/turns/1/cancel', undefined],
    ['POST', '/api/turns/1/regenerate', { requestId: id }],
    ['POST', `/api/turns/${id}/regenerate`, {}],
    ['POST', `/api/turns/${id}/feedback`, { rating: 'sideways' }],
    ['POST', `/api/turns/${id}/feedback`, undefined],
    ['GET', `/api/turns/${id}/events?after=-1`, undefined],
    ['GET', `/api/turns/${id}/events?after=one`, undefined],
    ['GET', '/api/turns/1/events', undefined],
    ['GET', '/api/personas/Ada', undefined],
    ['GET', '/api/personas/ada/versions/first', undefined],
    ['GET', '/api/personas?format=sonnet', undefined],
    ['GET', '/api/personas?search[$regex]=.*', undefined],
  ])('refuses %s %s with %j', async (method, path, body) => {
    const { status, body: problem, headers } = await guest.send(method, path, body);
    expect({ status, code: problem.code }).toEqual({ status: 400, code: 'invalid_request' });
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(problem.requestId).toBe(headers.get('x-request-id'));
    expect(problem.issues?.length).toBeGreaterThan(0);
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|at .*\.js|mongo/i);
  });

  it.each([
    ['POST', '/api/personas', { name: 'N', description: 'D', imageUrl: 'javascript:alert(1)' }],
    ['POST', '/api/personas', { name: { $ne: 1 }, description: 'D' }],
    ['PATCH', '/api/personas/ada', {}],
    ['PATCH', '/api/personas/ada', { corpus: { corpusVersion: 9 } }],
    ['DELETE', '/api/personas/..%2f..', undefined],
    ['GET', '/api/admin/turns/1/prompt', undefined],
  ])('refuses the operator’s %s %s with %j', async (method, path, body) => {
    expect(await api.operator.send(method, path, body)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it('names the place of each issue', async () => {
    const { body } = await guest.post(`/api/conversations/${conversationId}/turns`, { requestId: 'x', text: '' });
    expect(body.issues?.map(({ path }) => path).sort()).toEqual(['requestId', 'text']);
    expect((await guest.get('/api/turns/1')).body.issues).toEqual([{ path: 'turnId', message: 'must be a UUID', wording: { key: 'fields.uuid', params: {} } }]);
  });

  it.each([
    ['malformed_json', 400, '{"personaId":'],
    ['malformed_json', 400, 'personaId=ada'],
    ['malformed_json', 400, '"just a string"'],
    ['invalid_request', 400, '['.repeat(50_000) + ']'.repeat(50_000)],
    ['invalid_request', 400, `{"personaId":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`],
    ['invalid_request', 400, '{"personaId":"ada","__proto__":{"isOperator":true}}'],
    ['invalid_request', 400, '{"personaId":"ada","constructor":{"prototype":{"x":1}}}'],
    ['payload_too_large', 413, JSON.stringify({ personaId: 'x'.repeat(300_000) })],
  ])('answers a body with %s (%i)', async (code, status, body) => {
    expect(await guest.send('POST', '/api/conversations', body)).toMatchObject({ status, body: { code } });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'application/json; charset=utf-7'])(
    'refuses a body of type %s',
    async (type) => {
      const body = JSON.stringify({ personaId });
      expect(await guest.send('POST', '/api/conversations', body, { 'content-type': type })).toMatchObject({
        status: 415,
        body: { code: 'unsupported_media_type' },
      });
    },
  );

  it('takes 10 MB from nobody but the operator, and there only for sources', async () => {
    const body = JSON.stringify({ text: 'x'.repeat(10 * 1024 * 1024) });
    expect((await guest.send('POST', '/api/conversations', body)).status).toBe(413);
    expect((await guest.send('POST', '/api/admin/sources', body)).status).toBe(413);
    expect((await api.operator.send('POST', '/api/personas', body)).status).toBe(413);
  });

  it.each(['/api/personas/%E0%A4%A', '/api/personas/%00', `/api/personas/${'x'.repeat(3_000)}`])('refuses the address %s', async (path) => {
    expect(await guest.get(path)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
  });

  it.each(['/api', '/api/', '/api/unknown', '/api/personas/ada/unknown', '/api/turns'])('has nothing at %s', async (path) => {
    expect(await guest.get(path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('answers what is no HTTP, and headers that are too long, with problems too', async () => {
    const { port } = new URL(api.baseUrl);
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
        let answer = '';
        socket.on('data', (chunk) => (answer += String(chunk)));
        socket.on('end', () => resolve(answer));
        socket.on('error', reject);
      });
    expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [^]*application\/problem\+json[^]*"code":"invalid_request"/);
    expect(await raw(`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 [^]*"status":431/);
  });

  it('lets no page of another site write', async () => {
    const write = (origin: string): Promise<{ status: number }> =>
      guest.send('POST', '/api/conversations', { personaId }, { origin });
    expect(await write('https://evil.example')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await write('null')).toMatchObject({ status: 403 });
    expect(await write(api.baseUrl)).toMatchObject({ status: 201 });
  });

  it('does not repeat a request id that is no word', async () => {
    const { headers } = await guest.send('GET', '/health/live', undefined, { 'x-request-id': '<script>' });
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const kept = await guest.send('GET', '/health/live', undefined, { 'x-request-id': 'trace-7' });
    expect(kept.headers.get('x-request-id')).toBe('trace-7');
  });

  it('accepts the operator token only whole, and only as a bearer token', async () => {
    for (const authorization of [`Basic ${operatorToken}`, `Bearer ${operatorToken.slice(1)}`, `Bearer  `, operatorToken]) {
      const client = api.client({ authorization });
      expect(await client.get(`/api/admin/turns/${id}/prompt`)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
    expect(await api.operator.get(`/api/admin/turns/${id}/prompt`)).toMatchObject({ status: 404 });
  });
});
