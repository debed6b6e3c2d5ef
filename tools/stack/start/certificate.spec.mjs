import { X509Certificate } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { get as httpsGet, createServer } from 'node:https';
import { temporaryFolder } from '../lib/temporary-folder.fixture.mjs';
import { localCertificate } from './certificate.mjs';

const names = ['localhost', 'workshop', '127.0.0.1', '::1'];
/** @param {number} count */
const days = (count) => new Date(Date.now() + count * 86_400_000);

describe('localCertificate', () => {
  const folder = temporaryFolder();

  it('is made once, its key for this user alone', async () => {
    const made = await localCertificate(folder(), { names });
    expect((await stat(made.keyFile)).mode & 0o777).toBe(0o600);
    expect(await localCertificate(folder(), { names })).toEqual(made);
    expect(made.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const { subjectAltName, ca } = new X509Certificate(made.pem);
    expect(subjectAltName).toBe('DNS:localhost, DNS:workshop, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
    expect(ca).toBe(false);
  });

  it('is made anew before it ends, for another name, and in place of what is none', async () => {
    const first = await localCertificate(folder(), { names });
    expect((await localCertificate(folder(), { names, now: days(300) })).fingerprint).toBe(first.fingerprint);
    const second = await localCertificate(folder(), { names, now: days(380) });
    expect(second.fingerprint).not.toBe(first.fingerprint);
    const third = await localCertificate(folder(), { names: [...names, 'other'] });
    expect(third.fingerprint).not.toBe(second.fingerprint);
    await writeFile(third.keyFile, (await readFile(third.keyFile, 'utf8')).slice(0, 60));
    const fourth = await localCertificate(folder(), { names });
    expect(fourth.fingerprint).not.toBe(third.fingerprint);
  });

  it.each(['localhost', '127.0.0.1'])('is taken for %s by who trusts it, and by nobody else', async (host) => {
    const { certFile, keyFile, pem } = await localCertificate(folder(), { names });
    const server = createServer({ cert: await readFile(certFile), key: await readFile(keyFile) }, (_request, response) => response.end('over TLS'));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    const ask = (/** @type {import('node:https').RequestOptions} */ options) =>
      new Promise((resolve, reject) => {
        httpsGet({ host, port, path: '/', agent: false, ...options }, (response) => response.on('data', (data) => resolve(String(data)))).on('error', reject);
      });
    try {
      expect(await ask({ ca: pem })).toBe('over TLS');
      await expect(ask({})).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
