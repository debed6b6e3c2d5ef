import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { authority, certificate, privateKey } from './tls.fixture.js';
import { createWebClient, type WebClientOptions } from './web-client.js';

describe('https at a pinned address', () => {
  const names: (string | false | undefined)[] = [];
  let server: Server;
  let port: number;
  beforeAll(async () => {
    server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
      names.push((request.socket as TLSSocket & { servername?: string | false }).servername);
      response.setHeader('content-type', 'text/plain').end(request.headers.host);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const get = async (hostname: string, options: WebClientOptions) => {
    const client = createWebClient({ trustedHosts: ['127.0.0.0/8'], resolver: async () => ['127.0.0.1'], ...options });
    return client.fetch(`https://${hostname}:${port}/`).finally(() => client.close());
  };

  it('verifies the certificate against the name, and tells the server the name', async () => {
    const page = await get('secure.test', { ca: authority });
    expect(page.outcome === 'fetched' && Buffer.from(page.bytes).toString()).toBe(`secure.test:${port}`);
    expect(names).toEqual(['secure.test']);
  });

  it.each([
    ['another name', 'other.test', { ca: authority }],
    ['the address itself', '127.0.0.1', { ca: authority }],
    ['an unknown authority', 'secure.test', {}],
  ])('refuses a certificate for %s', async (_, hostname, options) => {
    await expect(get(hostname, options)).rejects.toMatchObject({ code: 'certificate_invalid', retryable: false });
    expect(names).toHaveLength(1);
  });
});
