import type { Persona, PersonaPage, PersonaVersion } from '@dramatis/contracts/persona';
import { ApiHarness } from '../../test/api-harness.js';

describe('personas over HTTP', () => {
  let api: ApiHarness;

  beforeAll(async () => {
    api = await ApiHarness.start();
  });
  afterAll(() => api.stop());

  it('lets operators write and everybody read', async () => {
    const anybody = api.client();
    const input = { name: 'Émilie du Châtelet', description: 'Natural philosopher.', status: 'active' };
    expect(await anybody.post('/api/personas', input)).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    const wrong = api.client({ authorization: 'Bearer something-else-altogether-0' });
    expect(await wrong.post('/api/personas', input)).toMatchObject({ status: 401 });
    const created = await api.operator.post<Persona>('/api/personas', input);
    expect(created).toMatchObject({ status: 201, body: { personaId: 'emilie-du-chatelet', version: 1 } });
    expect(await anybody.get<Persona>('/api/personas/emilie-du-chatelet')).toMatchObject({ status: 200, body: created.body });
    expect(await api.operator.post('/api/personas', input)).toMatchObject({ status: 409, body: { code: 'persona_exists' } });
    await api.operator.delete('/api/personas/emilie-du-chatelet');
  });

  it('keeps every version as it was', async () => {
    const { personaId } = await api.createPersona();
    const patched = await api.operator.patch<Persona>(`/api/personas/${personaId}`, { description: 'Countess.', ifVersion: 1 });
    expect(patched).toMatchObject({ status: 200, body: { version: 2, description: 'Countess.', name: 'Ada Lovelace' } });
    const stale = await api.operator.patch(`/api/personas/${personaId}`, { description: 'Late.', ifVersion: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'persona_changed' } });
    const { body: versions } = await api.client().get<PersonaVersion[]>(`/api/personas/${personaId}/versions`);
    expect(versions.map(({ version, description }) => [version, description])).toEqual([
      [2, 'Countess.'],
      [1, 'Mathematician.'],
    ]);
    expect(await api.client().get(`/api/personas/${personaId}/versions/1`)).toMatchObject({ body: { description: 'Mathematician.' } });
    expect(await api.client().get(`/api/personas/${personaId}/versions/3`)).toMatchObject({ status: 404 });
  });

  it('shows drafts and archived personas to operators only', async () => {
    const draft = await api.createPersona({ status: 'draft', name: 'Draft Only' });
    const anybody = api.client();
    for (const path of ['', '/versions', '/versions/1']) {
      expect(await anybody.get(`/api/personas/${draft.personaId}${path}`)).toMatchObject({ status: 404, body: { code: 'persona_not_found' } });
      expect(await api.operator.get(`/api/personas/${draft.personaId}${path}`)).toMatchObject({ status: 200 });
    }
    const listed = async (client = anybody, query = ''): Promise<string[]> => {
      const { body } = await client.get<PersonaPage>(`/api/personas?search=Draft+Only${query}`);
      return body.items.map(({ personaId }) => personaId);
    };
    expect(await listed()).toEqual([]);
    expect(await listed(anybody, '&status=draft')).toEqual([]);
    expect(await listed(api.operator)).toEqual([draft.personaId]);
    const archived = await api.operator.post<Persona>(`/api/personas/${draft.personaId}/archive`);
    expect(archived).toMatchObject({ status: 200, body: { status: 'archived', version: 2 } });
    expect(await anybody.get(`/api/personas/${draft.personaId}`)).toMatchObject({ status: 404 });
  });

  it('does not show the draft version of a persona that is active by now', async () => {
    const { personaId } = await api.createPersona({ status: 'draft' });
    await api.operator.patch(`/api/personas/${personaId}`, { status: 'active' });
    const { body: versions } = await api.client().get<PersonaVersion[]>(`/api/personas/${personaId}/versions`);
    expect(versions.map(({ version }) => version)).toEqual([2]);
    expect(await api.client().get(`/api/personas/${personaId}/versions/1`)).toMatchObject({ status: 404 });
  });

  it('finds by search, domain, mode and format, page by page', async () => {
    const domain = `field-${Date.now()}`;
    for (const name of ['Cc', 'Aa', 'Bb']) await api.createPersona({ name, knowledgeDomains: [domain] });
    const { body } = await api.client().get<PersonaPage>(`/api/personas?domain=${domain}&mode=debater&format=free&limit=2&offset=1`);
    expect(body.items.map(({ name }) => name)).toEqual(['Bb', 'Cc']);
    expect(body).toMatchObject({ total: 3, limit: 2, offset: 1 });
    expect((await api.client().get<PersonaPage>(`/api/personas?domain=${domain}&mode=lecturer`)).body.total).toBe(0);
    expect((await api.client().get<PersonaPage>('/api/personas?search=.*')).body.total).toBe(0);
  });

  it('deletes for good', async () => {
    const { personaId } = await api.createPersona();
    expect(await api.operator.delete(`/api/personas/${personaId}`)).toMatchObject({ status: 204 });
    expect(await api.client().get(`/api/personas/${personaId}`)).toMatchObject({ status: 404 });
    expect(await api.operator.delete(`/api/personas/${personaId}`)).toMatchObject({ status: 404 });
  });
});
