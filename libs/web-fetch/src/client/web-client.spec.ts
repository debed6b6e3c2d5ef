import { type AddressInfo, createServer } from 'node:net';
import { hazards, publishHazards } from '@dramatis/testing/site/hazards';
import { startTestSite, type TestSite } from '@dramatis/testing/site/test-site';
import { decodeText } from './decode-text.js';
import { createWebClient, type FetchedResource, type WebClient } from './web-client.js';

describe('createWebClient', () => {
  let site: TestSite;
  let client: WebClient;
  beforeAll(async () => {
    site = await startTestSite();
    publishHazards(site);
    client = createWebClient({ version: '1.2', contact: 'https://dramatis.example/crawler', trustedHosts: [site.host], limits: { maxBytes: 1_000_000 } });
  });
  afterAll(async () => {
    await client.close();
    await site.stop();
  });
  beforeEach(() => site.forgetRequests());

  const get = (path: string, options?: Parameters<WebClient['fetch']>[1]) => client.fetch(site.url + path, options) as Promise<FetchedResource>;

  it('gives the page and what its headers tell, and says who asks', async () => {
    site.set('/page', { body: '<p>Grüße</p>', headers: { 'content-type': 'Text/HTML; Charset="UTF-8"', 'x-robots-tag': 'noindex' } });
    const page = await get('/page#part');
    expect(page).toMatchObject({ outcome: 'fetched', url: `${site.url}/page`, redirects: [], status: 200, contentType: 'text/html', charset: 'utf-8' });
    expect(page.headers['x-robots-tag']).toEqual(['noindex']);
    expect(Buffer.from(page.bytes).toString()).toBe('<p>Grüße</p>');
    expect(page.fetchedAt).toBeInstanceOf(Date);
    expect(site.requests[0]!.headers).toMatchObject({ 'user-agent': 'Dramatis/1.2 (+https://dramatis.example/crawler)' });
  });

  it('does not take a contact that would end the header', () => {
    expect(() => createWebClient({ contact: 'a@example.org)\r\nHost: inside' })).toThrow(RangeError);
  });

  it('learns that a page did not change, and that it did', async () => {
    site.set('/changing', 'First text');
    const { etag, lastModified } = await get('/changing');
    expect(await get('/changing', { validators: { etag } })).toMatchObject({ outcome: 'not_modified', status: 304, etag, lastModified });
    expect(await get('/changing', { validators: { lastModified } })).toMatchObject({ outcome: 'not_modified' });
    site.set('/changing', 'Second text');
    expect(await get('/changing', { validators: { etag, lastModified } })).toMatchObject({ outcome: 'fetched' });
    expect(await get('/changing', { validators: { lastModified } })).toMatchObject({ outcome: 'fetched' });
  });

  it.each(['gzip', 'br'] as const)('unpacks %s', async (encoding) => {
    const body = 'Text that repeats. '.repeat(1_000);
    site.set(`/packed-${encoding}`, { body, encoding });
    expect(decodeText((await get(`/packed-${encoding}`)).bytes)).toBe(body);
  });

  it('reads a text in the charset of its header', async () => {
    const { bytes, charset } = await get(hazards.latin1);
    expect(decodeText(bytes, charset)).toContain('Größe');
  });

  describe('redirects', () => {
    it('follows them, and tells which', async () => {
      const page = await get(hazards.redirectChain);
      expect(page.url).toBe(`${site.url}/redirect/end`);
      expect(page.redirects).toEqual([3, 2, 1].map((i) => `${site.url}/redirect/chain/${i}`));
    });

    it.each([
      [hazards.redirectTooLong, 'too_many_redirects'],
      [hazards.redirectCircle, 'too_many_redirects'],
      [hazards.redirectPrivate, 'address_refused'],
      [hazards.redirectMetadata, 'address_refused'],
      [hazards.redirectDisguised, 'address_refused'],
      [hazards.redirectFile, 'scheme_refused'],
      [hazards.redirectCredentials, 'credentials_refused'],
    ])('refuses %s: %s', async (path, code) => {
      await expect(get(path)).rejects.toMatchObject({ name: 'WebFetchError', code, retryable: false });
    });

    it('is not led from a trusted port to another', async () => {
      const other = await startTestSite();
      try {
        other.set('/', 'Secrets');
        site.set('/to-other-port', { status: 307, headers: { location: `${other.url}/` } });
        await expect(get('/to-other-port')).rejects.toMatchObject({ code: 'address_refused' });
        expect(other.requests).toEqual([]);
      } finally {
        await other.stop();
      }
    });

    it('asks before it follows', async () => {
      const targets: string[] = [];
      const onRedirect = (to: URL) => {
        targets.push(to.pathname);
        if (targets.length === 2) throw new Error('far enough');
      };
      await expect(get(hazards.redirectChain, { onRedirect })).rejects.toThrow('far enough');
      expect(targets).toEqual(['/redirect/chain/2', '/redirect/chain/1']);
    });
  });

  describe('names', () => {
    it('resolves once for a connection, and checks again for the next one', async () => {
      site.virtualHost('rebinding.test').set('/', { body: 'Outside', headers: { connection: 'close' } });
      // The trusted address stands for a public one.
      const answers = ['127.0.0.1', '10.0.0.1', '127.0.0.1'];
      const rebinding = createWebClient({ trustedHosts: ['127.0.0.1/32'], resolver: async () => [answers.shift()!] });
      try {
        const url = `http://rebinding.test:${site.port}/`;
        expect(await rebinding.fetch(url)).toMatchObject({ outcome: 'fetched' });
        expect(answers).toHaveLength(2);
        await expect(rebinding.fetch(url)).rejects.toMatchObject({ code: 'address_refused' });
        expect(await rebinding.fetch(url)).toMatchObject({ outcome: 'fetched' });
        expect(answers).toHaveLength(0);
      } finally {
        await rebinding.close();
      }
    });

    it('asks the host by its name, at the pinned address', async () => {
      site.virtualHost('news.test').set('/', 'News');
      const named = createWebClient({ trustedHosts: ['news.test'], resolver: async () => ['127.0.0.1'] });
      try {
        const page = (await named.fetch(`http://NEWS.test.:${site.port}/`)) as FetchedResource;
        expect(decodeText(page.bytes)).toBe('News');
      } finally {
        await named.close();
      }
    });

    it('tries the next address of a name when one does not answer', async () => {
      site.virtualHost('two.test').set('/', 'Here');
      const named = createWebClient({ trustedHosts: ['two.test'], resolver: async () => ['127.0.0.2', '127.0.0.1'] });
      try {
        expect(await named.fetch(`http://two.test:${site.port}/`)).toMatchObject({ outcome: 'fetched' });
      } finally {
        await named.close();
      }
    });
  });

  it.each([
    [hazards.gone, { code: 'http_status', status: 410, retryable: false }],
    ['/nothing-here', { code: 'http_status', status: 404, retryable: false }],
    [hazards.serverError, { code: 'http_status', status: 500, retryable: true }],
    [hazards.unavailable, { code: 'http_status', status: 503, retryable: true, retryAfterMs: 2_000 }],
    [hazards.picture, { code: 'content_type_refused', retryable: false }],
    [hazards.cut, { code: 'interrupted', retryable: true }],
    [hazards.brokenEncoding, { code: 'response_invalid', retryable: false }],
    [hazards.garbage, { code: 'response_invalid', retryable: false }],
    [hazards.endless, { code: 'too_large', retryable: false }],
    [hazards.gzipBomb, { code: 'too_large', retryable: false }],
    [hazards.brotliBomb, { code: 'too_large', retryable: false }],
  ])('fails at %s', async (path, expected) => {
    await expect(get(path)).rejects.toMatchObject({ name: 'WebFetchError', url: site.url + path, ...expected });
  });

  it('reads a date in Retry-After', async () => {
    const error = await get(hazards.tooManyRequests).catch((e: unknown) => e as { retryAfterMs: number });
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(0);
    expect((error as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(3_000);
  });

  it('refuses what says that it is too large before it reads it', async () => {
    site.set('/large', { body: 'x'.repeat(2_000), fault: { kind: 'stall', afterBytes: 10 }, headers: { 'content-length': '2000' } });
    await expect(get('/large', { limits: { maxBytes: 1_999 } })).rejects.toMatchObject({ code: 'too_large' });
  });

  it('takes a body of just the limit, and the beginning of a longer one when that is enough', async () => {
    site.set('/sized', { body: 'x'.repeat(2_000), encoding: 'gzip' });
    expect((await get('/sized', { limits: { maxBytes: 2_000 } })).bytes).toHaveLength(2_000);
    expect((await get('/sized', { limits: { maxBytes: 1_999 }, truncate: true })).bytes).toHaveLength(1_999);
    expect((await get(hazards.endless, { truncate: true })).bytes).toHaveLength(1_000_000);
  });

  it.each([
    [hazards.hang, { headersMs: 100 }, 'did not answer within 0.1 seconds'],
    [hazards.stall, { idleMs: 100 }, 'stopped sending for 0.1 seconds'],
    // Each byte comes in time, the whole never does.
    [hazards.drip, { totalMs: 300 }, 'did not send everything within 0.3 seconds'],
  ])('gives up at %s with %j', async (path, limits, message) => {
    await expect(get(path, { limits })).rejects.toMatchObject({ code: 'timed_out', retryable: true, message: `${site.host} ${message}.` });
  });

  it('does not count the time that the caller takes at a redirect', async () => {
    const onRedirect = () => new Promise<void>((resolve) => setTimeout(resolve, 250));
    expect(await get('/redirect/chain/1', { limits: { totalMs: 200 }, onRedirect })).toMatchObject({ outcome: 'fetched' });
  });

  it.each([hazards.hang, hazards.drip, hazards.endless])('stops at once when aborted at %s, with the reason given', async (path) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const fetching = get(path, { signal: controller.signal, limits: { maxBytes: 1e12 } });
    setTimeout(() => controller.abort(reason), 50);
    await expect(fetching).rejects.toBe(reason);
    await expect(get('/page', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('says when nobody listens', async () => {
    const probe = createServer();
    await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
    const { port } = probe.address() as AddressInfo;
    await new Promise((resolve) => probe.close(resolve));
    const other = createWebClient({ trustedHosts: ['127.0.0.1'] });
    await expect(other.fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ code: 'unreachable', retryable: true });
    // A plain server asked for TLS.
    await expect(other.fetch(`https://127.0.0.1:${site.port}/`)).rejects.toMatchObject({ code: 'certificate_invalid' });
    await other.close();
  });
});
