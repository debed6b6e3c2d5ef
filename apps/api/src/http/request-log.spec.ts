import { loggedPath } from './request-log.js';

describe('loggedPath', () => {
  it('has no query, which holds what people wrote', () => {
    expect(loggedPath('/api/conversations?search=secret')).toBe('/api/conversations');
  });

  it.each(['/api/shared', '/api/v1/shared', '/API/Shared', '/shared', '/Shared'])('has no token of a link below %s', (below) => {
    expect(loggedPath(`${below}/${'a'.repeat(43)}?x=1`)).toBe(`${below}/…`);
  });
});
