import type { QuotaSettings, QuotaUsage } from '@dramatis/contracts/quota';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import type { StartedTurn } from '@dramatis/contracts/turn';
import { ApiKeyRepository } from '@dramatis/database/accounts/api-key-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnLedger } from '@dramatis/limits/turn-ledger';
import type { Client } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { type Answer, type ApiClient, ApiHarness, nowhere, operatorToken } from '../../test/api-harness.js';
import { enter, goodPassword, makeAccount, newEmail, signUp } from '../../test/people.js';
import { createTemporalNamespace } from '../../test/temporal-namespace.js';
import { Metrics } from '../metrics/metrics.js';
import { TurnReconciler } from '../turns/turn-reconciler.js';
import type { Subject } from './limited.js';
import { Limits } from './limits.js';

const unlimited = { turnsAMinute: null, turnsAtOnce: null, tokensADay: null };
const address = (): string => `203.0.113.${Math.ceil(Math.random() * 250)}-${randomUUID()}`;

describe('limits', () => {
  let temporal: { namespace: string; client: Client; close: () => Promise<void> };
  let api: ApiHarness;
  let personaId: string;

  const begin = async (client: ApiClient): Promise<string> => (await client.beginConversation(personaId)).conversationId;
  const send = (client: ApiClient, conversationId: string, requestId: string = randomUUID()): Promise<Answer<StartedTurn & ProblemDocument>> =>
    client.post(`/api/conversations/${conversationId}/turns`, { requestId, text: 'Hello?' });
  const setQuotas = (guest: object): Promise<Answer<QuotaSettings>> =>
    api.operator.send('PUT', '/api/admin/quotas', { guest: { ...unlimited, ...guest }, user: unlimited, curator: unlimited, admin: unlimited });
  const usageOf = async (client: ApiClient): Promise<QuotaUsage> => (await client.get<QuotaUsage>('/api/auth/me/usage')).body;
  const endOf = async ({ turnId }: { turnId: string }, tokens = 0): Promise<void> => {
    const { ownerId } = await api.app.get(TurnRepository).get(turnId);
    await api.app.get(TurnRepository).finish(turnId, { status: 'completed', replyText: 'Hello.', citations: [], failure: null, provenance: null });
    await api.app.get(TurnLedger).settle({ ownerId, turnId, tokens, endedAt: new Date() });
  };

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({
      TEMPORAL_NAMESPACE: temporal.namespace,
      DRAMATIS_LIMIT_SIGN_INS: '3/15m',
      DRAMATIS_LIMIT_PASSWORD_RESETS: '2/1h',
      DRAMATIS_TRUSTED_PROXIES: '1',
      DRAMATIS_LIMIT_GUESTS: '4/1h',
      DRAMATIS_LIMIT_TURNS_OF_PROGRAM: '2/1m',
    });
    personaId = (await api.createPersona()).personaId;
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await temporal.close();
  });

  const guestAt = (ip: string): ApiClient => api.client({ 'x-forwarded-for': ip });
  const aGuest = (): ApiClient => guestAt(`2001:db8:${Math.floor(Math.random() * 60_000).toString(16)}:${Math.floor(Math.random() * 60_000).toString(16)}::1`);

  describe('of turns', () => {
    it('hold back one who has as many running as the quota says, until one ends', async () => {
      await setQuotas({ turnsAtOnce: 2 });
      const guest = aGuest();
      const conversations = [await begin(guest), await begin(guest), await begin(guest)] as const;
      const first = await send(guest, conversations[0]);
      expect(first.headers.get('ratelimit-policy')).toContain('"turns-at-once";q=2;qu="concurrent-requests"');
      expect(first.headers.get('ratelimit')).toContain('"turns-at-once";r=1');
      await send(guest, conversations[1]);
      const refused = await send(guest, conversations[2]);
      expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_turns', detail: expect.stringContaining('may be at once (2)') } });
      expect(refused.headers.get('ratelimit')).toContain('"turns-at-once";r=0');
      await endOf(first.body);
      expect((await send(guest, conversations[2])).status).toBe(202);
    });

    it('take no place for what does not begin', async () => {
      await setQuotas({ turnsAtOnce: 2 });
      const guest = aGuest();
      const conversationId = await begin(guest);
      const requestId = randomUUID();
      const running = await send(guest, conversationId, requestId);
      for (let time = 0; time < 4; time += 1) {
        expect(await send(guest, conversationId)).toMatchObject({ status: 409, body: { code: 'turn_in_progress' } });
        expect(await send(guest, conversationId, requestId)).toMatchObject({ status: 202, body: { turnId: running.body.turnId } });
        expect(await send(guest, randomUUID())).toMatchObject({ status: 404 });
        const reused = await guest.post(`/api/conversations/${conversationId}/turns`, { requestId, text: 'Another text' });
        expect(reused).toMatchObject({ status: 409, body: { code: 'request_id_reused' } });
      }
      expect(await usageOf(guest)).toMatchObject({ turnsRunning: 1 });
      await endOf(running.body);
      expect(await send(guest, conversationId, requestId)).toMatchObject({ status: 202, body: { turnId: running.body.turnId } });
      expect(await usageOf(guest)).toMatchObject({ turnsRunning: 0 });
    });

    it('never refuse a request that has its turn already', async () => {
      await setQuotas({ turnsAMinute: 1 });
      const guest = aGuest();
      const conversationId = await begin(guest);
      const requestId = randomUUID();
      const started = await send(guest, conversationId, requestId);
      await endOf(started.body);
      const refused = await send(guest, conversationId);
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(Number(refused.headers.get('retry-after'))).toBe(refused.body.retryAfterSeconds);
      expect(refused.headers.get('ratelimit')).toMatch(/^"turns";r=0;t=\d+/);
      expect(await send(guest, conversationId, requestId)).toMatchObject({ status: 202, body: { turnId: started.body.turnId } });
    });

    it('count tokens by the day, and say when the next begins', async () => {
      await setQuotas({ tokensADay: 1_000 });
      const guest = aGuest();
      const conversationId = await begin(guest);
      const started = await send(guest, conversationId);
      expect(started.headers.get('ratelimit')).toMatch(/"tokens-a-day";r=1000;t=\d+/);
      await endOf(started.body, 1_200);
      const usage = await usageOf(guest);
      expect(usage).toMatchObject({ role: 'guest', tokensToday: 1_200, turnsRunning: 0, quota: { ...unlimited, tokensADay: 1_000 } });
      expect(new Date(usage.resetsAt).toISOString()).toMatch(/T00:00:00.000Z$/);
      const refused = await send(guest, conversationId);
      expect(refused).toMatchObject({ status: 429, body: { code: 'quota_exceeded' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      const other = aGuest();
      expect((await send(other, await begin(other))).status).toBe(202);
    });

    it('hold back one program, and neither the account’s others nor its owner', async () => {
      await setQuotas({});
      await makeAccount(api, 'admin');
      const { _id: accountId } = await makeAccount(api);
      const owner = await enter(api, { ownerId: accountId, accountId });
      const newProgram = async (): Promise<ApiClient> => {
        const { key } = await api.app.get(ApiKeyRepository).create(accountId, { name: 'x', scopes: ['converse'], expiresAt: null });
        return api.client({ authorization: `Bearer ${key}` });
      };
      const [one, other] = [await newProgram(), await newProgram()];
      const first = await send(one, await begin(one));
      expect(first.headers.get('ratelimit-policy')).toContain('"turns-of-program";q=2;w=60');
      expect(first.headers.get('ratelimit')).toContain('"turns-of-program";r=1');
      expect((await send(one, await begin(one))).status).toBe(202);
      const refused = await send(one, await begin(one));
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await send(other, await begin(other))).status).toBe(202);
      const byOwner = await send(owner, await begin(owner));
      expect(byOwner.status).toBe(202);
      expect(byOwner.headers.get('ratelimit')).not.toContain('turns-of-program');
    });

    it('are those of an administrator for who has the operator token', async () => {
      await setQuotas({ turnsAtOnce: 1 });
      const guest = aGuest();
      await send(guest, await begin(guest));
      const conversationId = await begin(guest);
      expect((await send(guest, conversationId)).status).toBe(429);
      const operator = api.client({ authorization: `Bearer ${operatorToken}` });
      operator.cookie = guest.cookie;
      expect((await send(operator, conversationId)).status).toBe(202);
    });

    it('free the place of a turn that its workflow left, and keep that of one that runs', async () => {
      await setQuotas({});
      const guest = aGuest();
      const started = await send(guest, await begin(guest));
      const record = await api.app.get(TurnRepository).get(started.body.turnId);
      await send(guest, await begin(guest));
      const reconciler = api.app.get(TurnReconciler);
      await reconciler.reconcile(record);
      expect(await usageOf(guest)).toMatchObject({ turnsRunning: 2 });
      await temporal.client.workflow.getHandle(started.body.workflowId).terminate('spec');
      await reconciler.reconcile(record);
      expect(await usageOf(guest)).toMatchObject({ turnsRunning: 1 });
    });
  });

  describe('of sign-ins', () => {
    const subject = (fields: Partial<Subject> = {}): Subject => ({ address: address(), email: `${randomUUID()}@example.org`, ...fields });
    const attempt = async (about: Subject): Promise<string> =>
      api.app.get(Limits).require('signIn', about, () => {}).then(
        () => 'let through',
        (error: { code: string }) => error.code,
      );

    it('stop one who guesses at an account, and not its owner elsewhere', async () => {
      const guesser = subject();
      for (let time = 0; time < 3; time += 1) expect(await attempt(guesser)).toBe('let through');
      expect(await attempt(guesser)).toBe('rate_limited');
      expect(await attempt({ ...guesser, email: ` ${guesser.email!.toUpperCase()} ` })).toBe('rate_limited');
      expect(await attempt({ ...guesser, address: address() })).toBe('let through');
      expect(await attempt({ ...guesser, email: 'another@example.org' })).toBe('let through');
    });

    it('stop guesses from many addresses at one account, and at many accounts from one address', async () => {
      const { email } = subject();
      for (let time = 0; time < 30; time += 1) expect(await attempt(subject({ email }))).toBe('let through');
      expect(await attempt(subject({ email }))).toBe('rate_limited');
      const from = address();
      for (let time = 0; time < 30; time += 1) expect(await attempt(subject({ address: from }))).toBe('let through');
      expect(await attempt(subject({ address: from }))).toBe('rate_limited');
    });

    it('forgive who then signed in', async () => {
      const owner = subject();
      for (let time = 0; time < 3; time += 1) await attempt(owner);
      await api.app.get(Limits).forgive('signIn', owner);
      expect(await attempt(owner)).toBe('let through');
    });

    it('count links for a new password by account, wherever they are asked for', async () => {
      const { email } = subject();
      const ask = () => api.app.get(Limits).require('passwordReset', subject({ email }), () => {});
      await ask();
      await ask();
      await expect(ask()).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 1_800 });
    });

    it('hold back who would have mails sent to a stranger by changing to their address', async () => {
      const { client } = await signUp(aGuest());
      const victim = newEmail();
      const statuses = [];
      for (let time = 0; time < 3; time += 1) statuses.push((await client.patch('/api/auth/me', { newEmail: victim, currentPassword: goodPassword })).status);
      expect(statuses).toEqual([200, 200, 429]);
    });
  });

  it('believe one proxy about the address, and count an IPv6 network as one', async () => {
    const network = `2001:db8:${Math.floor(Math.random() * 60_000).toString(16)}:${Math.floor(Math.random() * 60_000).toString(16)}`;
    const statuses = [];
    for (let host = 1; host <= 5; host += 1) {
      // What the client itself sends stands further left, and is not believed.
      const answer = await api.client({ 'x-forwarded-for': `198.51.100.${host}, ${network}::${host}` }).post('/api/auth/guest');
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([204, 204, 204, 204, 429]);
  });

  describe('set by an administrator', () => {
    it('are read back beside the defaults, and audited', async () => {
      const { status, body } = await setQuotas({ turnsAtOnce: 7 });
      expect(status).toBe(200);
      expect(body).toMatchObject({ quotas: { guest: { turnsAtOnce: 7 } }, defaults: { guest: { turnsAtOnce: 32 } }, changedAt: expect.any(String) });
      expect((await api.operator.get<QuotaSettings>('/api/admin/quotas')).body).toEqual(body);
      const { body: log } = await api.operator.get<{ items: { action: string; detail: object }[] }>('/api/admin/audit?action=quotas');
      expect(log.items[0]).toMatchObject({ action: 'quotas.replace', detail: { 'guest.turnsAtOnce': 7, 'user.tokensADay': null } });
    });

    it.each([{ turnsAtOnce: 0 }, { turnsAtOnce: 1.5 }, { tokensADay: 'many' }, { cookies: 1 }])('are refused when they are none: %j', async (guest) => {
      expect(await setQuotas(guest)).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    });

    it('are nobody else’s to read or set', async () => {
      const guest = aGuest();
      expect((await guest.get('/api/admin/quotas')).status).toBe(401);
      expect((await guest.send('PUT', '/api/admin/quotas', {})).status).toBe(401);
    });
  });

  it('close what is guessed at while Redis is away, and let people talk', async () => {
    const offline = await ApiHarness.start({ REDIS_URL: `redis://${nowhere}`, MONGODB_URI: api.env.mongodbUri, TEMPORAL_NAMESPACE: temporal.namespace });
    try {
      const limits = offline.app.get(Limits);
      await expect(limits.require('signIn', { address: 'a', email: 'a@example.org' }, () => {})).rejects.toMatchObject({ code: 'broker_unavailable', status: 503 });
      await expect(limits.require('signUp', { address: 'a', email: null }, () => {})).rejects.toMatchObject({ code: 'broker_unavailable' });
      const guest = offline.client();
      const { conversationId } = await guest.beginConversation(personaId);
      expect((await guest.startTurn(conversationId)).turnId).toBeTruthy();
      expect(await guest.get('/api/auth/me/usage')).toMatchObject({ status: 503, body: { code: 'broker_unavailable' } });
      expect(await offline.app.get(Metrics).registry.metrics()).toMatch(/dramatis_api_limits_passed_over_total\{limit="turns"\} 1/);
    } finally {
      await offline.app.close();
    }
  });
});
