import { isAllowedOrigin } from './same-origin.js';

const allowed = (origin: string | undefined, site?: string, host = 'dramatis.example:3000'): boolean =>
  isAllowedOrigin({ headers: { origin, host, 'sec-fetch-site': site } }, ['https://app.example']);

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

  it.each([
    ['same-origin', 'https://dramatis.example:3000'],
    ['same-origin', undefined],
    ['none', undefined],
    ['cross-site', 'https://app.example'],
    ['same-site', 'https://app.example'],
  ])('allows what browsers call %s from %p', (site, origin) => {
    expect(allowed(origin, site)).toBe(true);
  });

  it.each([
    ['cross-site', undefined],
    ['same-site', undefined],
    ['same-site', 'https://dramatis.example:3000'],
    ['cross-site', 'https://dramatis.example:3000'],
    ['same-origin', 'https://evil.example'],
    ['', undefined],
  ])('refuses what browsers call %p from %p', (site, origin) => {
    expect(allowed(origin, site)).toBe(false);
  });
});
