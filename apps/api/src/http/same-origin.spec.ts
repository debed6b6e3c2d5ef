import { isAllowedOrigin } from './same-origin.js';

const allowed = (origin: string | undefined, host = 'dramatis.example:3000'): boolean =>
  isAllowedOrigin({ headers: { origin, host } }, ['https://app.example']);

describe('isAllowedOrigin', () => {
  it.each([undefined, 'http://dramatis.example:3000', 'https://dramatis.example:3000', 'https://app.example'])('allows %p', (origin) => {
    expect(allowed(origin)).toBe(true);
  });

  it.each([
    'null',
    'https://evil.example',
    'http://dramatis.example',
    'http://dramatis.example:3001',
    'https://app.example.evil.example',
    'https://dramatis.example:3000.evil.example',
    '',
  ])('refuses %p', (origin) => {
    expect(allowed(origin)).toBe(false);
  });
});
