import { parseRobotsRules } from './robots-rules.js';

const rulesOf = (text: string) => parseRobotsRules(text, { url: 'https://example.org/robots.txt', token: 'Dramatis' });
const allows = (text: string, path: string) => rulesOf(text).allows(`https://example.org${path}`);

describe('parseRobotsRules', () => {
  it.each([
    ['the group of everyone', 'User-agent: *\nDisallow: /private', '/private/a', false],
    ['our own group alone, when there is one', 'User-agent: *\nDisallow: /\nUser-agent: dramatis\nDisallow: /x', '/a', true],
    ['our own group, with a version and in other case', 'User-agent: DRAMATIS/2.0\nDisallow: /x', '/x', false],
    ['groups of the same name together', 'User-agent: dramatis\nDisallow: /a\n\nUser-agent: other\nDisallow: /\n\nUser-agent: Dramatis\nDisallow: /b', '/b', false],
    ['a group of several names', 'User-agent: other\nUser-agent: dramatis\nDisallow: /a', '/a', false],
    ['another robot’s group not', 'User-agent: other\nDisallow: /', '/', true],
    ['the longest match', 'User-agent: *\nDisallow: /a\nAllow: /a/b', '/a/b/c', true],
    ['allowing, when both are as long', 'User-agent: *\nDisallow: /a\nAllow: /a', '/a', true],
    ['a wildcard', 'User-agent: *\nDisallow: /*.php', '/a/b.php?c', false],
    ['an end', 'User-agent: *\nDisallow: /*.php$', '/a/b.php?c', true],
    ['the query', 'User-agent: *\nDisallow: /*?sort=', '/a?sort=up', false],
    ['an empty Disallow as allowing all', 'User-agent: *\nDisallow:', '/a', true],
    ['comments, spaces and line ends of all kinds', '\uFEFFuser-agent : * # all\r\ndisallow : /a # this\rallow: /a/b', '/a', false],
    ['escapes', 'User-agent: *\nDisallow: /%c3%bc', '/ü', false],
    ['HTML as no rules', '<!doctype html><p>Disallow: /</p>', '/a', true],
    ['robots.txt always', 'User-agent: *\nDisallow: /', '/robots.txt', true],
  ])('honours %s', (_, text, path, expected) => {
    expect(allows(text, path)).toBe(expected);
  });

  it('reads delay and sitemaps', () => {
    const rules = rulesOf('Sitemap: /map.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: https://cdn.example/map.xml\nSitemap: ftp://example.org/x');
    expect(rules.crawlDelayMs).toBe(2_500);
    expect(rules.sitemaps).toEqual(['https://example.org/map.xml', 'https://cdn.example/map.xml']);
    for (const delay of ['-1', 'soon', '0', 'Infinity']) expect(rulesOf(`User-agent: *\nCrawl-delay: ${delay}`).crawlDelayMs).toBeNull();
  });

  it('bears patterns that make others try for ever', () => {
    expect(allows(`User-agent: *\nDisallow: /${'*a'.repeat(400)}b\nDisallow: /${'*'.repeat(900)}x`, `/${'a'.repeat(2_000)}`)).toBe(true);
  });
});
