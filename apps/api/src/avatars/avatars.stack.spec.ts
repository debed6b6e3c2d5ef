import type { Avatar } from '@dramatis/contracts/avatar';
import { maxAvatarBytes } from '@dramatis/contracts/avatar';
import { avatarHashOf, avatarUrlAt } from '@dramatis/contracts/avatar-url';
import type { AuditPage } from '@dramatis/contracts/audit';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import { personaProfile } from '@dramatis/contracts/persona';
import type { PersonaDraft } from '@dramatis/contracts/persona-draft';
import { AvatarRepository } from '@dramatis/database/personas/avatar-repository';
import type { ObjectStore } from '@dramatis/object-store/port';
import type { Connection } from 'mongoose';
import { setTimeout as delay } from 'node:timers/promises';
import sharp from 'sharp';
import { ApiHarness, nowhere, operatorToken } from '../../test/api-harness.js';
import { DATABASE, OBJECT_STORE } from '../infrastructure/tokens.js';
import { AvatarUpkeep } from './avatar-upkeep.js';

describe('avatars over HTTP', () => {
  let api: ApiHarness;

  beforeAll(async () => {
    api = await ApiHarness.start({ TEMPORAL_ADDRESS: nowhere });
  });
  afterAll(() => api.stop());

  const upload = async (bytes: BlobPart, { name = 'ada.png', type = 'image/png', query = '', token = operatorToken } = {}) => {
    const body = new FormData();
    body.append('image', new Blob([bytes], { type }), name);
    const response = await fetch(`${api.baseUrl}/api/admin/avatars${query}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body });
    return { status: response.status, body: (await response.json()) as Avatar & ProblemDocument };
  };
  const picture = () => sharp({ create: { width: 800, height: 700, channels: 3, background: '#98321f' } }).png().toBuffer();

  it('serves what it made of a picture, under an address that never changes', async () => {
    const sent = await picture();
    const { status, body } = await upload(sent, { name: '../../ada.svg', type: 'image/svg+xml' });
    expect(status).toBe(200);
    expect(body.imageUrl).toMatch(/^\/api\/avatars\/[0-9a-f]{64}\.webp$/);
    expect((await upload(sent)).body.imageUrl).toBe(body.imageUrl);
    const sides: number[] = [];
    for (const size of [128, 320, 640] as const) {
      const response = await fetch(api.baseUrl + avatarUrlAt(body.imageUrl, size));
      expect(response.headers.get('content-type')).toBe('image/webp');
      expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      const { width, format } = await sharp(await response.arrayBuffer()).metadata();
      sides.push(width);
      expect(format).toBe('webp');
    }
    expect(sides).toEqual([128, 320, 640]);
    const first = await fetch(api.baseUrl + body.imageUrl);
    const again = await fetch(api.baseUrl + body.imageUrl, { headers: { 'if-none-match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
    await api.createPersona({ imageUrl: body.imageUrl });
  });

  it('knows no others', async () => {
    const hash = '0'.repeat(64);
    for (const [file, status] of [[`${hash}.webp`, 404], [`${hash}-128.webp`, 404], [`${hash}-64.webp`, 400], [`${hash}.png`, 400], ['..%2f..%2fetc%2fpasswd', 400]]) {
      expect((await fetch(`${api.baseUrl}/api/avatars/${file}`)).status).toBe(status);
    }
  });

  it('says what is wrong with what it does not take', async () => {
    expect(await upload('<svg xmlns="http://www.w3.org/2000/svg"/>', { name: 'a.png' })).toMatchObject({ status: 415, body: { code: 'image_not_supported' } });
    expect(await upload(new Uint8Array(maxAvatarBytes + 2))).toMatchObject({ status: 413, body: { code: 'payload_too_large' } });
    expect(await upload(await picture(), { query: '?x=2' })).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
    // Who may not is told so, and not that the body is of another kind.
    expect((await upload(await picture(), { token: 'something-else-altogether-0' })).status).toBe(401);
    expect(await api.operator.post('/api/admin/avatars', {})).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });

  describe('that nothing shows', () => {
    /** As if everything that was taken until now were a day old. */
    const collect = () => api.app.get(AvatarUpkeep).collect(new Date(Date.now() + 60_000));
    const statusOf = async (imageUrl: string) => (await fetch(api.baseUrl + imageUrl)).status;
    const uploaded = async () => {
      const noise = sharp({ create: { width: 64, height: 64, channels: 3, background: '#000', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
      const sent = await noise.png().toBuffer();
      return { sent, imageUrl: (await upload(sent)).body.imageUrl };
    };
    const objectsOf = async (imageUrl: string): Promise<string[]> => {
      const record = await api.app.get(AvatarRepository).find(avatarHashOf(imageUrl)!);
      return record!.renditions.map(({ objectKey }) => objectKey);
    };

    it('are removed with their objects, after a day', async () => {
      const { imageUrl } = await uploaded();
      const [key] = await objectsOf(imageUrl);
      await api.app.get(AvatarUpkeep).collect();
      expect(await statusOf(imageUrl)).toBe(200);
      await collect();
      expect(await statusOf(imageUrl)).toBe(404);
      expect(await api.app.get<ObjectStore>(OBJECT_STORE, { strict: false }).has(key!)).toBe(false);
    });

    it('are not those of a version, a draft or another size, whatever came after', async () => {
      const [published, replaced, drafted, replacedDraft, small, far] = [await uploaded(), await uploaded(), await uploaded(), await uploaded(), await uploaded(), await uploaded()];
      const persona = await api.createPersona({ imageUrl: replaced.imageUrl });
      const { personaId } = persona;
      await api.operator.patch(`/api/personas/${personaId}`, { imageUrl: published.imageUrl });
      const profile = Object.fromEntries(Object.entries(persona).filter(([key]) => Object.hasOwn(personaProfile.shape, key)));
      const save = (imageUrl: string, ifVersion: number | null) =>
        api.operator.send<PersonaDraft>('PUT', `/api/personas/${personaId}/draft`, { ...profile, imageUrl, baseVersion: 2, ifVersion });
      const first = await save(replacedDraft.imageUrl, null);
      expect(first.status).toBe(200);
      await save(drafted.imageUrl, first.body.version);
      await api.createPersona({ imageUrl: avatarUrlAt(small.imageUrl, 128) });
      await api.createPersona({ imageUrl: `https://dramatis.example${far.imageUrl}` });
      await collect();
      for (const { imageUrl } of [published, replaced, drafted, replacedDraft, small, far]) expect(await statusOf(imageUrl)).toBe(200);
    });

    it('stay when they are taken in the meantime, and cannot be taken once they are being removed', async () => {
      const [taken, gone] = [await uploaded(), await uploaded()];
      const avatars = api.app.get(AvatarRepository);
      const since = new Date();
      await delay(5);
      await api.createPersona({ imageUrl: taken.imageUrl });
      await upload(gone.sent);
      await api.app.get(AvatarUpkeep).collect(since);
      expect([await statusOf(taken.imageUrl), await statusOf(gone.imageUrl)]).toEqual([200, 200]);

      const [marked] = await avatars.beginCollection(new Date(Date.now() + 60_000), 1);
      expect(marked!._id).toBe(avatarHashOf(gone.imageUrl));
      const refused = await api.operator.post<ProblemDocument>('/api/personas', { name: 'Ada', description: 'Mathematician.', imageUrl: gone.imageUrl });
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request', issues: [{ path: 'imageUrl' }] } });
      // Who sends the same picture at this moment waits, and has it stored anew.
      const again = upload(gone.sent);
      await collect();
      expect((await again).body.imageUrl).toBe(gone.imageUrl);
      expect(await statusOf(gone.imageUrl)).toBe(200);
      await api.createPersona({ imageUrl: gone.imageUrl });
    });

    it('lose the mark when a process died before it saw that they are shown', async () => {
      const { imageUrl } = await uploaded();
      await api.createPersona({ imageUrl });
      await api.app.get<Connection>(DATABASE).collection('avatars').updateOne({ _id: avatarHashOf(imageUrl)! as never }, { $set: { collecting: true } });
      await collect();
      expect(await statusOf(imageUrl)).toBe(200);
      expect(await api.app.get(AvatarRepository).take(avatarHashOf(imageUrl)!)).toBe(true);
    });
  });

  it('is in the audit log', async () => {
    const { body } = await api.operator.get<AuditPage>('/api/admin/audit?action=avatarUploads');
    expect(new Set(body.items.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(new Set(['avatarUploads.upload done', 'avatarUploads.upload refused']));
  });
});
