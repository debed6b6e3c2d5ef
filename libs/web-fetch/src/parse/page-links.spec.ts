import { canonicalOfLinkHeader, parsePageLinks } from './page-links.js';

const parse = (html: string, url = 'https://example.org/a/b') => parsePageLinks(html, { url });

describe('parsePageLinks', () => {
  it('resolves links by the page, or by its base', () => {
    expect(parse('<a href="c">c</a><a href=/d?x&amp;y#part>d</a><area href="//other.test/">').links.map(({ url }) => url)).toEqual([
      'https://example.org/a/c',
      'https://example.org/d?x&y',
      'https://other.test/',
    ]);
    expect(parse('<base href="/base/"><base href="/other/"><a href=" c\n">').links).toEqual([{ url: 'https://example.org/base/c', nofollow: false }]);
  });

  it('leaves out what is no page, and repetitions', () => {
    const html = '<a href="#top"><a><a href="mailto:a@b.c"><a href="javascript:x()"><a href="http://[broken"><a href="/c"><a href="/c#2"><a href="data:,x">';
    expect(parse(html).links.map(({ url }) => url)).toEqual(['https://example.org/a/b', 'https://example.org/c']);
  });

  it.each(['0; url=/next', "5;URL='/next'", '0,/next'])('takes a refresh %j for a link', (content) => {
    expect(parse(`<meta http-equiv=Refresh content="${content}">`).links).toEqual([{ url: 'https://example.org/next', nofollow: false }]);
  });

  it('does not look into scripts, comments and text', () => {
    expect(parse('<script>"<a href=/s>"</script><!-- <a href=/c> --><textarea><a href=/t></textarea><style><a href=/y></style>').links).toEqual([]);
  });

  it('tells which links are not to be followed', () => {
    expect(parse('<a rel="NoFollow noopener" href="/x"><a href="/x"><a rel=ugc href="/y">').links).toEqual([
      { url: 'https://example.org/x', nofollow: false },
      { url: 'https://example.org/y', nofollow: true },
    ]);
  });

  it('reads title, canonical, robots and feeds', () => {
    const page = parse(`<head><title>
      Tides &amp; <b>neaps</title><link rel="alternate canonical" href="/canon#x"><link rel=canonical href=/second>
      <meta name=Robots content="NOINDEX"><meta name=dramatis content=nofollow><meta name=googlebot content=none>
      <link rel=alternate type="application/rss+xml" href="/feed"><link rel=alternate type=text/html hreflang=de href=/de></head>
      <svg><title>Icon</title></svg>`);
    expect(page).toMatchObject({
      title: 'Tides & <b>neaps',
      canonicalUrl: 'https://example.org/canon',
      noindex: true,
      nofollow: true,
      alternates: [{ url: 'https://example.org/feed', contentType: 'application/rss+xml' }],
    });
    expect(parse('<svg><title>Icon</title></svg><p>No title')).toMatchObject({ title: null, canonicalUrl: null, noindex: false, nofollow: false });
  });

  it('bears very deep, very many and never ending', () => {
    const html = `${'<div><b>'.repeat(100_000)}<a href="/end">${Array.from({ length: 6_000 }, (_, i) => `<a href=/${i}>`).join('')}<a href="/cut`;
    const { links } = parse(html);
    expect(links).toHaveLength(5_000);
    expect(links[0]).toEqual({ url: 'https://example.org/end', nofollow: false });
  });
});

describe('canonicalOfLinkHeader', () => {
  it.each([
    [['</next>; rel="next", </canon>; rel="canonical"'], 'https://example.org/canon'],
    [['<https://other.test/a,b>; rel=canonical'], 'https://other.test/a,b'],
    [['</next>; rel=next', '</canon>; type="text/html"; rel=canonical'], 'https://example.org/canon'],
    [['</next>; rel=next'], null],
    [['nonsense'], null],
    [[], null],
  ])('of %j: %s', (values, expected) => {
    expect(canonicalOfLinkHeader(values, 'https://example.org/a')).toBe(expected);
  });
});
