import { startTestSite, type TestSite } from '@dramatis/testing/site/test-site';
import { createWebClient, type WebClient } from '../client/web-client.js';
import { createRobotsCache } from './robots-cache.js';

describe('createRobotsCache', () => {
  let site: TestSite;
  let client: WebClient;
  let now: number;
  beforeEach(async () => {
    now = 0;
    site = await startTestSite();
    client = createWebClient({ trustedHosts: [site.host], limits: { headersMs: 200 } });
  });
  afterEach(async () => {
    await client.close();
    await site.stop();
  });

  const cacheOf = (options = {}) => createRobotsCache(client, { now: () => now, ...options });
  const at = (path: string) => site.url + path;
  const asked = () => site.requestsFor('/robots.txt').length;

  it('asks once for many, and again when the rules are old', async () => {
    const robots = cacheOf({ ttlMs: 1_000 });
    site.set('/robots.txt', 'User-agent: *\nDisallow: /a');
    const checks = await Promise.allSettled([robots.check(at('/a')), robots.check(at('/b')), robots.check(at('/c'))]);
    expect(checks.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    now = 999;
    await robots.check(at('/b'));
    expect(asked()).toBe(1);
    site.set('/robots.txt', 'User-agent: *\nDisallow: /b');
    now = 1_001;
    await expect(robots.check(at('/b'))).rejects.toMatchObject({ code: 'robots_disallowed', retryable: false, url: at('/b') });
    await robots.check(at('/a'));
    expect(asked()).toBe(2);
  });

  it.each([401, 403, 404, 410])('takes %i for no rules', async (status) => {
    site.set('/robots.txt', { status });
    await expect(cacheOf().check(at('/a'))).resolves.toMatchObject({ crawlDelayMs: null, sitemaps: [] });
  });

  it.each([500, 503, 429])('lets nothing be fetched after %i, for a while', async (status) => {
    const robots = cacheOf({ failureTtlMs: 1_000 });
    site.set('/robots.txt', { status, headers: { 'retry-after': '7' } });
    await expect(robots.check(at('/a'))).rejects.toMatchObject({ code: 'robots_unavailable', retryable: true, retryAfterMs: 7_000 });
    site.set('/robots.txt', 'User-agent: *\nAllow: /');
    await expect(robots.check(at('/a'))).rejects.toMatchObject({ code: 'robots_unavailable' });
    now = 1_001;
    await robots.check(at('/a'));
    expect(asked()).toBe(2);
  });

  it('says of a host out of reach that it is', async () => {
    site.set('/robots.txt', { fault: { kind: 'hang' } });
    await expect(cacheOf().check(at('/a'))).rejects.toMatchObject({ code: 'timed_out', retryable: true });
    await expect(cacheOf().check('http://10.0.0.1/a')).rejects.toMatchObject({ code: 'address_refused', retryable: false });
  });

  it('follows redirects, but not inside', async () => {
    site.set('/robots.txt', { status: 301, headers: { location: '/other.txt' } });
    site.set('/other.txt', 'User-agent: *\nDisallow: /a');
    await expect(cacheOf().check(at('/a'))).rejects.toMatchObject({ code: 'robots_disallowed' });
    site.set('/robots.txt', { status: 301, headers: { location: '/robots.txt?' } });
    await expect(cacheOf().check(at('/a'))).resolves.toBeDefined();
    site.set('/robots.txt', { status: 302, headers: { location: 'http://169.254.169.254/' } });
    await expect(cacheOf().check(at('/a'))).rejects.toMatchObject({ code: 'address_refused' });
  });

  it('reads the beginning of one without end, and caps the delay', async () => {
    site.set('/robots.txt', { body: `User-agent: *\nDisallow: /a\nCrawl-delay: 86400\n${'# and so on\n'.repeat(100_000)}Disallow: /b`, encoding: 'gzip' });
    const robots = cacheOf({ maxCrawlDelayMs: 5_000 });
    await expect(robots.check(at('/a'))).rejects.toMatchObject({ code: 'robots_disallowed' });
    expect(await robots.check(at('/b'))).toMatchObject({ crawlDelayMs: 5_000 });
  });

  it('lets one leave without the others', async () => {
    const robots = cacheOf();
    site.set('/robots.txt', { fault: { kind: 'drip', intervalMs: 10 } });
    const controller = new AbortController();
    const patient = robots.check(at('/a'));
    const hasty = robots.check(at('/a'), { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(hasty).rejects.toBe(reason);
    await client.close();
    await expect(patient).rejects.toMatchObject({ name: 'WebFetchError' });
  });
});
