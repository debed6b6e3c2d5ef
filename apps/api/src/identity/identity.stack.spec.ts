import type { AuditPage } from '@dramatis/contracts/audit';
import type { Conversation } from '@dramatis/contracts/conversation';
import type { AccountPage } from '@dramatis/contracts/identity/administration';
import type { Me } from '@dramatis/contracts/identity/account';
import type { Session } from '@dramatis/contracts/identity/session';
import type { Turn } from '@dramatis/contracts/turn';
import type { ServiceInfo } from '@dramatis/contracts/service';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { OwnerMoveRepository } from '@dramatis/database/accounts/owner-move-repository';
import { ConversationRepository } from '@dramatis/database/conversations/conversation-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { TurnWorkspaceRepository } from '@dramatis/database/conversations/turn-workspace-repository';
import { OutboxRepository } from '@dramatis/database/mail/outbox-repository';
import { TurnEventStream } from '@dramatis/turn-events/turn-event-stream';
import { hash } from '@node-rs/argon2';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { ApiHarness, type ApiClient } from '../../test/api-harness.js';
import { enter, goodPassword, mailedToken, makeAccount, newEmail, signUp } from '../../test/people.js';
import { createTemporalNamespace, eventually } from '../../test/temporal-namespace.js';
import { DATABASE } from '../infrastructure/tokens.js';
import { Metrics } from '../metrics/metrics.js';
import { AccountExport } from './account-export.js';
import { AccountRemoval } from './account-removal.js';

const otherPassword = 'four looms and a half';
const completed = { status: 'completed' as const, replyText: 'I wrote of the engine.', citations: [], failure: null, provenance: null };

