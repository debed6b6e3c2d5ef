import { normalizeUrl } from './normalize-url.js';

describe('normalizeUrl', () => {
  it.each([
    ['HTTP://Example.ORG', 'http://example.org/'],
    ['https://example.org:443/a', 'https://example.org/a'],
    ['http://example.org:8080/', 'http://example.org:8080/'],
    ['http://example.org./a', 'http://example.org/a'],
    ['http://example.org/a/./b/../c', 'http://example.org/a/c'],
    ['http://example.org/a#part', 'http://example.org/a'],
    ['http://example.org/a?', 'http://example.org/a'],
    ['http://example.org/a?#', 'http://example.org/a'],
    ['http://example.org/?b=2&a=1', 'http://example.org/?a=1&b=2'],
    ['http://example.org/?b=2&a=z&a=y', 'http://example.org/?a=z&a=y&b=2'],
    ['http://example.org/?&&a=1&', 'http://example.org/?a=1'],
    ['http://example.org/?a=1&utm_source=x&UTM_Medium=y&fbclid=z', 'http://example.org/?a=1'],
    ['http://example.org/?utm_source=x', 'http://example.org/'],
    ['http://example.org/a;jsessionid=0A1B?b=1', 'http://example.org/a?b=1'],
    ['http://example.org/?q=a+b%20c&PHPSESSID=1', 'http://example.org/?q=a+b%20c'],
    ['http://example.org/%7euser/%2fescaped/%c3%bc', 'http://example.org/~user/%2Fescaped/%C3%BC'],
    ['http://example.org/ü', 'http://example.org/%C3%BC'],
    ['http://BÜCHER.example/', 'http://xn--bcher-kva.example/'],
    ['  http://example.org/a  ', 'http://example.org/a'],
    ['http://example.org/a/', 'http://example.org/a/'],
  ])('%s is %s', (url, normal) => {
    expect(normalizeUrl(url)).toBe(normal);
    // A normal spelling is its own.
    expect(normalizeUrl(normal)).toBe(normal);
  });

  it.each(['mailto:a@example.org', 'javascript:void(0)', 'ftp://example.org/', 'no url', ''])('has none for %j', (url) => {
    expect(normalizeUrl(url)).toBeNull();
  });

  it('has none for what is too long to be meant', () => {
    expect(normalizeUrl(`http://a${'.'.repeat(1_000_000)}b./`)).toBeNull();
  });

  it('resolves by a base', () => {
    expect(normalizeUrl('../b?x', { base: 'http://example.org/a/c/d' })).toBe('http://example.org/a/b?x');
  });

  it('does as it is told', () => {
    expect(normalizeUrl('http://example.org/a/?b&a', { trailingSlash: 'strip', sortQuery: false })).toBe('http://example.org/a?b&a');
    expect(normalizeUrl('http://example.org/', { trailingSlash: 'strip' })).toBe('http://example.org/');
    expect(normalizeUrl('http://example.org/?utm_source=x', { dropTracking: false })).toBe('http://example.org/?utm_source=x');
  });
});
