import { crawlTrap } from './crawl-traps.js';

const now = new Date('2026-06-01');

describe('crawlTrap', () => {
  it.each([
    ['/a/b/a/b/a/b', 'repeated_path'],
    ['/x/again/again/again', 'repeated_path'],
    ['/a/b/c/a/d/a/e/a/f/a', 'repeated_path'],
    [`/${'abcdefghijklmnopq'.split('').join('/')}`, 'too_deep'],
    [`/?q=${'x'.repeat(2_000)}`, 'too_long'],
    [`/?${Array.from({ length: 11 }, (_, i) => `p${i}=1`).join('&')}`, 'too_many_parameters'],
    ['/?tag=a&tag=b&tag=c&tag=d&tag=e', 'too_many_parameters'],
    ['/calendar?month=2031-05', 'calendar'],
    ['/calendar?year=1950&month=3', 'calendar'],
    ['/events/2035/01', 'calendar'],
    ['/kalender/2020-01-05', 'calendar'],
    ['/?tribe-bar-date=2040-01-01', 'calendar'],
  ])('%s is one: %s', (path, trap) => {
    expect(crawlTrap(new URL(path, 'http://example.org'), now)).toBe(trap);
  });

  it.each([
    '/',
    '/docs/docs/guide',
    '/2011/11/11/11',
    // Old letters and books of the future are what some sites are about.
    '/letters/1815/12/10',
    '/books/2061',
    '/1984',
    '/?year=1815',
    '/calendar?month=2026-07',
    '/events/2025/12',
    '/search?q=2040-01-01',
    '/?a=1&b=2&c=3',
  ])('%s is none', (path) => {
    expect(crawlTrap(new URL(path, 'http://example.org'), now)).toBeNull();
  });
});
