import { parseMetaRobots, parseRobotsTags } from './robots-directives.js';

describe('parseRobotsTags', () => {
  it.each([
    [['noindex, nofollow'], true, true],
    [['NoIndex'], true, false],
    [['none'], true, true],
    [['all'], false, false],
    [['googlebot: noindex'], false, false],
    [['googlebot: noindex, nofollow'], false, false],
    [['dramatis: nofollow', 'otherbot: noindex'], false, true],
    [['otherbot: noindex, dramatis: nofollow'], false, true],
    [['unavailable_after: 25 Jun 2030 15:00:00 GMT, noindex'], true, false],
    [['max-snippet: 20, nofollow'], false, true],
    [[], false, false],
  ])('%j: noindex %s, nofollow %s', (values, noindex, nofollow) => {
    expect(parseRobotsTags(values, 'Dramatis')).toEqual({ noindex, nofollow });
  });
});

describe('parseMetaRobots', () => {
  it('takes the strictest of several', () => {
    expect(parseMetaRobots(['index, follow', 'noindex'])).toEqual({ noindex: true, nofollow: false });
  });
});
