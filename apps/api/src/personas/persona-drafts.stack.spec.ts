import type { AuditPage } from '@dramatis/contracts/audit';
import type { Conversation, ConversationPage } from '@dramatis/contracts/conversation';
import { personaProfile, type Persona, type PersonaPage, type PersonaVersion } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import { AccountRepository } from '@dramatis/database/accounts/account-repository';
import { TurnRepository } from '@dramatis/database/conversations/turn-repository';
import { type ApiClient, ApiHarness, nowhere } from '../../test/api-harness.js';
import { enter, makeAccount } from '../../test/people.js';

/** What an editor sends of a persona: all that an author writes, and nothing else. */
function profileOf(from: object, changes: object = {}): object {
  const known = Object.keys(personaProfile.shape);
  return Object.fromEntries(Object.entries({ ...from, ...changes }).filter(([key, value]) => known.includes(key) && value !== undefined));
}

describe('drafts of a persona over HTTP', () => {
  let api: ApiHarness;
  let mary: ApiClient;
  let maryId: string;
  let reader: ApiClient;

  beforeAll(async () => {
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
    await makeAccount(api, 'admin');
    const { _id } = await makeAccount(api, 'curator');
    maryId = _id;
    mary = await enter(api, { ownerId: _id, accountId: _id });
    await api.app.get(AccountRepository, { strict: false }).update(_id, { displayName: 'Mary' });
    reader = api.client();
    await reader.post('/api/auth/guest');
  });
  afterAll(() => api.stop());

  const save = (persona: Persona, changes: object, guard: { ifVersion: number | null; baseVersion?: number }, client = mary) =>
    client.send<PersonaDraft>('PUT', `/api/personas/${persona.personaId}/draft`, { ...profileOf(persona, changes), baseVersion: persona.version, ...guard });
  const publish = (personaId: string, ifVersion: number, client = mary) => client.post<Persona>(`/api/personas/${personaId}/draft/publish`, { ifVersion });
  const discard = (personaId: string, ifVersion: number) => mary.delete(`/api/personas/${personaId}/draft?ifVersion=${ifVersion}`);
  const read = async (personaId: string, client = reader) => (await client.get<Persona>(`/api/personas/${personaId}`)).body;

  it('keeps a draft to curators until it is published, in one step', async () => {
    const persona = await api.createPersona({ tagline: 'Poetical science', yearsOfLife: '1815–1852' });
    const { personaId } = persona;
    const saved = await save(persona, { description: 'Countess and analyst.', tagline: undefined }, { ifVersion: null });
    expect(saved).toMatchObject({ status: 200, body: { version: 2, baseVersion: 1, publishedVersion: 1, description: 'Countess and analyst.', savedBy: { kind: 'account', id: maryId, name: 'Mary' } } });
    expect(saved.body.tagline).toBeUndefined();

    expect(await read(personaId)).toEqual(persona);
    expect((await reader.get<PersonaPage>('/api/personas?search=Countess')).body.total).toBe(0);
    for (const path of ['/draft', '/versions/2']) expect((await reader.get(`/api/personas/${personaId}${path}`)).status).toBeGreaterThanOrEqual(401);
    expect((await reader.get<PersonaVersion[]>(`/api/personas/${personaId}/versions`)).body.map(({ version, savedBy }) => [version, savedBy])).toEqual([[1, null]]);

    expect(await publish(personaId, 2)).toMatchObject({ status: 200, body: { version: 2, status: 'active', description: 'Countess and analyst.' } });
    const published = await read(personaId);
    expect(published).toMatchObject({ version: 2, yearsOfLife: '1815–1852', corpus: persona.corpus });
    expect(published.tagline).toBeUndefined();
    expect((await mary.get(`/api/personas/${personaId}/draft`)).status).toBe(204);
    expect((await reader.get<PersonaVersion>(`/api/personas/${personaId}/versions/2`)).body).toMatchObject({ status: 'active', publishedAt: expect.any(String), savedBy: null });
    const { body: versions } = await mary.get<PersonaVersion[]>(`/api/personas/${personaId}/versions`);
    expect(versions.map(({ version, status, savedBy }) => [version, status, savedBy?.name ?? savedBy?.kind])).toEqual([[2, 'active', 'Mary'], [1, 'active', 'operator']]);
  });

  it('lets neither of two curators overwrite the other’s draft', async () => {
    const persona = await api.createPersona();
    const answers = await Promise.all([save(persona, { role: 'poet' }, { ifVersion: null }), save(persona, { role: 'analyst' }, { ifVersion: null }, api.operator)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toMatchObject({ code: 'persona_draft_changed' });
    const first = answers.find(({ status }) => status === 200)!.body;
    const second = (await save(persona, { role: 'countess' }, { ifVersion: first.version })).body;
    expect(await save(persona, { role: 'late' }, { ifVersion: first.version }, api.operator)).toMatchObject({ status: 409, body: { code: 'persona_draft_changed' } });
    expect(await publish(persona.personaId, first.version)).toMatchObject({ status: 409, body: { code: 'persona_draft_changed' } });
    expect(await discard(persona.personaId, first.version)).toMatchObject({ status: 409 });
    expect((await mary.get<PersonaDraft>(`/api/personas/${persona.personaId}/draft`)).body).toEqual(second);
    // What was replaced is still to be had.
    expect((await mary.get<PersonaVersion>(`/api/personas/${persona.personaId}/versions/${first.version}`)).body).toMatchObject({ role: first.role, publishedAt: null });
  });

  it('publishes a draft once, however many ask at the same time', async () => {
    const persona = await api.createPersona();
    const { body: draft } = await save(persona, { role: 'poet' }, { ifVersion: null });
    const answers = await Promise.all([mary, api.operator, mary, api.operator].map((client) => publish(persona.personaId, draft.version, client)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404]);
    expect(await read(persona.personaId)).toMatchObject({ version: 2, role: 'poet' });
  });

  it('does not publish over what somebody else published since, until it is saved on that', async () => {
    const persona = await api.createPersona();
    const { personaId } = persona;
    const { body: draft } = await save(persona, { role: 'poet' }, { ifVersion: null });
    const { body: patched } = await api.operator.patch<Persona>(`/api/personas/${personaId}`, { description: 'Analyst.' });
    expect(patched.version).toBe(3);
    expect((await mary.get<PersonaDraft>(`/api/personas/${personaId}/draft`)).body).toMatchObject({ version: 2, baseVersion: 1, publishedVersion: 3 });
    expect(await publish(personaId, draft.version)).toMatchObject({ status: 409, body: { code: 'persona_changed' } });
    const { body: rebased } = await save(persona, { role: 'poet', description: 'Analyst.' }, { ifVersion: draft.version, baseVersion: 3 });
    expect(await publish(personaId, rebased.version)).toMatchObject({ status: 200, body: { version: 4, role: 'poet', description: 'Analyst.' } });
    expect(await save(persona, {}, { ifVersion: null, baseVersion: 9 })).toMatchObject({ status: 400 });
  });

  it('discards a draft, and lists it as one that never was published', async () => {
    const persona = await api.createPersona();
    const { personaId } = persona;
    const { body: draft } = await save(persona, { role: 'poet' }, { ifVersion: null });
    expect((await discard(personaId, draft.version)).status).toBe(204);
    expect((await mary.get(`/api/personas/${personaId}/draft`)).status).toBe(204);
    expect(await discard(personaId, draft.version)).toMatchObject({ status: 404, body: { code: 'persona_draft_not_found' } });
    const { body: versions } = await mary.get<PersonaVersion[]>(`/api/personas/${personaId}/versions`);
    expect(versions.map(({ version, publishedAt }) => [version, publishedAt === null])).toEqual([[2, true], [1, false]]);
    const { body: next } = await api.operator.patch<Persona>(`/api/personas/${personaId}`, { role: 'countess' });
    expect(next.version).toBe(3);
  });

  it('makes a new persona active with its first publication, and leaves an archived one where it is', async () => {
    const persona = await api.createPersona({ status: 'draft' });
    const { personaId } = persona;
    const { body: draft } = await save(persona, { role: 'poet' }, { ifVersion: null });
    expect((await publish(personaId, draft.version)).body).toMatchObject({ status: 'active', version: 2 });
    await mary.post(`/api/personas/${personaId}/archive`);
    expect((await reader.get(`/api/personas/${personaId}`)).status).toBe(404);
    const { body: archived } = await mary.get<Persona>(`/api/personas/${personaId}`);
    const { body: later } = await save(archived, { role: 'countess' }, { ifVersion: null });
    expect((await publish(personaId, later.version)).body).toMatchObject({ status: 'archived', role: 'countess' });
    expect(await mary.post(`/api/personas/${personaId}/unarchive`)).toMatchObject({ status: 200, body: { status: 'active', role: 'countess' } });
    expect(await read(personaId)).toMatchObject({ role: 'countess' });
  });

  it('restores a version as a new one, with what it did not say taken away', async () => {
    const persona = await api.createPersona();
    const { personaId } = persona;
    await mary.patch(`/api/personas/${personaId}`, { tagline: 'A line', description: 'Other.' });
    expect(await mary.post(`/api/personas/${personaId}/versions/1/restore`, { ifVersion: 1 })).toMatchObject({ status: 409, body: { code: 'persona_changed' } });
    const { status, body } = await mary.post<Persona>(`/api/personas/${personaId}/versions/1/restore`, { ifVersion: 2 });
    expect([status, body.version, body.description, body.tagline]).toEqual([200, 3, persona.description, undefined]);
    const { body: versions } = await mary.get<PersonaVersion[]>(`/api/personas/${personaId}/versions`);
    expect(versions.map(({ version, restoredFrom }) => [version, restoredFrom])).toEqual([[3, 1], [2, null], [1, null]]);
    expect(await mary.post(`/api/personas/${personaId}/versions/9/restore`, {})).toMatchObject({ status: 404 });
  });

  describe('as a preview', () => {
    const begin = async (persona: Persona, client = mary) => client.post<Conversation>('/api/conversations', { personaId: persona.personaId, preview: true });
    const versionOf = async (turnId: string) => (await api.app.get(TurnRepository).get(turnId)).personaVersion;
    const say = async (conversationId: string, client = mary) => {
      const { turnId } = await client.startTurn(conversationId);
      await api.app.get(TurnRepository).finish(turnId, { status: 'completed', replyText: 'So.', citations: [], failure: null, provenance: null });
      return turnId;
    };

    it('answers each turn by the draft as it is then, while readers get what is published', async () => {
      const persona = await api.createPersona();
      const { body: draft } = await save(persona, { name: 'A. A. L.', defaultInteractionModes: ['lecturer'] }, { ifVersion: null });
      const { status, body: preview } = await begin(persona);
      expect([status, preview.preview, preview.personaName, preview.mode]).toEqual([201, true, 'A. A. L.', 'lecturer']);
      expect(await versionOf(await say(preview.conversationId))).toBe(draft.version);
      const { body: next } = await save(persona, { defaultInteractionModes: ['lecturer'], role: 'poet' }, { ifVersion: draft.version });
      expect(await versionOf(await say(preview.conversationId))).toBe(next.version);

      const ordinary = await reader.beginConversation(persona.personaId);
      expect(ordinary.preview).toBe(false);
      expect(await versionOf((await reader.startTurn(ordinary.conversationId)).turnId)).toBe(1);

      await discard(persona.personaId, next.version);
      await mary.patch(`/api/conversations/${preview.conversationId}`, { mode: 'educator' });
      expect(await versionOf(await say(preview.conversationId))).toBe(1);
    });

    it('is there for who curates, and for nobody else', async () => {
      const persona = await api.createPersona();
      await save(persona, { role: 'poet' }, { ifVersion: null });
      expect(await begin(persona, reader)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      const { body: preview } = await begin(persona);
      const list = async (query: string) => (await mary.get<ConversationPage>(`/api/conversations?personaId=${persona.personaId}${query}`)).body.items;
      expect(await list('')).toEqual([]);
      expect((await list('&preview=true')).map(({ conversationId }) => conversationId)).toEqual([preview.conversationId]);
      await say(preview.conversationId);
      expect(await mary.post(`/api/conversations/${preview.conversationId}/share`, {})).toMatchObject({ status: 409, body: { code: 'preview_not_shared' } });
      expect((await reader.get(`/api/conversations/${preview.conversationId}`)).status).toBe(404);

      const { _id } = await makeAccount(api, 'curator');
      const other = await enter(api, { ownerId: _id, accountId: _id });
      expect((await other.get(`/api/conversations/${preview.conversationId}`)).status).toBe(404);
      const { body: theirs } = await begin(persona, other);
      const { turnId } = await other.startTurn(theirs.conversationId);
      const accounts = api.app.get(AccountRepository, { strict: false });
      await accounts.govern(_id, { role: 'user' });
      const demoted = await enter(api, { ownerId: _id, accountId: _id });
      expect((await demoted.get(`/api/conversations/${theirs.conversationId}`)).status).toBe(404);
      expect((await demoted.get(`/api/conversations/${theirs.conversationId}/export?format=json`)).status).toBe(404);
      expect((await demoted.get<ConversationPage>('/api/conversations?preview=true')).body.items).toEqual([]);
      const path = `/api/conversations/${theirs.conversationId}`;
      const text = { requestId: crypto.randomUUID(), text: 'And now?' };
      for (const answer of [demoted.post(`${path}/turns`, text), demoted.patch(path, { title: 'Mine' }), demoted.post(`${path}/share`, {}), demoted.delete(`${path}/share`), demoted.delete(path)]) {
        expect(await answer).toMatchObject({ status: 404, body: { code: 'conversation_not_found' } });
      }
      const turn = `/api/turns/${turnId}`;
      for (const answer of [
        demoted.get(turn),
        demoted.get(`${turn}/events`),
        demoted.post(`${turn}/cancel`, {}),
        demoted.post(`${turn}/feedback`, { rating: 'up' }),
        demoted.post(`${turn}/regenerate`, { requestId: crypto.randomUUID() }),
      ]) {
        expect(await answer).toMatchObject({ status: 404, body: { code: 'turn_not_found' } });
      }
      await accounts.govern(_id, { role: 'curator' });
      const again = await enter(api, { ownerId: _id, accountId: _id });
      expect([(await again.get(path)).status, (await again.get(turn)).status]).toEqual([200, 200]);
    });

    it('works for a persona that was never published', async () => {
      const persona = await api.createPersona({ status: 'draft' });
      const { status, body: preview } = await begin(persona);
      expect(status).toBe(201);
      expect(await versionOf(await say(preview.conversationId))).toBe(1);
    });
  });

  it('leaves a trace of each act', async () => {
    const { body } = await api.operator.get<AuditPage>('/api/admin/audit?action=personaDrafts&limit=200');
    expect(new Set(body.items.map(({ action }) => action))).toEqual(new Set(['personaDrafts.saveDraft', 'personaDrafts.publishDraft', 'personaDrafts.discardDraft']));
    expect((await api.operator.get<AuditPage>('/api/admin/audit?action=personas.restore')).body.total).toBeGreaterThan(0);
  });
});
