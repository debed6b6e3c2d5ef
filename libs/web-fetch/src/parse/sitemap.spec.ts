import { parseSitemap } from './sitemap.js';

const url = 'https://example.org/sitemap.xml';
const parse = (text: string, maxEntries?: number) => parseSitemap(text, { url, maxEntries });

describe('parseSitemap', () => {
  it('reads a set of URLs, prefixed or not, with what else is in them', () => {
    const sitemap = parse(`\uFEFF<?xml version="1.0"?><!-- made by hand -->
      <s:urlset xmlns:s="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="x">
        <s:url><s:loc> https://example.org/?a=1&amp;b=2#x </s:loc><s:lastmod>2026-03-01</s:lastmod><image:image><image:loc>https://example.org/a.png</image:loc></image:image></s:url>
        <s:url><s:loc><![CDATA[https://example.org/cdata]]></s:loc><s:lastmod>soon</s:lastmod></s:url>
        <s:url><s:lastmod>2026-03-01</s:lastmod></s:url>
        <s:url><s:loc>/relative</s:loc></s:url>
        <s:url><s:loc>https://example.org/cdata</s:loc></s:url>
        <s:url><s:loc>javascript:alert(1)</s:loc></s:url>
      </s:urlset>`);
    expect(sitemap).toEqual({
      kind: 'urlset',
      truncated: false,
      entries: [
        { url: 'https://example.org/?a=1&b=2', lastModified: '2026-03-01T00:00:00.000Z' },
        { url: 'https://example.org/cdata', lastModified: null },
        { url: 'https://example.org/relative', lastModified: null },
      ],
    });
  });

  it('reads an index', () => {
    const sitemap = parse('<sitemapindex><sitemap><loc>https://example.org/1.xml</loc><lastmod>2026-03-01T10:00:00+02:00</lastmod></sitemap></sitemapindex>');
    expect(sitemap).toMatchObject({ kind: 'index', entries: [{ url: 'https://example.org/1.xml', lastModified: '2026-03-01T08:00:00.000Z' }] });
  });

  it('reads a text with a URL on each line', () => {
    expect(parse('https://example.org/a\r\n\r\n # no\r\nhttps://example.org/b\n')).toMatchObject({ kind: 'text', entries: [{ url: 'https://example.org/a' }, { url: 'https://example.org/b' }] });
    expect(parse('')).toMatchObject({ kind: 'text', entries: [] });
  });

  it('gives what there is of one that breaks off', () => {
    expect(parse('<urlset><url><loc>https://example.org/a</loc></url><url><loc>https://exam').entries[0]).toMatchObject({ url: 'https://example.org/a' });
  });

  it('expands no entities', () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    expect(parse(`${bomb}<urlset><url><loc>https://example.org/&b;&f;</loc></url></urlset>`).entries[0]!.url).toBe('https://example.org/&b;&f;');
  });

  it('stops at the limit', () => {
    const many = `<urlset>${Array.from({ length: 20 }, (_, i) => `<url><loc>https://example.org/${i}</loc></url>`).join('')}</urlset>`;
    expect(parse(many, 10)).toMatchObject({ truncated: true, entries: { length: 10 } });
  });

  it('gives up what is nested without end', () => {
    expect(() => parse(`<urlset>${'<url>'.repeat(500_000)}`)).toThrow(expect.objectContaining({ code: 'not_a_sitemap' }) as Error);
  });

  it.each(['<!doctype html><html><body>Not found</body></html>', '<rss><channel/></rss>', 'Just a text.', '{"a":1}'])('is not taken in by %j', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'not_a_sitemap' }) as Error);
  });
});
