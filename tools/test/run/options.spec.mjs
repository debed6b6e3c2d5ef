import { parseOptions, SUITE_NAMES } from './options.mjs';

describe('parseOptions', () => {
  it('runs everything when nothing is asked', () => {
    expect(parseOptions([])).toEqual({ suites: [...SUITE_NAMES], jestArgs: [] });
  });

  it('runs the asked suites in their own order', () => {
    expect(parseOptions(['--only', 'e2e,unit'])).toEqual({ suites: ['unit', 'e2e'], jestArgs: [] });
    expect(parseOptions(['--only=web', '--only', 'lint'])).toEqual({ suites: ['web', 'lint'], jestArgs: [] });
  });

  it('passes the rest on to Jest, and then leaves out what is no Jest suite', () => {
    expect(parseOptions(['-t', 'circuit breaker'])).toEqual({ suites: ['unit', 'web', 'stack', 'e2e'], jestArgs: ['-t', 'circuit breaker'] });
    expect(parseOptions(['--only', 'unit', '-t', 'x'])).toEqual({ suites: ['unit'], jestArgs: ['-t', 'x'] });
  });

  it('refuses a suite that there is not', () => {
    expect(parseOptions(['--only', 'units'])).toEqual({ problem: expect.stringContaining('"units"') });
    expect(parseOptions(['--only'])).toHaveProperty('problem');
  });
});
