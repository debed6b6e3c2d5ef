import { extractWebPage } from './web-page.js';

const paragraph = 'The tide table hung beside the door of the harbour office, and every morning somebody, as a rule the keeper, crossed out a line of it.';
const page = (body: string, head = '') => `<!doctype html><html lang="en_GB"><head><title>Tides | Harbour</title>${head}</head><body>${body}</body></html>`;

describe('extractWebPage', () => {
  it('takes the article and leaves what stands around it', () => {
    const { markdown } = extractWebPage(
      page(`<nav><a href="/">Home</a></nav><div class="cookie-banner">We use cookies.</div><article><h1>Tides</h1><p>${paragraph}</p><h2>Noon</h2><p>${paragraph}</p><p>${paragraph}</p></article><aside>Read also</aside><footer>Imprint</footer>`),
      undefined,
    );
    expect(markdown).toContain(`## Noon\n\n${paragraph}`);
    for (const text of ['Home', 'cookies', 'Read also', 'Imprint']) expect(markdown).not.toContain(text);
  });

  it('keeps lists, tables, quotes and code, and the texts of links', () => {
    const { markdown } = extractWebPage(
      page(
        `<main><h1>Tides</h1><p>${paragraph} See <a href="https://example.org/x">the table</a>.<img src="a.png" alt="A pier"></p><ul><li>High<ol><li>First</li></ol></li><li>Low</li></ul>` +
          `<table><caption>Today</caption><tr><th>Tide</th><th>Hour</th></tr><tr><td>High | low</td><td>6:10</td></tr></table><blockquote><p>${paragraph}</p></blockquote><pre><code>a *b*\n  c</code></pre></main>`,
      ),
      undefined,
    );
    expect(markdown).toContain('See the table.');
    expect(markdown).not.toContain('A pier');
    expect(markdown).toMatch(/-\s+High\n\n?\s+1\.\s+First\n-\s+Low/);
    expect(markdown).toContain('Today\n\n| Tide | Hour |\n| --- | --- |\n| High \\| low | 6:10 |');
    expect(markdown).toContain(`> ${paragraph}`);
    expect(markdown).toContain('```\na *b*\n  c\n```');
  });

  it('reads pages and pieces that have no article', () => {
    expect(extractWebPage('<p>Only <b>this</b>.</p>', undefined).markdown).toBe('Only **this**.');
    expect(extractWebPage(page('<nav><a href="/">Home</a></nav><p>Short.</p>'), undefined)).toMatchObject({ markdown: 'Short.', title: 'Tides | Harbour' });
  });

  it('does not take a layout table for data', () => {
    expect(extractWebPage(page(`<table><tr><td><h1>Tides</h1><p>${paragraph}</p></td><td>Left</td></tr></table>`), undefined).markdown).not.toContain('|');
  });

  it('takes title, author, date, language and canonical address from JSON-LD, Open Graph and meta elements', () => {
    const head =
      '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},{"@type":"NewsArticle","headline":"Tides","author":[{"name":"Ann Lee"},"Bo"],"datePublished":"2024-01-31T12:00:00+01:00"}]}</script>' +
      '<script type="application/ld+json">{broken</script><meta property="og:site_name" content="Harbour"><meta name="description" content="On tides."><link rel="canonical" href="/tides">';
    expect(extractWebPage(page(`<p>${paragraph}</p>`, head), 'https://harbour.example/tides?from=feed')).toMatchObject({
      title: 'Tides',
      attributes: { author: 'Ann Lee, Bo', published: '2024-01-31T11:00:00.000Z', language: 'en-GB', canonicalUrl: 'https://harbour.example/tides', siteName: 'Harbour', description: 'On tides.' },
    });
    expect(extractWebPage(page(`<p>${paragraph}</p>`, '<meta name="author" content="Ann"><link rel="canonical" href="javascript:alert(1)">'), undefined).attributes).toMatchObject({ author: 'Ann', canonicalUrl: undefined });
  });
});
