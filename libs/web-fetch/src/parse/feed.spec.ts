import { parseFeed } from './feed.js';

const parse = (text: string) => parseFeed(text, { url: 'https://example.org/feeds/main.xml' });

describe('parseFeed', () => {
  it('reads RSS 2.0', () => {
    const feed = parse(`
      <?xml version="1.0"?><rss version="2.0" xmlns:content="c" xmlns:dc="d" xmlns:media="m" xmlns:atom="a"><channel>
      <title>The Coast</title><link>https://example.org/</link><atom:link href="https://example.org/self" rel="self"/>
      <image><title>Logo</title><link>https://example.org/logo</link></image>
      <item><title>Tides &amp;amp; &lt;i&gt;neaps&lt;/i&gt;</title><link>/tides</link><guid isPermaLink="false">id-1</guid><pubDate>Sun, 01 Mar 2026 08:00:00 +0100</pubDate>
        <description>Short</description><content:encoded><![CDATA[<p>The whole <b>text</b></p>]]></content:encoded><media:title>Not this</media:title></item>
      <item><guid>https://example.org/knots</guid><dc:date>2026-03-02</dc:date><description><![CDATA[Six knots]]></description></item>
      <item><title>Leads nowhere and says nothing</title></item>
      </channel></rss>`);
    expect(feed).toEqual({
      format: 'rss',
      title: 'The Coast',
      entries: [
        { id: 'id-1', url: 'https://example.org/tides', title: 'Tides &amp; neaps', published: '2026-03-01T07:00:00.000Z', content: '<p>The whole <b>text</b></p>' },
        { id: 'https://example.org/knots', url: 'https://example.org/knots', title: null, published: '2026-03-02T00:00:00.000Z', content: 'Six knots' },
      ],
    });
  });

  it('reads Atom with bases, several links and XHTML', () => {
    const feed = parse(`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/blog/"><title type="html">The Coast</title>
      <entry xml:base="2026/"><id>tag:1</id><title>Fog</title>
        <link rel="enclosure" href="fog.mp3"/><link rel="alternate" type="application/json" href="fog.json"/><link href="fog"/>
        <published>2026-03-01T08:00:00Z</published><updated>2026-03-05T08:00:00Z</updated><author><name>A</name></author>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p class="a &quot;b&quot;">1 &lt; 2</p><br/></div></content><summary>Short</summary></entry>
      <entry><id>tag:2</id><title>Charts</title><link href="https://example.org/charts"/><updated>2026-03-06T08:00:00Z</updated><source><title>Elsewhere</title><id>other</id></source></entry></feed>`);
    expect(feed).toEqual({
      format: 'atom',
      title: 'The Coast',
      entries: [
        { id: 'tag:1', url: 'https://example.org/blog/2026/fog', title: 'Fog', published: '2026-03-01T08:00:00.000Z', content: '<div><p class="a &quot;b&quot;">1 &lt; 2</p><br></br></div>' },
        { id: 'tag:2', url: 'https://example.org/charts', title: 'Charts', published: '2026-03-06T08:00:00.000Z', content: null },
      ],
    });
  });

  it('reads RDF, whose items are beside the channel', () => {
    const feed = parse(`<rdf:RDF xmlns:rdf="r" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="https://example.org/"><title>The Coast</title></channel>
      <item rdf:about="https://example.org/charts"><title>Charts</title><link>https://example.org/charts</link><description>Depths</description></item></rdf:RDF>`);
    expect(feed).toMatchObject({ format: 'rdf', title: 'The Coast', entries: [{ id: 'https://example.org/charts', url: 'https://example.org/charts', content: 'Depths' }] });
  });

  it('bears links that are none, and unescaped markup', () => {
    const feed = parse('<rss><channel><item><title>A</title><link>javascript:alert(1)</link><description>Half <p>a <b>text</p></description></item></channel></rss>');
    expect(feed.entries[0]).toMatchObject({ id: 'A', url: null });
  });

  it('gives up what is nested without end', () => {
    expect(() => parse(`<rss><channel>${'<item>'.repeat(500_000)}`)).toThrow(expect.objectContaining({ code: 'not_a_feed' }) as Error);
  });

  it.each(['<!doctype html><title>x</title>', '<urlset/>', '', '{"items":[]}'])('is not taken in by %j', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'not_a_feed' }) as Error);
  });
});
