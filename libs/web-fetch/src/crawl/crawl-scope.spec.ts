import { createCrawlScope, selectLinks } from './crawl-scope.js';

const reasonOf = (scope: ReturnType<typeof createCrawlScope>, url: string, depth = 1) => {
  const verdict = scope.consider(url, depth);
  return verdict.admitted ? null : verdict.reason;
};

describe('createCrawlScope', () => {
  it('covers the hosts of its seeds, with and without www, at their ports', () => {
    const scope = createCrawlScope({ seeds: ['https://www.example.org/start', 'http://127.0.0.1:8081/'] });
    for (const url of ['http://example.org/a', 'https://www.example.org/b', 'http://127.0.0.1:8081/c']) expect(reasonOf(scope, url)).toBeNull();
    for (const url of ['http://blog.example.org/', 'http://example.org.evil.test/', 'http://example.org:8080/', 'http://127.0.0.1/']) expect(reasonOf(scope, url)).toBe('host');
    expect(reasonOf(scope, 'mailto:a@example.org')).toBe('invalid_url');
  });

  it('covers the hosts that it is given instead', () => {
    const scope = createCrawlScope({ seeds: ['https://example.org/'], hosts: ['*.example.org', 'Docs.Example.net:8443'] });
    expect(['https://a.b.example.org/', 'https://docs.example.net:8443/'].map((url) => reasonOf(scope, url))).toEqual([null, null]);
    expect(['https://example.org/', 'https://badexample.org/', 'https://docs.example.net/'].map((url) => reasonOf(scope, url))).toEqual(['host', 'host', 'host']);
  });

  it('weighs depth, patterns and kinds of files, but for the seeds', () => {
    const scope = createCrawlScope({
      seeds: ['https://example.org/'],
      maxDepth: 2,
      include: ['/docs/**', 'https://example.org/blog/*'],
      exclude: ['**/print', 'docs/old/**', '**?*format=raw*'],
    });
    expect(reasonOf(scope, 'https://example.org/', 7)).toBeNull();
    expect(reasonOf(scope, 'https://example.org/docs/a/b', 2)).toBeNull();
    expect(reasonOf(scope, 'https://example.org/docs/a/b', 3)).toBe('depth');
    expect(reasonOf(scope, 'https://example.org/blog/a')).toBeNull();
    expect(reasonOf(scope, 'https://example.org/blog/a/b')).toBe('not_included');
    expect(reasonOf(scope, 'https://example.org/docs/a/print')).toBe('excluded');
    expect(reasonOf(scope, 'https://example.org/docs/old/a')).toBe('excluded');
    expect(reasonOf(scope, 'https://example.org/docs/a?x=1&format=raw')).toBe('excluded');
    expect(reasonOf(scope, 'https://example.org/docs/a.PNG')).toBe('file_type');
    expect(reasonOf(scope, 'https://example.org/docs/a.pdf')).toBeNull();
    expect(reasonOf(scope, 'https://example.org/docs/x/x/x/x')).toBe('repeated_path');
  });

  it('needs somewhere to begin', () => {
    expect(() => createCrawlScope({ seeds: ['nowhere'] })).toThrow(RangeError);
    expect(createCrawlScope({ seeds: ['http://a.test', 'http://A.test/#x'] }).seeds).toEqual(['http://a.test/']);
  });
});

describe('selectLinks', () => {
  const link = (path: string, nofollow = false) => ({ url: `https://example.org${path}`, nofollow });

  it('adds each new link once, until there are enough pages, and counts what it leaves out', () => {
    const scope = createCrawlScope({ seeds: ['https://example.org/'], maxPages: 5 });
    const links = [link('/a'), link('/a#part'), link('/known'), link('/b?utm_source=x'), link('/c', true), { url: 'https://elsewhere.test/', nofollow: false }, link('/d'), link('/e')];
    expect(selectLinks(scope, links, { depth: 1, pages: 2, isKnown: (url) => url.endsWith('/known') })).toEqual({
      admitted: ['/a', '/b', '/d'].map((path) => ({ url: `https://example.org${path}`, depth: 2 })),
      refused: { nofollow: 1, host: 1, page_limit: 1 },
    });
  });

  it('follows nothing from a page that asks so', () => {
    const scope = createCrawlScope({ seeds: ['https://example.org/'] });
    expect(selectLinks(scope, [link('/a')], { depth: 0, pages: 1, nofollow: true })).toEqual({ admitted: [], refused: { nofollow: 1 } });
  });
});
