import { gzipSync } from 'node:zlib';
import { articles } from './almanac-articles.js';
import { htmlPage } from './html-page.js';
import type { SitePages } from './test-site.js';

export interface Almanac {
  /** Absolute URLs, as a crawl that follows links from `/` should end up with. */
  home: string;
  about: string;
  articles: string[];
  /** Found by its links, but robots.txt forbids it. */
  disallowed: string;
  /** A copy of the first article that names it canonical. */
  copy: string;
  /** Asks not to be kept. */
  noindex: string;
  sitemapIndex: string;
  rss: string;
  atom: string;
  /** Changes an article's text. Another number, another text. */
  change(article: number, edition: number): void;
}

/**
 * A small site that behaves: a home page, articles that link to each other, robots.txt with a crawl delay, a sitemap index with a plain
 * and a gzip sitemap, an RSS and an Atom feed, a canonical copy, a page with noindex. Half of the articles are in each sitemap.
 */
export function publishAlmanac(site: SitePages, { crawlDelaySeconds = 0 }: { crawlDelaySeconds?: number } = {}): Almanac {
  const at = (path: string) => site.url + path;
  const paths = articles.map(({ slug }) => `/articles/${slug}`);

  const change = (index: number, edition: number) => {
    const { title, paragraphs } = articles[index]!;
    const next = (index + 1) % articles.length;
    const added = edition === 1 ? [] : [`Edition ${edition} of this article adds that the reckoning was checked again and found to hold.`];
    site.set(
      paths[index]!,
      htmlPage({
        title,
        paragraphs: [...paragraphs, ...added],
        links: [
          { href: `../articles/${articles[next]!.slug}?utm_source=aside`, text: articles[next]!.title },
          { href: '/chart.png', text: 'A chart' },
          { href: 'http://elsewhere.example/', text: 'Elsewhere' },
        ],
        head: `<link rel="canonical" href="${paths[index]}">`,
      }),
    );
  };
  articles.forEach((_, index) => change(index, 1));

  site.set(
    '/',
    htmlPage({
      title: 'The Almanac of the Coast',
      paragraphs: ['What those who keep lights, harbours and boats ought to know, gathered in one place and corrected when it is wrong.'],
      links: [
        { href: paths[0]!, text: articles[0]!.title },
        { href: `${paths[0]}/print`, text: 'To print' },
        { href: '/drafts', text: 'Drafts' },
        { href: '/private/log', text: 'The private log' },
        { href: '/guestbook', text: 'Guest book', rel: 'nofollow' },
        { href: 'mailto:almanac@example.org', text: 'Write to us' },
      ],
      head: '<link rel="alternate" type="application/rss+xml" href="/feed.rss.xml"><link rel="alternate" type="application/atom+xml" href="/feed.atom.xml">',
    }),
  );
  site.set('/about', htmlPage({ title: 'About', paragraphs: ['This almanac is written for tests of crawlers. Its facts are plain and its pages few.'] }));
  const { title, paragraphs } = articles[0]!;
  site.set(`${paths[0]}/print`, htmlPage({ title, paragraphs, head: `<link rel="canonical" href="${paths[0]}">` }));
  site.set('/drafts', htmlPage({ title: 'Drafts', paragraphs: ['Not finished.'], head: '<meta name="robots" content="noindex, nofollow">', links: [{ href: '/drafts/1', text: 'One' }] }));
  site.set('/private/log', htmlPage({ title: 'Log', paragraphs: ['Nobody should have fetched this.'] }));
  site.set(
    '/robots.txt',
    [
      'User-agent: *',
      'Disallow: /private/',
      ...(crawlDelaySeconds > 0 ? [`Crawl-delay: ${crawlDelaySeconds}`] : []),
      'User-agent: badbot',
      'Disallow: /',
      `Sitemap: ${at('/sitemap.xml')}`,
      '',
    ].join('\n'),
  );

  const half = Math.ceil(paths.length / 2);
  site.set('/sitemap.xml', indexOf([at('/sitemap-1.xml'), at('/sitemap-2.xml.gz')]));
  site.set('/sitemap-1.xml', urlset(paths.slice(0, half).map(at)));
  site.set('/sitemap-2.xml.gz', { body: gzipSync(urlset(paths.slice(half).map(at))) });
  site.set('/feed.rss.xml', { headers: { 'content-type': 'application/rss+xml' }, body: rss(at('/'), paths.map(at)) });
  site.set('/feed.atom.xml', { headers: { 'content-type': 'application/atom+xml' }, body: atom(at('/'), paths.map(at)) });

  return {
    home: at('/'),
    about: at('/about'),
    articles: paths.map(at),
    disallowed: at('/private/log'),
    copy: at(`${paths[0]}/print`),
    noindex: at('/drafts'),
    sitemapIndex: at('/sitemap.xml'),
    rss: at('/feed.rss.xml'),
    atom: at('/feed.atom.xml'),
    change,
  };
}

const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export function urlset(urls: readonly string[]): string {
  const entries = urls.map((url) => `<url><loc>${url.replaceAll('&', '&amp;')}</loc><lastmod>2026-03-01</lastmod></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${sitemapNamespace}">${entries.join('\n')}</urlset>\n`;
}

export function indexOf(urls: readonly string[]): string {
  const entries = urls.map((url) => `<sitemap><loc>${url.replaceAll('&', '&amp;')}</loc></sitemap>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="${sitemapNamespace}">${entries.join('\n')}</sitemapindex>\n`;
}

function rss(home: string, urls: readonly string[]): string {
  const items = articles.map(({ title, paragraphs }, i) => `<item><title>${title}</title><link>${urls[i]}</link><guid>${urls[i]}</guid><pubDate>Sun, 0${i + 1} Mar 2026 08:00:00 GMT</pubDate><description><![CDATA[<p>${paragraphs[0]}</p>]]></description></item>`);
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>The Almanac of the Coast</title><link>${home}</link>${items.join('')}</channel></rss>`;
}

function atom(home: string, urls: readonly string[]): string {
  const items = articles.map(({ slug, title, paragraphs }, i) => `<entry><id>tag:almanac.example,2026:${slug}</id><title>${title}</title><link href="${urls[i]}"/><updated>2026-03-0${i + 1}T08:00:00Z</updated><summary>${paragraphs[0]}</summary></entry>`);
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Almanac of the Coast</title><id>${home}</id>${items.join('')}</feed>`;
}
