import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { get as httpGet } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { io } from 'socket.io-client';
import { ApiHarness } from '../../test/api-harness.js';

/** What makes the certificate under `npm start -- --https`. It is no part of the API. */
const launcher = new URL('../../../../tools/stack/start/certificate.mjs', import.meta.url).href;
type Launcher = { localCertificate: (dataDir: string) => Promise<{ certFile: string; keyFile: string }> };

describe('the API over TLS', () => {
  let folder: string;
  let api: ApiHarness;
  let ca: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dramatis-tls-'));
    const { certFile, keyFile } = await ((await import(launcher)) as Launcher).localCertificate(folder);
    ca = readFileSync(certFile, 'utf8');
    api = await ApiHarness.start({ DRAMATIS_TLS_CERT: certFile, DRAMATIS_TLS_KEY: keyFile });
  });
  afterAll(async () => {
    await api.stop();
    await rm(folder, { recursive: true });
  });

  it('gives out cookies for TLS only, and does not bind browsers to a certificate that nobody vouches for', async () => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpsRequest(`${api.baseUrl}/api/auth/guest`, { method: 'POST', ca, agent: false }, (response) => resolve(response.resume())).once('error', reject).end();
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    expect(answer.headers['content-security-policy']).toContain('upgrade-insecure-requests');
  });

  it('takes sockets', async () => {
    const socket = io(api.baseUrl, { transports: ['websocket'], ca, forceNew: true, reconnection: false } as never);
    await new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('connect_error', reject));
    expect(socket.connected).toBe(true);
    socket.close();
  });

  it('has nothing to say without it', async () => {
    const plain = new Promise((resolve, reject) => httpGet(api.baseUrl.replace('https', 'http'), { agent: false }, resolve).once('error', reject));
    await expect(plain).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|HPE_INVALID/) });
  });
});