describe('accounts', () => {
  let temporal: Awaited<ReturnType<typeof createTemporalNamespace>>;
  let api: ApiHarness;
  let database: Connection;
  let personaId: string;
  let turns: TurnRepository;

  const signIn = (client: ApiClient, email: string, password = goodPassword): Promise<{ status: number; body: Me & { code?: string } }> =>
    client.post<Me & { code?: string }>('/api/auth/login', { email, password });
  const whoIs = async (client: ApiClient): Promise<Me> => (await client.get<Me>('/api/auth/me')).body;

  beforeAll(async () => {
    temporal = await createTemporalNamespace();
    api = await ApiHarness.start({ TEMPORAL_NAMESPACE: temporal.namespace });
    database = api.app.get<Connection>(DATABASE);
    turns = api.app.get(TurnRepository);
    personaId = (await api.createPersona()).personaId;
  });
  afterAll(async () => {
    await api.stop();
    await temporal.close();
  });

  // First, while the installation is fresh.
  it('make the first of many who register at once the admin, and nobody else', async () => {
    const awaited = async (): Promise<boolean> => (await api.client().get<ServiceInfo>('/api/service')).body.firstAccountIsAdmin;
    expect(await awaited()).toBe(true);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(api.client())));
    expect(answers.filter(({ me }) => me.role === 'admin')).toHaveLength(1);
    expect(await awaited()).toBe(false);
    const { body } = await api.operator.get<AccountPage>('/api/admin/accounts?role=admin');
    expect(body.items.map(({ accountId }) => accountId)).toEqual(answers.filter(({ me }) => me.role === 'admin').map(({ accountId }) => accountId));
  });

  describe('signing up', () => {
    it('gives an address to one of many who want it at once, however they write it', async () => {
      const email = newEmail();
      const forms = [email, email.toUpperCase(), ` ${email} `, email.replace('example', 'Example')];
      const answers = await Promise.all(forms.map((form) => api.client().post<Me & { code?: string }>('/api/auth/register', { email: form, password: goodPassword })));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
      expect(answers.filter(({ status }) => status === 409).every(({ body }) => body.code === 'email_taken')).toBe(true);
      expect((await signIn(api.client(), email.toUpperCase())).status).toBe(200);
    });

    it('keeps the address as it was written', async () => {
      const email = newEmail().replace('example', 'Example');
      const { me } = await signUp(api.client(), ` ${email}`);
      expect(me.account).toMatchObject({ email, emailVerified: false, role: 'user', hasPassword: true });
    });

    it('refuses passwords that are guessed', async () => {
      const register = (password: string, email = newEmail()): Promise<unknown> => api.client().post('/api/auth/register', { email, password });
      expect(await register('Password123!')).toMatchObject({ status: 422, body: { code: 'password_too_weak', issues: [{ path: 'password' }] } });
      expect(await register('ada.lovelace.9', 'ada.lovelace@example.org')).toMatchObject({ status: 422 });
      expect(await register('too short')).toMatchObject({ status: 400, body: { issues: [{ path: 'password' }] } });
    });

    it('lets a guest keep what is theirs, under another session', async () => {
      const guest = api.client();
      const { conversationId } = await guest.beginConversation(personaId);
      const { turnId } = await guest.startTurn(conversationId);
      const before = guest.cookie!;
      const { me } = await signUp(guest);
      expect(me).toMatchObject({ guest: false, sessionId: expect.any(String) });
      expect((await guest.get<Turn>(`/api/turns/${turnId}`)).body.status).toBe('running');
      expect((await guest.get(`/api/conversations/${conversationId}`)).status).toBe(200);
      const stale = api.client();
      stale.cookie = before;
      expect(await whoIs(stale)).toEqual({ account: null, role: null, guest: false, sessionId: null });
      expect((await stale.get(`/api/conversations/${conversationId}`)).status).toBe(404);
      await turns.finish(turnId, completed);
    });

    it('gives a guest who signs up twice at once two accounts, the conversations to one of them', async () => {
      const guest = api.client();
      await guest.beginConversation(personaId);
      const windows = [0, 1].map(() => Object.assign(api.client(), { cookie: guest.cookie }));
      const people = await Promise.all(windows.map((client) => signUp(client)));
      expect(new Set(people.map(({ accountId }) => accountId)).size).toBe(2);
      const lists = await Promise.all(people.map(({ client }) => client.get<{ total: number }>('/api/conversations')));
      expect(lists.map(({ body }) => body.total).sort()).toEqual([0, 1]);
    });
  });

  describe('signing in', () => {
    it('fails with the same answer and the same work, whether or not there is such an account', async () => {
      const { email } = await signUp(api.client());
      const withoutPassword = await makeAccount(api);
      const checks = async (): Promise<number> => {
        const { values } = await api.app.get(Metrics).passwordChecks.get();
        return values.find(({ labels }) => labels.matched === 'false')?.value ?? 0;
      };
      const answers = [];
      for (const address of [email, newEmail(), withoutPassword.email]) {
        const before = await checks();
        const { status, body } = await signIn(api.client(), address, 'not the password');
        answers.push({ status, code: body.code, detail: (body as { detail?: string }).detail, checks: (await checks()) - before });
      }
      expect(answers[0]).toMatchObject({ status: 401, code: 'invalid_credentials', checks: 1 });
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    });

    it('brings what a guest owns to the account, also a reply that is being made and a message that was on its way', async () => {
      const { email, client: first, accountId } = await signUp(api.client());
      await first.beginConversation(personaId);
      const guest = api.client();
      const { conversationId } = await guest.beginConversation(personaId);
      const { turnId, workflowId } = await guest.startTurn(conversationId);
      const record = await turns.get(turnId);
      expect((await signIn(guest, email)).status).toBe(200);
      const { body } = await guest.get<{ total: number }>('/api/conversations');
      expect(body.total).toBe(2);
      expect((await guest.get<Turn>(`/api/turns/${turnId}`)).body.status).toBe('running');
      expect((await guest.post(`/api/turns/${turnId}/cancel`)).status).toBe(202);
      const history = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
      expect(JSON.stringify(history.events?.map((event) => Object.keys(event)))).toContain('workflowExecutionCancelRequestedEventAttributes');
      await turns.finish(turnId, { ...completed, status: 'cancelled' });
      // A request of the guest that read the conversation before it moved.
      const late = await turns.start({ ...record, requestId: randomUUID() });
      expect((await guest.get(`/api/turns/${late.record._id}`)).status).toBe(404);
      await api.app.get(OwnerMoveRepository, { strict: false }).settle(new Date(Date.now() + 1_000));
      expect((await turns.getOwn(late.record._id, accountId)).ownerId).toBe(accountId);
      await turns.finish(late.record._id, completed);
    });

    it('makes a new session each time, and ends the one that the browser had', async () => {
      const { client, email } = await signUp(api.client());
      const before = client.cookie!;
      await signIn(client, email);
      expect(client.cookie).not.toBe(before);
      client.cookie = before;
      expect((await whoIs(client)).account).toBeNull();
    });

    it('makes the hash anew when it was made with other parameters', async () => {
      const { email, accountId } = await signUp(api.client());
      const accounts = api.app.get(AccountRepository, { strict: false });
      const outdated = await hash(goodPassword, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
      await accounts.update(accountId, { passwordHash: outdated });
      expect((await signIn(api.client(), email)).status).toBe(200);
      const { passwordHash } = await accounts.get(accountId);
      expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      expect((await signIn(api.client(), email)).status).toBe(200);
      expect((await accounts.get(accountId)).passwordHash).toBe(passwordHash);
    });

    it('takes no cookie of before after signing out; a guest keeps theirs', async () => {
      const { client } = await signUp(api.client());
      const before = client.cookie!;
      const { status, headers } = await client.post('/api/auth/logout');
      expect(status).toBe(204);
      expect(headers.get('set-cookie')).toContain('Max-Age=0');
      client.cookie = before;
      expect((await whoIs(client)).account).toBeNull();
      const guest = api.client();
      await guest.post('/api/auth/guest');
      await guest.post('/api/auth/logout');
      expect((await whoIs(guest)).guest).toBe(true);
    });
  });

  describe('a new password', () => {
    it('takes the current one, ends all other sessions and makes this one anew', async () => {
      const { client, email } = await signUp(api.client());
      const elsewhere = api.client();
      await signIn(elsewhere, email);
      const before = client.cookie!;
      expect(await client.patch('/api/auth/me', { newPassword: otherPassword })).toMatchObject({ status: 400, body: { issues: [{ path: 'currentPassword' }] } });
      expect(await client.patch('/api/auth/me', { newPassword: otherPassword, currentPassword: 'not it' })).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
      expect((await whoIs(elsewhere)).account).not.toBeNull();
      expect((await client.patch('/api/auth/me', { newPassword: otherPassword, currentPassword: goodPassword })).status).toBe(200);
      expect(client.cookie).not.toBe(before);
      expect((await whoIs(client)).account?.email).toBe(email);
      expect((await whoIs(elsewhere)).account).toBeNull();
      expect((await signIn(api.client(), email)).status).toBe(401);
      expect((await signIn(api.client(), email, otherPassword)).status).toBe(200);
      await mailed(email, /password was changed/);
    });

    it('by mail: the link works once, for the newest, and ends all sessions', async () => {
      const { client, email } = await signUp(api.client());
      const ask = (): Promise<{ status: number; body: unknown }> => api.client().post('/api/auth/password-reset', { email: ` ${email.toUpperCase()}` });
      expect((await ask()).status).toBe(202);
      const older = await mailedToken(api, email, /new password/);
      await ask();
      const newer = await eventually(async () => {
        const token = await mailedToken(api, email, /new password/);
        expect(token).not.toBe(older);
        return token;
      });
      const confirm = (token: string, password = otherPassword): Promise<{ status: number }> => api.client().post('/api/auth/password-reset/confirm', { token, password });
      expect(await confirm(older)).toMatchObject({ status: 422, body: { code: 'link_invalid' } });
      // A password that is refused does not use the link up.
      expect(await confirm(newer, 'Password123!')).toMatchObject({ status: 422, body: { code: 'password_too_weak' } });
      const answers = await Promise.all(Array.from({ length: 5 }, () => confirm(newer)));
      expect(answers.map(({ status }) => status).sort()).toEqual([204, 422, 422, 422, 422]);
      expect((await whoIs(client)).account).toBeNull();
      const { body } = await signIn(api.client(), email, otherPassword);
      expect(body.account?.emailVerified).toBe(true);
    });

    it('by mail leaves who was in the account before no way back: no key, and no address that is still to be confirmed', async () => {
      const { client, email } = await signUp(api.client());
      const foreign = newEmail();
      const { body } = await client.post<{ key: string }>('/api/auth/api-keys', { name: 'A program', scopes: ['converse'], expiresAt: null });
      await client.patch('/api/auth/me', { newEmail: foreign, currentPassword: goodPassword });
      const wayBack = await mailedToken(api, foreign, /Confirm/);
      await api.client().post('/api/auth/password-reset', { email });
      const token = await mailedToken(api, email, /new password/);
      expect((await api.client().post('/api/auth/password-reset/confirm', { token, password: otherPassword })).status).toBe(204);

      expect(await api.client().post('/api/auth/verify', { token: wayBack })).toMatchObject({ status: 422, body: { code: 'link_invalid' } });
      expect((await api.client({ authorization: `Bearer ${body.key}` }).get('/api/auth/me')).status).toBe(401);
      const owner = await signIn(api.client(), email, otherPassword);
      expect(owner.body.account).toMatchObject({ email, pendingEmail: null });
    });

    it('gives up a change of address that waits, unless it is asked for with it', async () => {
      const { client, email } = await signUp(api.client());
      const [foreign, mine] = [newEmail(), newEmail()];
      await client.patch('/api/auth/me', { newEmail: foreign, currentPassword: goodPassword });
      const wayBack = await mailedToken(api, foreign, /Confirm/);
      const changed = await client.patch<Me>('/api/auth/me', { newPassword: otherPassword, currentPassword: goodPassword });
      expect(changed).toMatchObject({ status: 200, body: { account: { email, pendingEmail: null } } });
      expect((await api.client().post('/api/auth/verify', { token: wayBack })).status).toBe(422);

      const both = await client.patch<Me>('/api/auth/me', { newPassword: goodPassword, newEmail: mine, currentPassword: otherPassword });
      expect(both).toMatchObject({ status: 200, body: { account: { pendingEmail: mine } } });
      await api.client().post('/api/auth/verify', { token: await mailedToken(api, mine, /Confirm/) });
      expect((await whoIs(client)).account).toMatchObject({ email: mine, pendingEmail: null });
    });

    it('is mailed to nobody who has no account, and nobody is told', async () => {
      const stranger = newEmail();
      const [known, unknown] = await Promise.all(
        [(await signUp(api.client())).email, stranger].map((email) => api.client().post('/api/auth/password-reset', { email })),
      );
      expect([known!.status, unknown!.status]).toEqual([202, 202]);
      expect(known!.body).toEqual(unknown!.body);
      const outbox = await api.app.get(OutboxRepository).list();
      expect(outbox.some(({ to }) => to === stranger)).toBe(false);
    });

    it('cannot be chosen with a link that has expired, nor with one for something else', async () => {
      const { email, accountId } = await signUp(api.client());
      const verification = await mailedToken(api, email, /Confirm/);
      await api.client().post('/api/auth/password-reset', { email });
      const token = await mailedToken(api, email, /new password/);
      await database.collection('mailed_tokens').updateMany({ accountId, purpose: 'reset-password' }, { $set: { expiresAt: new Date(Date.now() - 1) } });
      for (const offered of [token, verification, 'x'.repeat(43)]) {
        const answer = await api.client().post('/api/auth/password-reset/confirm', { token: offered, password: otherPassword });
        expect(answer).toMatchObject({ status: 422, body: { code: 'link_invalid' } });
      }
    });
  });

  describe('an address', () => {
    it('is confirmed by its link, once', async () => {
      const { client, email } = await signUp(api.client());
      const token = await mailedToken(api, email, /Confirm/);
      const verify = (): Promise<{ status: number }> => api.client().post('/api/auth/verify', { token });
      expect((await verify()).status).toBe(204);
      expect((await whoIs(client)).account?.emailVerified).toBe(true);
      expect((await verify()).status).toBe(422);
    });

    it('changes when the new one is confirmed, and not to one that somebody took meanwhile', async () => {
      const { client, email } = await signUp(api.client());
      const [mine, contested] = [newEmail(), newEmail()];
      const change = (address: string): Promise<{ status: number; body: unknown }> =>
        client.patch('/api/auth/me', { newEmail: address, currentPassword: goodPassword });
      expect(await change(mine)).toMatchObject({ status: 200, body: { account: { email, pendingEmail: mine } } });
      await mailed(email, /about to change/);
      await api.client().post('/api/auth/verify', { token: await mailedToken(api, mine, /Confirm/) });
      expect((await whoIs(client)).account).toMatchObject({ email: mine, pendingEmail: null, emailVerified: true });
      await change(contested);
      const token = await mailedToken(api, contested, /Confirm/);
      await signUp(api.client(), contested);
      expect(await api.client().post('/api/auth/verify', { token })).toMatchObject({ status: 409, body: { code: 'email_taken' } });
      expect((await whoIs(client)).account?.email).toBe(mine);
      expect(await change(contested)).toMatchObject({ status: 409 });
    });
  });

  describe('sessions', () => {
    it('are listed, ended one by one and all others at once; those of others do not exist', async () => {
      const { client, email } = await signUp(api.client());
      const phone = api.client({ 'user-agent': 'phone' });
      const laptop = api.client({ 'user-agent': 'laptop' });
      for (const browser of [phone, laptop]) await signIn(browser, email);
      const { body: sessions } = await client.get<Session[]>('/api/auth/sessions');
      expect(sessions.map(({ userAgent, current }) => [userAgent, current])).toEqual(
        expect.arrayContaining([
          ['phone', false],
          ['laptop', false],
        ]),
      );
      expect(sessions.filter(({ current }) => current)).toHaveLength(1);
      const path = `/api/auth/sessions/${sessions.find(({ userAgent }) => userAgent === 'phone')!.sessionId}`;
      const { client: other } = await signUp(api.client());
      expect(await other.delete(path)).toMatchObject({ status: 404, body: { code: 'session_not_found' } });
      expect((await client.delete(path)).status).toBe(204);
      expect((await client.delete(path)).status).toBe(404);
      expect((await whoIs(phone)).account).toBeNull();
      expect((await whoIs(laptop)).account).not.toBeNull();
      expect((await client.delete('/api/auth/sessions')).status).toBe(204);
      expect((await whoIs(laptop)).account).toBeNull();
      expect((await whoIs(client)).account).not.toBeNull();
    });

    it('end when they were not used, and when they are old', async () => {
      const { _id: accountId } = await makeAccount(api);
      for (const field of ['expiresAt', 'endsAt']) {
        const client = await enter(api, { ownerId: accountId, accountId });
        await database.collection('sessions').updateOne({ sessionId: client.sessionId }, { $set: { [field]: new Date(Date.now() - 1) } });
        expect((await whoIs(client)).account).toBeNull();
      }
    });

    it('live on with use, to their end at most, and that is written only now and then', async () => {
      const { _id: accountId } = await makeAccount(api);
      const client = await enter(api, { ownerId: accountId, accountId });
      const sessions = database.collection('sessions');
      const soon = new Date(Date.now() + 60_000);
      await sessions.updateOne({ sessionId: client.sessionId }, { $set: { lastSeenAt: new Date(Date.now() - 3_600_000), expiresAt: soon, endsAt: new Date(soon.getTime() + 1_000) } });
      await whoIs(client);
      await eventually(async () => {
        const record = await sessions.findOne({ sessionId: client.sessionId });
        expect(Number(record!['lastSeenAt'])).toBeGreaterThan(Date.now() - 60_000);
        expect(record!['expiresAt']).toEqual(record!['endsAt']);
      });
    });
  });

  describe('admins', () => {
    it('of two who take the role from each other at once, or close their accounts, one stays', async () => {
      await withAdmins(2, async ([first, second]) => {
        const demote = (asker: ApiClient, accountId: string): Promise<{ status: number; body: unknown }> => asker.patch(`/api/admin/accounts/${accountId}`, { role: 'user' });
        const answers = await Promise.all([demote(first!.client, second!.accountId), demote(second!.client, first!.accountId)]);
        expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
        const stays = await api.app.get(AccountRepository, { strict: false }).page({ role: 'admin', limit: 10, offset: 0 });
        expect(stays.total).toBe(1);
        const last = [first!, second!].find(({ accountId }) => accountId === stays.items[0]!._id)!;
        for (const changes of [{ role: 'curator' }, { disabled: true }]) {
          expect(await last.client.patch(`/api/admin/accounts/${last.accountId}`, changes)).toMatchObject({ status: 409, body: { code: 'last_admin' } });
        }
        expect(await last.client.send('DELETE', '/api/auth/me', {})).toMatchObject({ status: 409, body: { code: 'last_admin' } });
      });
    });

    it('find accounts, and keep them out and let them in', async () => {
      const { client, email, accountId } = await signUp(api.client());
      const found = await api.operator.get<AccountPage>(`/api/admin/accounts?search=${encodeURIComponent(email.slice(0, 8).toUpperCase())}`);
      expect(found.body.items.map((item) => item.accountId)).toEqual([accountId]);
      expect((await api.operator.get<AccountPage>(`/api/admin/accounts?search=${accountId.toUpperCase()}`)).body.items.map((item) => item.email)).toEqual([email]);
      expect((await api.operator.patch(`/api/admin/accounts/${accountId}`, { disabled: true })).body).toMatchObject({ disabled: true });
      expect((await whoIs(client)).account).toBeNull();
      expect(await signIn(client, email)).toMatchObject({ status: 403, body: { code: 'account_disabled' } });
      expect((await signIn(client, email, 'not the password')).status).toBe(401);
      await api.operator.patch(`/api/admin/accounts/${accountId}`, { disabled: false });
      expect((await signIn(client, email)).status).toBe(200);
      expect(await api.operator.patch(`/api/admin/accounts/${randomUUID()}`, { role: 'user' })).toMatchObject({ status: 404, body: { code: 'account_not_found' } });
    });

    it('have a role from the next request on', async () => {
      const { client, accountId } = await signUp(api.client());
      expect((await client.get('/api/admin/sources')).status).toBe(403);
      await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'curator' });
      expect((await client.get('/api/admin/sources')).status).toBe(200);
      await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'user' });
      expect((await client.get('/api/admin/sources')).status).toBe(403);
    });
  });

  it('are taken along as one document', async () => {
    const { client, email } = await signUp(api.client());
    for (const text of ['Of looms?', 'Of engines?']) {
      const { conversationId } = await client.beginConversation(personaId);
      const { turnId } = await client.startTurn(conversationId, text);
      await turns.finish(turnId, completed);
    }
    const { headers, body } = await client.get<{ account: Me['account']; sessions: Session[]; conversations: (Conversation & { turns: Turn[] })[]; audit: unknown[] }>('/api/auth/me/export');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(body.account?.email).toBe(email);
    expect(body.sessions).toHaveLength(1);
    expect(body.conversations.map((conversation) => conversation.turns.map(({ userText, replyText }) => [userText, replyText]))).toEqual([
      [['Of looms?', completed.replyText]],
      [['Of engines?', completed.replyText]],
    ]);
    expect(JSON.stringify(body)).not.toContain('argon2id');
  });

  it('are taken along as far as they are there, when one is deleted in another window meanwhile', async () => {
    const { client, accountId } = await signUp(api.client());
    const ids = [];
    for (let count = 0; count < 3; count += 1) ids.push((await client.beginConversation(personaId)).conversationId);
    const account = await api.app.get(AccountRepository, { strict: false }).get(accountId);
    let document = '';
    for await (const piece of api.app.get(AccountExport, { strict: false }).write(account, null)) {
      document += piece;
      if (document.includes(ids[0]!)) await client.delete(`/api/conversations/${ids[1]}`);
    }
    const { conversations } = JSON.parse(document) as { conversations: Conversation[] };
    expect(conversations.map(({ conversationId }) => conversationId)).toEqual([ids[0], ids[2]]);
  });

  it('are removed with everything, after the replies that are being made were cancelled', async () => {
    const { client, email, accountId } = await signUp(api.client());
    const { conversationId } = await client.beginConversation(personaId);
    const { turnId, workflowId } = await client.startTurn(conversationId, 'Forget this.');
    await api.app.get(TurnWorkspaceRepository).savePrompt(turnId, { hash: 'x', system: 's', messages: [] }, []);
    // What stands elsewhere: a guest who came to the account, a name of one's own, a mail to an address that was given up.
    const [guest, formerly] = [api.client(), newEmail()];
    await guest.beginConversation(personaId);
    await signIn(guest, email);
    await client.post('/api/auth/api-keys', { name: `For ${email}`, scopes: ['read'] });
    await client.patch('/api/auth/me', { newEmail: formerly, currentPassword: goodPassword });
    await client.patch('/api/auth/me', { newPassword: otherPassword, currentPassword: goodPassword });
    await mailedToken(api, formerly, /Confirm/);
    expect(await client.send('DELETE', '/api/auth/me', { password: 'not the password' })).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
    const removing = client.send('DELETE', '/api/auth/me', { password: otherPassword });
    // The worker's part: it hears of the cancellation and ends the turn.
    await eventually(async () => {
      const { events } = await temporal.client.workflow.getHandle(workflowId).fetchHistory();
      expect(JSON.stringify(events?.map((event) => Object.keys(event)))).toContain('workflowExecutionCancelRequestedEventAttributes');
    });
    await turns.finish(turnId, { ...completed, status: 'cancelled' });
    await temporal.client.workflow.getHandle(workflowId).terminate('spec');
    expect((await removing).status).toBe(204);
    expect((await signIn(api.client(), email, otherPassword)).status).toBe(401);
    expect(await api.app.get(TurnEventStream).read(turnId, 0)).toEqual([]);
    const left = [];
    for (const { name } of await database.listCollections()) {
      for await (const record of database.collection(name).find()) {
        const text = JSON.stringify(record);
        if ([email, formerly, conversationId, turnId].some((word) => text.includes(word))) left.push(name);
        if (text.includes(accountId) && name !== 'audit') left.push(name);
      }
    }
    // Ids of what is gone stay until it is sure that it is.
    expect(new Set(left)).toEqual(new Set(['conversation_removals']));
    await api.app.get(ConversationRepository).settleRemovals(new Date(Date.now() + 60_000));
    expect(await database.collection('conversation_removals').countDocuments()).toBe(0);
    expect((await signUp(api.client(), email)).accountId).not.toBe(accountId);
  });

  it('are removed to the end by a later pass, where the process died in the middle or a reply does not end', async () => {
    const { client, accountId } = await signUp(api.client());
    const { conversationId } = await client.beginConversation(personaId);
    const { turnId } = await client.startTurn(conversationId);
    const removal = api.app.get(AccountRemoval, { strict: false });
    await api.app.get(AccountRepository, { strict: false }).beginRemoval(accountId);
    expect((await whoIs(client)).account).toBeNull();
    await database.collection('accounts').updateOne({ _id: accountId as never }, { $set: { removedAt: new Date(Date.now() - 3_600_000) } });
    await removal.finishAll();
    expect(await turns.find(turnId)).toBeNull();
    expect(await database.collection('conversations').findOne({ _id: conversationId as never })).toBeNull();
    expect(await database.collection('accounts').findOne({ _id: accountId as never })).toBeNull();
  });

  it('leave in the audit log who did what from where, for admins, and nothing secret', async () => {
    const { client, email, accountId } = await signUp(api.client({ 'user-agent': 'a browser' }));
    await signIn(api.client(), email, 'a wrong password');
    await client.patch('/api/auth/me', { newPassword: otherPassword, currentPassword: goodPassword });
    await api.operator.patch(`/api/admin/accounts/${accountId}`, { role: 'curator' });
    const { body } = await api.operator.get<AuditPage>(`/api/admin/audit?subject=${accountId}&security=true`);
    expect(body.items.map(({ actor, action, outcome, code }) => [actor.kind, action, outcome, code])).toEqual([
      ['operator', 'accounts.update', 'done', null],
      ['account', 'accounts.changePassword', 'done', null],
      ['anonymous', 'sessions.signIn', 'refused', 'invalid_credentials'],
      ['anonymous', 'accounts.register', 'done', null],
    ]);
    const own = await api.operator.get<AuditPage>(`/api/admin/audit?actor=${accountId}`);
    expect(own.body.items.map(({ action }) => action)).toEqual(['accounts.changePassword']);
    expect(body.items.at(-1)!.from).toEqual({ address: expect.stringContaining('127.0.0.1'), userAgent: 'a browser' });
    expect(body.items[0]!.detail).toEqual({ role: 'curator' });
    const all = JSON.stringify((await api.operator.get<AuditPage>('/api/admin/audit?limit=200')).body);
    for (const secret of [goodPassword, otherPassword, 'a wrong password', email, 'argon2', client.cookie!.split('=')[1]!]) expect(all).not.toContain(secret);
    const curator = await client.get<AuditPage>('/api/admin/audit?security=true');
    expect(curator.status).toBe(200);
    expect(curator.body.items.filter(({ security }) => security)).toEqual([]);
  });

  /** Waits for a mail that is sent after the answer. */
  const mailed = (to: string, subject: RegExp): Promise<void> =>
    eventually(async () => {
      const outbox = await api.app.get(OutboxRepository).list();
      expect(outbox.some((mail) => mail.to === to && subject.test(mail.subject))).toBe(true);
    }, 5_000);

  /** Runs with so many admins and no others, and gives the former ones their role back. */
  const withAdmins = async (count: number, run: (admins: { client: ApiClient; accountId: string }[]) => Promise<void>): Promise<void> => {
    const accounts = api.app.get(AccountRepository, { strict: false });
    const former = (await accounts.page({ role: 'admin', limit: 100, offset: 0 })).items;
    const admins = await Promise.all(
      Array.from({ length: count }, async () => {
        const { _id: accountId } = await makeAccount(api, 'admin');
        return { accountId, client: await enter(api, { ownerId: accountId, accountId }) };
      }),
    );
    for (const { _id } of former) await accounts.govern(_id, { role: 'user' });
    await run(admins);
    for (const { _id } of former) await accounts.govern(_id, { role: 'admin' });
  };
});
