import type { Avatar } from '@dramatis/contracts/avatar';
import { maxAvatarBytes } from '@dramatis/contracts/avatar';
import { avatarUrlAt } from '@dramatis/contracts/avatar-url';
import type { AuditPage } from '@dramatis/contracts/audit';
import type { ProblemDocument } from '@dramatis/contracts/errors';
import sharp from 'sharp';
import { ApiHarness, nowhere, operatorToken } from '../../test/api-harness.js';

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
    // Of who may not, not even the body is read.
    expect((await upload(await picture(), { token: 'something-else-altogether-0' })).status).toBe(415);
    expect(await api.operator.post('/api/admin/avatars', {})).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });

  it('is in the audit log', async () => {
    const { body } = await api.operator.get<AuditPage>('/api/admin/audit?action=avatarUploads');
    expect(new Set(body.items.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(new Set(['avatarUploads.upload done', 'avatarUploads.upload refused']));
  });
});
