import { portFromEnvironment } from './ports.mjs';

describe('portFromEnvironment', () => {
  it('takes what is set, and the usual one otherwise', () => {
    expect(portFromEnvironment('TRIAL_PORT', 6379, { TRIAL_PORT: '7000' })).toBe(7000);
    expect(portFromEnvironment('TRIAL_PORT', 6379, { TRIAL_PORT: '' })).toBe(6379);
    expect(portFromEnvironment('TRIAL_PORT', 6379, {})).toBe(6379);
  });

  it.each(['0', '65536', '3000.5', '-1', 'http'])('refuses %j by the name of its variable', (value) => {
    expect(() => portFromEnvironment('TRIAL_PORT', 6379, { TRIAL_PORT: value })).toThrow(
      expect.objectContaining({ code: 'PORT_INVALID', message: expect.stringContaining('TRIAL_PORT'), remedy: expect.stringContaining('TRIAL_PORT') }),
    );
  });
});
